import { customFieldWrites, type CustomField, type CustomFieldWrite } from './custom-fields';
import type { IntegrationProfile } from './profile';
import { findByIdOrName, type NamedId } from './pick';

/** Halo's own fields that can be filled on closing: its names for them, and those that people write. */
const OWN_FIELDS = {
	category: 'category_1',
	category1: 'category_1',
	category2: 'category_2',
	category3: 'category_3',
	category4: 'category_4',
	impact: 'impact',
	urgency: 'urgency',
} as const;
const OWN_WORDS: ReadonlyMap<string, OwnClosingField> = new Map(Object.entries(OWN_FIELDS));
export type OwnClosingField = (typeof OWN_FIELDS)[keyof typeof OWN_FIELDS];

type OwnValues = Partial<
	Record<Exclude<OwnClosingField, 'impact' | 'urgency'>, string> &
		Record<'impact' | 'urgency', number>
>;

/** What is filled in a ticket together with its close status, in Halo's form. */
export interface ClosingFields {
	/** Category paths as texts, impact and urgency as ids. */
	own: Readonly<OwnValues>;
	customFields: readonly CustomFieldWrite[];
}

/** Halo's lists behind the fields on closing. */
export interface ClosingLists {
	customFields: readonly CustomField[];
	/** What may be picked in those of Halo's own fields that a profile fills; categories are whole paths. */
	own: ReadonlyMap<OwnClosingField, readonly NamedId[]>;
}

/** Which category of a ticket a field is; those that are none are left out. */
export const CATEGORY_LEVELS = {
	category_1: 1,
	category_2: 2,
	category_3: 3,
	category_4: 4,
} as const;

/** Words of the screen for them; the column of `halo_profiles` is `fieldsClose`. */
export const FIELDS_ON_CLOSING = 'Fields on Closing';

/** Halo's own field that a word means: `Category`, `category 2`, `impact`; null for a custom field. */
export function ownClosingField(word: string): OwnClosingField | null {
	return OWN_WORDS.get(word.toLowerCase().replace(/[ _]/g, '')) ?? null;
}

/** The fields that profiles fill on closing, for the lists that are needed. */
export function neededForClosing(
	profiles: ReadonlyArray<Pick<IntegrationProfile, 'fieldsClose'>>,
): {
	own: Set<OwnClosingField>;
	custom: boolean;
} {
	const found = profiles
		.flatMap(({ fieldsClose }) => Object.keys(fieldsClose ?? {}))
		.map(ownClosingField);
	return { own: new Set(found.flatMap((name) => name ?? [])), custom: found.includes(null) };
}

/**
 * A profile's fields on closing in Halo's ids.
 * @returns null when the profile has none
 * @throws ProfileError naming the field, the value and what is allowed
 */
export function resolveClosingFields(
	{ fieldsClose, origin }: Pick<IntegrationProfile, 'fieldsClose' | 'origin'>,
	lists: ClosingLists,
): ClosingFields | null {
	const given = Object.entries(fieldsClose ?? {});
	if (given.length === 0) return null;
	const where = `Profile ${origin}, ${FIELDS_ON_CLOSING}`;
	const own: OwnValues = {};
	const custom: Record<string, unknown> = {};
	for (const [word, value] of given) {
		const field = ownClosingField(word);
		if (field === null) {
			custom[word] = value;
			continue;
		}
		const found = findByIdOrName(`${where}, ${word}`, String(value), lists.own.get(field) ?? []);
		if (field === 'impact' || field === 'urgency') own[field] = found.id;
		else own[field] = found.name;
	}
	return { own, customFields: customFieldWrites(where, custom, lists.customFields) };
}

/** What is filled in every ticket that is closed as this profile says; nothing where it fills nothing. */
export function onClosing({ closing }: { closing?: ClosingFields }): { closing?: ClosingFields } {
	return closing === undefined ? {} : { closing };
}
