import { ProfileError } from '../../shared/domain/profile/profile';
import type { HaloApi } from '../../shared/halo/api';

/**
 * The action that notes are written with, as it was picked.
 * @param picked id or name; null = none was picked
 * @returns its id in Halo; nothing for none, so that the default may give way to another
 * @throws ProfileError naming the actions that Halo has
 */
export async function noteAction(
	api: HaloApi,
	picked: string | null,
): Promise<{ noteAction?: number }> {
	if (picked === null) return {};
	if (/^\d+$/.test(picked)) return { noteAction: Number(picked) };
	const rows = (await api.outcomes()).filter(({ hidden }) => !hidden);
	const found = rows.find(({ name }) => name.trim().toLowerCase() === picked.toLowerCase());
	if (found !== undefined) return { noteAction: found.id };
	throw new ProfileError(
		`Note Action: "${picked}" is not in Halo. Allowed: ${rows.map(({ id, name }) => `${name} (${id})`).join(', ')}`,
		'Correct the action. Halo lists them under Configuration > Tickets > Actions.',
	);
}
