import {
	customFieldWrites,
	type CustomField,
	type CustomFieldKind,
} from '../../../nodes/shared/domain/profile/custom-fields';
import { ProfileError } from '../../../nodes/shared/domain/profile/profile';
import type { ResolvedProfile } from '../../../nodes/shared/domain/profile/resolve';
import type { RequiredField } from '../../../nodes/shared/domain/profile/type-fields';
import {
	checkRequiredFields,
	type RequiredQuestion,
} from '../../../nodes/shared/domain/ticket/plan/required-fields';
import { NO_EXTRAS } from '../../../nodes/shared/domain/ticket/plan/types';

const WORDS = [
	{ id: 1, name: 'Critical' },
	{ id: 2, name: 'High' },
];

function field(id: number, kind: CustomFieldKind, change: Partial<CustomField> = {}): CustomField {
	const options = kind === 'single' || kind === 'multiple' ? WORDS : [];
	return { id, name: `CFfield${id}`, label: `Field ${id}`, kind, options, ...change };
}

const FIELDS = [
	field(1, 'text'),
	field(2, 'single'),
	field(3, 'multiple'),
	field(4, 'date'),
	field(5, 'checkbox'),
	field(6, 'table'),
	field(7, 'memo', { label: 'Same' }),
	field(8, 'rich text', { label: 'Same' }),
	field(9, 'time'),
	field(10, 'unknown'),
];

const VALUES: Array<[string, string, unknown, unknown]> = [
	['text by name', 'CFfield1', 'abc', 'abc'],
	['text by name without CF', 'field1', 'abc', 'abc'],
	['text by label in other case', 'FIELD 1', 'abc', 'abc'],
	['text by id', '1', 'abc', 'abc'],
	['a number as text', '1', 42, '42'],
	['one of a list by its word', '2', 'high', 2],
	['one of a list by its id', '2', '1', 1],
	['one of a list as a record', '2', { id: 2 }, 2],
	[
		'several by commas',
		'3',
		'Critical, high',
		[
			{ id: 1, label: 'Critical' },
			{ id: 2, label: 'High' },
		],
	],
	['several as a list', '3', ['High'], [{ id: 2, label: 'High' }]],
	['a day', '4', '2026-05-04', '2026-05-04'],
	['a moment with a zone', '4', '2026-05-04T11:00:00+02:00', '2026-05-04T09:00:00.000Z'],
	['a switch as a word', '5', 'yes', true],
	['a switch', '5', false, false],
	['a time', '9', '09:30', '09:30'],
	['a field of a kind that is not known here', '10', 'x', 'x'],
];

test.each(VALUES)('%s is written as Halo takes it', (_, key, value, expected) => {
	const [write, second] = customFieldWrites('Profile P1', { [key]: value }, FIELDS);
	expect(second).toBeUndefined();
	expect(write?.value).toEqual(expected);
	expect(VALUES).toHaveLength(16);
});

test.each([[null], [undefined], [''], ['  '], [[]]])('%p leaves the field to Halo', (value) => {
	expect(customFieldWrites('Profile P1', { '1': value }, FIELDS)).toEqual([]);
});

test.each([
	[
		'a field that Halo does not have',
		{ CFother: 'x' },
		'Profile P1, custom field "CFother": Halo has no such field on tickets. Allowed: Field 1 (CFfield1)',
	],
	[
		'a label that two fields carry',
		{ same: 'x' },
		'several fields carry this label (CFfield7, CFfield8)',
	],
	[
		'a word that cannot be picked',
		{ '2': 'Huge' },
		'Profile P1, custom field Field 2 (CFfield2): "Huge" cannot be picked. Allowed: Critical, High',
	],
	['one of several that cannot be picked', { '3': 'High, Huge' }, '"Huge" cannot be picked'],
	['a date that is none', { '4': 'tomorrow' }, '"tomorrow" is no date. Expected: 2026-05-04'],
	['a switch that is neither', { '5': 'maybe' }, 'neither on nor off. Allowed: true, false'],
	['a table', { '6': 'x' }, 'it is a table'],
	['an object as text', { '1': { a: 1 } }, 'is no text'],
])('%s is refused, naming field, value and what is allowed', (_, values, message) => {
	const write = () => customFieldWrites('Profile P1', values, FIELDS);
	expect(write).toThrow(ProfileError);
	expect(write).toThrow(message);
});

const PROFILE: ResolvedProfile = {
	name: 'P1',
	ticketTypeId: 1,
	statusCreateId: null,
	statusCloseId: 9,
	slaId: null,
	priorityId: null,
	team: null,
	agentId: null,
	category: null,
	urgencyId: null,
	impactId: null,
	clientId: null,
	user: null,
};

function question(
	required: RequiredField[],
	change: Partial<RequiredQuestion> = {},
): RequiredQuestion {
	return {
		where: 'Profile row 2 (P1)',
		form: {
			typeId: 1,
			name: 'Incident',
			required,
			startsApproval: false,
			defaults: { team: null, agentId: null, impactId: null, urgencyId: null, category: null },
		},
		profile: PROFILE,
		extras: NO_EXTRAS,
		linksAsset: false,
		allowApproval: false,
		fields: FIELDS,
		...change,
	};
}

const own = (id: number, name: string, label = name): RequiredField => ({ id, name, label });

test.each([
	['the team', own(13, 'section', 'Team'), { profile: { ...PROFILE, team: 'Security' } }],
	['the agent', own(14, 'assignedtoint', 'Agent'), { profile: { ...PROFILE, agentId: 3 } }],
	['the impact', own(27, '', 'Impact'), { profile: { ...PROFILE, impactId: 1 } }],
	['the urgency', own(28, 'urgency', 'Urgency'), { profile: { ...PROFILE, urgencyId: 1 } }],
	[
		'the category',
		own(40, 'category_1', 'Category'),
		{ profile: { ...PROFILE, category: 'Security' } },
	],
	['the asset', own(4, 'asset', 'Assets'), { linksAsset: true }],
	[
		'a custom field',
		own(1, 'CFfield1', 'Field 1'),
		{ extras: { ...NO_EXTRAS, customFields: [{ id: 1, value: 'x' }] } },
	],
])('CS-23 %s is required: empty is refused, filled passes', (_, required, filled) => {
	const refused = () => checkRequiredFields(question([required]));
	expect(refused).toThrow(ProfileError);
	expect(refused).toThrow(
		`Profile row 2 (P1): tickets of the type "Incident" need ${required.label}`,
	);
	expect(() => checkRequiredFields(question([required], filled))).not.toThrow();
});

test('summary and details are always filled, and what the type fills itself is no fault', () => {
	const required = [own(2, 'symptom'), own(3, 'symptom2'), own(13, 'section', 'Team')];
	const { form } = question(required);
	const filled = { form: { ...form, defaults: { ...form.defaults, team: 'Service Desk' } } };
	expect(() => checkRequiredFields(question(required, filled))).not.toThrow();
});

test('a field of Halo that is not known here is left to Halo', () => {
	expect(() => checkRequiredFields(question([own(77, 'contractid', 'Contract')]))).not.toThrow();
});

test('an empty pick list names what may be picked', () => {
	expect(() =>
		checkRequiredFields(question([own(2_000, 'CFgone', 'Gone'), own(2, 'CFfield2')])),
	).toThrow('need Gone (CFgone); Field 2 (CFfield2), one of Critical, High, which nothing fills');
});

test('a type that starts an approval is refused unless Halo is to decide', () => {
	const { form } = question([]);
	const approval = { form: { ...form, startsApproval: true } };
	expect(() => checkRequiredFields(question([], approval))).toThrow('starts an approval');
	expect(() =>
		checkRequiredFields(question([], { ...approval, allowApproval: true })),
	).not.toThrow();
});
