/** What the application asks of Halo. Least privilege first; the default serves tickets and their assets. */
export const SCOPE_PRESETS = {
	tickets: 'read:tickets edit:tickets read:customers',
	ticketsAndAssets: 'read:tickets edit:tickets read:customers read:assets',
	companySync: 'read:customers',
	all: 'all',
} as const;
export type ScopePreset = keyof typeof SCOPE_PRESETS;

function isPreset(name: string): name is ScopePreset {
	return Object.hasOwn(SCOPE_PRESETS, name);
}

/**
 * Scopes for the token request, one space between two.
 * @param preset name of a preset, or `custom`
 * @param custom scopes typed by hand, parted by spaces or commas; used with `custom` only
 */
export function scopesFor(preset: string, custom: string): string {
	if (isPreset(preset)) return SCOPE_PRESETS[preset];
	const typed = custom.split(/[\s,]+/).filter((scope) => scope !== '');
	return typed.length === 0 ? SCOPE_PRESETS.ticketsAndAssets : typed.join(' ');
}
