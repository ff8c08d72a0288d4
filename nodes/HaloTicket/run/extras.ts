import {
	customFieldWrites,
	findCustomField,
	type CustomField,
} from '../../shared/domain/profile/custom-fields';
import { ProfileError } from '../../shared/domain/profile/profile';
import type { ResolvedProfile } from '../../shared/domain/profile/resolve';
import { withoutOwnWords } from '../../shared/domain/ticket/own-words';
import { ownerOf } from '../../shared/domain/event/owner';
import type { Seal } from '../../shared/domain/ticket/seal';
import {
	checkRequiredFields,
	type TicketTypeForm,
} from '../../shared/domain/ticket/plan/required-fields';
import { assetQuestions } from '../../shared/domain/ticket/asset-match';
import type { TicketExtras } from '../../shared/domain/ticket/plan/types';
import { toHtml } from '../../shared/domain/ticket/text/details';
import type { TemplateScope } from '../../shared/domain/ticket/text/placeholders';
import {
	parseBodyTemplate,
	parseTitleTemplate,
	renderBody,
	renderTitle,
} from '../../shared/domain/ticket/text/template';
import type { HaloApi } from '../../shared/halo/api';
import { ticketFields, ticketTypeForm } from '../../shared/halo/ticket-fields';
import { LOOKUP_IDS } from '../../shared/halo/lookups';
import type { Chosen } from './work';
import type { ContentSettings, TypedField } from '../read/content';

/** A custom field that is required may be any of the tenant's; Halo's own fields carry other names. */
const CUSTOM = /^cf/i;

/** Where the values of custom fields come from. */
export interface CustomFieldSources {
	/** What the node fills in for an item, by name. */
	typed(this: void, itemIndex: number): Map<string, TypedField>;
	/** True when a profile row fills custom fields. */
	rows: boolean;
}

/** What new tickets say and carry beyond the profile, event by event, checked before anything is written. */
export class ExtrasReader {
	private constructor(
		private readonly typed: CustomFieldSources['typed'],
		readonly settings: ContentSettings,
		private readonly forms: ReadonlyMap<number, TicketTypeForm>,
		private readonly fields: readonly CustomField[],
		private readonly sourceId: number | null,
		private readonly seal: Seal,
	) {}

	/**
	 * Reads what is needed of Halo's lists, which are kept for 15 minutes.
	 * @param typeIds ticket types that the run may make tickets of
	 * @throws ProfileError for an unknown request source, HaloError
	 */
	static async load(
		{ api, seal }: { api: HaloApi; seal: Seal },
		settings: ContentSettings,
		typeIds: Iterable<number>,
		sources: CustomFieldSources,
	): Promise<ExtrasReader> {
		const forms = new Map<number, TicketTypeForm>();
		for (const typeId of new Set(typeIds)) {
			const form = await ticketTypeForm(api, typeId);
			if (form !== null) forms.set(typeId, form);
		}
		const requires = [...forms.values()].some(({ required }) =>
			required.some(({ name }) => CUSTOM.test(name)),
		);
		const fields = settings.fillsFields || sources.rows || requires ? await ticketFields(api) : [];
		const sourceId = await sourceOf(api, settings.requestSource);
		return new ExtrasReader(sources.typed, settings, forms, fields, sourceId, seal);
	}

	/**
	 * What the ticket of an event gets.
	 * @throws ProfileError naming the field, the value and what is allowed, or the fields that the ticket type requires
	 */
	extrasFor({ item, profile: source }: Chosen, profile: ResolvedProfile): TicketExtras {
		const { settings } = this;
		const where = `Profile ${source.origin}`;
		const typed = settings.fillsFields ? this.typed(item.index) : new Map<string, TypedField>();
		for (const [name, value] of Object.entries(source.fields ?? {})) {
			typed.set(name, { value, template: true });
		}
		const values = [...typed].map(([name, field]): [string, unknown] => [
			name,
			this.valueOf(where, name, field, item, profile),
		]);
		const extras: TicketExtras = {
			titleTemplate: settings.titleTemplate,
			bodyTemplate: settings.bodyTemplate,
			eventSet: item.eventSet,
			customFields: customFieldWrites(where, Object.fromEntries(values), this.fields),
			sourceId: this.sourceId,
			tags: settings.tags,
		};
		const form = profile.ticketTypeId === null ? undefined : this.forms.get(profile.ticketTypeId);
		if (form !== undefined) {
			checkRequiredFields({
				where,
				form,
				profile,
				extras,
				fields: this.fields,
				linksAsset: settings.linkAsset && assetQuestions(item.event.asset).length > 0,
				allowApproval: settings.allowApproval,
			});
		}
		return extras;
	}

	private valueOf(
		where: string,
		name: string,
		{ template, value }: TypedField,
		{ event, eventSet, groupKey, mapping }: Chosen['item'],
		profile: ResolvedProfile,
	): unknown {
		if (typeof value !== 'string') return value;
		const isHtml = findCustomField(where, name, this.fields).kind === 'rich text';
		// What an expression gave may be a source's own words.
		if (!template) return isHtml ? toHtml(value) : withoutOwnWords(value);
		if (!value.includes('{')) return withoutOwnWords(value);
		const label = `${where}, custom field "${name}"`;
		const scope: TemplateScope = {
			event,
			reference: this.seal.referenceOf(groupKey, ownerOf(event)),
			client: mapping?.haloClientName ?? null,
			profile: profile.name,
			eventSet,
			members: [event],
		};
		return isHtml
			? renderBody(parseBodyTemplate(label, value), scope)
			: renderTitle(parseTitleTemplate(label, value), scope);
	}
}

async function sourceOf(api: HaloApi, wanted: string | null): Promise<number | null> {
	if (wanted === null) return null;
	const rows = await api.lookup(LOOKUP_IDS.source);
	const name = wanted.toLowerCase();
	const found =
		rows.find(({ id }) => String(id) === wanted) ??
		rows.find((row) => row.name.trim().toLowerCase() === name);
	if (found !== undefined) return found.id;
	// An agent that may not see the list: Halo itself decides about an id.
	if (rows.length === 0 && /^\d+$/.test(wanted)) return Number(wanted);
	throw new ProfileError(
		`Request Source: "${wanted}" is not in Halo. Allowed: ${rows.map(({ id, name: shown }) => `${shown} (${id})`).join(', ') || 'none'}`,
		'Correct the field under Ticket Content.',
	);
}
