/** A field that a ticket type does not let agents leave empty. */
export interface RequiredField {
	id: number;
	/** Halo's own name for it; empty when Halo does not say. */
	name: string;
	label: string;
}

/** Numbers under which Halo keeps its own fields, and the names that its database has for them. */
const OWN_FIELDS: ReadonlyArray<{
	id: number | null;
	names: readonly string[];
	key: OwnField;
}> = [
	{ id: 2, names: ['summary', 'symptom'], key: 'summary' },
	{ id: 3, names: ['details', 'symptom2'], key: 'details' },
	{ id: 4, names: ['asset', 'assets'], key: 'asset' },
	{ id: 13, names: ['team', 'section'], key: 'team' },
	{ id: 14, names: ['agent', 'assignedtoint'], key: 'agent' },
	{ id: 27, names: ['impact'], key: 'impact' },
	{ id: 28, names: ['urgency'], key: 'urgency' },
	{ id: null, names: ['category_1', 'category1'], key: 'category' },
];
export type OwnField =
	| 'summary'
	| 'details'
	| 'asset'
	| 'team'
	| 'agent'
	| 'impact'
	| 'urgency'
	| 'category';

/** Custom fields carry this before their name. */
export const CUSTOM = /^cf/i;

/** Halo's own field that a ticket type means, by its number or by its column; null for others. */
export function ownField({ id, name }: RequiredField): OwnField | null {
	const known = name.trim().toLowerCase();
	const found =
		OWN_FIELDS.find(({ names }) => names.includes(known)) ??
		(CUSTOM.test(known) ? undefined : OWN_FIELDS.find((own) => own.id === id));
	return found?.key ?? null;
}
