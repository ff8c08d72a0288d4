import type { IntegrationProfile } from '../../../nodes/shared/domain/profile/profile';
import { chooseClosingProfile, chooseProfile } from '../../../nodes/shared/domain/profile/profile';
import { parseProfileRows, parseSeverities } from '../../../nodes/shared/domain/profile/parse';
import { resolveProfile, type ProfileLists } from '../../../nodes/shared/domain/profile/resolve';

const ROWS = [
	{
		name: 'P1',
		eventSet: 'Main',
		severities: 'critical',
		ticketType: 'Incident',
		statusClose: 'Closed',
	},
	{ name: 'P2', eventSet: 'Main', severities: 'high, medium', ticketType: 1, statusClose: 9 },
	{ name: 'Any', eventSet: 'Other', ticketType: 'Incident', statusClose: 'Closed' },
	{ name: 'Rest', isDefault: 'true', ticketType: 'Incident', statusClose: 'Closed' },
];

function profiles(rows: Array<Record<string, unknown>> = ROWS): IntegrationProfile[] {
	return parseProfileRows(rows.map((json, index) => ({ number: index + 1, json })));
}

const LISTS: ProfileLists = {
	ticketTypes: [
		{ id: 1, name: 'Incident', defaultSla: 1 },
		{ id: 2, name: 'Request', defaultSla: 2 },
	],
	statuses: [
		{ id: 1, name: 'New', type: 0 },
		{ id: 9, name: 'Closed', type: 0 },
		{ id: 31, name: 'Quote Sent', type: 1 },
		{ id: 32, name: 'New', type: 3 },
	],
	slas: [
		{ id: 1, name: 'Standard' },
		{ id: 2, name: 'Gold' },
	],
	priorities: [
		{ priorityId: 1, slaId: 1, name: 'Critical', hidden: false },
		{ priorityId: 2, slaId: 1, name: 'High', hidden: false },
		{ priorityId: 5, slaId: 1, name: 'Planned', hidden: true },
		{ priorityId: 2, slaId: 2, name: 'Critical', hidden: false },
	],
	teams: [
		{ id: 1, name: 'Security' },
		{ id: 2, name: 'Twin' },
		{ id: 3, name: 'twin' },
	],
	agents: [],
	clients: [
		{ id: 1, name: 'Unknown' },
		{ id: 11, name: 'Contoso Ltd' },
	],
	categories: [{ id: 62, name: 'Security>Patching' }],
	urgencies: [],
	impacts: [],
};

const QUESTION = {
	integration: 'default',
	eventSet: 'Main',
	severity: 'high',
	mappingProfile: null,
	mappingOrigin: null,
} as const;

const CHOICES: Array<[string, Partial<Parameters<typeof chooseProfile>[1]>, string]> = [
	['the one whose severities hold it', {}, 'P2'],
	['the one for critical', { severity: 'critical' }, 'P1'],
	['the default when no severity fits', { severity: 'low' }, 'Rest'],
	['one without severities of its set', { eventSet: 'other', severity: 'low' }, 'Any'],
	['the default for another set', { eventSet: 'Third' }, 'Rest'],
	["the mapping's", { mappingProfile: ' p1 ' }, 'P1'],
	['no override by a blank mapping', { mappingProfile: ' ' }, 'P2'],
];

test.each(CHOICES)('CS-37 CS-39 the profile is %s', (_, question, name) => {
	expect(chooseProfile(profiles(), { ...QUESTION, ...question }).name).toBe(name);
});

test('no profile that fits and no default is refused, naming the rows of that set', () => {
	const some = profiles(ROWS.slice(0, 2));
	expect(() => chooseProfile(some, { ...QUESTION, severity: 'low' })).toThrow(
		'No profile of event set "Main" holds severity low (row 1 (P1), row 2 (P2)), and none is the default',
	);
	expect(() => chooseProfile(some, { ...QUESTION, eventSet: 'X' })).toThrow(
		'No profile is linked to event set "X"',
	);
	expect(chooseClosingProfile(some, { ...QUESTION, severity: 'low' }).name).toBe('P1');
});

test('a mapping that names an unknown or an ambiguous profile is refused, naming its row', () => {
	const question = { ...QUESTION, mappingProfile: 'P9', mappingOrigin: 'row 17' };
	expect(() => chooseProfile(profiles(), question)).toThrow(
		'Mapping row 17 names profile "P9", which does not exist; profiles: P1, P2, Any, Rest',
	);
	const twice = profiles([...ROWS, { ...ROWS[0], name: 'p9' }, { ...ROWS[0], name: 'P9' }]);
	expect(() => chooseProfile(twice, question)).toThrow('stands in row 5 (p9) and in row 6 (P9)');
});

const TWO_HALOS = [
	{ name: 'P2', eventSet: 'Main', severities: 'high', isDefault: false },
	{ name: 'P2', integration: 'second', eventSet: 'Main', isDefault: false },
	{ name: 'Rest', isDefault: true },
	{ name: 'Rest of the second', integration: 'Second', isDefault: true },
	{ name: 'Third', integration: 'third', eventSet: 'Main', severities: 'low' },
];

test.each([
	['default', { severity: 'high' }, 'row 1 (P2)'],
	['second', { severity: 'high' }, 'row 2 (P2)'],
	['second', { eventSet: 'X' }, 'row 4 (Rest of the second)'],
	['Second', { eventSet: 'Main', severity: 'low' }, 'row 2 (P2)'],
	['third', { severity: 'high' }, 'row 1 (P2)'],
	['default', { eventSet: 'X' }, 'row 3 (Rest)'],
	['default', { severity: 'low' }, 'row 3 (Rest)'],
	['second', { mappingProfile: 'P2' }, 'row 2 (P2)'],
	['third', { severity: 'low' }, 'row 5 (Third)'],
	['fourth', { mappingProfile: 'P2' }, 'row 1 (P2)'],
] as const)(
	'CN-21 an event of the integration %s gets its own profile before those of no integration: %j',
	(integration, question, origin) => {
		const asked = { ...QUESTION, ...question, integration };
		expect(chooseProfile(profiles(TWO_HALOS), asked).origin).toBe(origin);
	},
);

test('two defaults stop only what needs the default', () => {
	const both = profiles([
		{ name: 'A', isDefault: 1 },
		{ name: 'B', isDefault: true },
		{ name: 'Linked', eventSet: 'Main' },
	]);
	expect(chooseProfile(both, QUESTION).name).toBe('Linked');
	expect(() => chooseProfile(both, { ...QUESTION, eventSet: 'X' })).toThrow(
		'Two profiles are the default: row 1 (A) and row 2 (B)',
	);
});

const ANY_SET = [
	{ ...ROWS[0], name: 'Linked', severities: 'critical' },
	{ name: 'P2 of any', severities: 'high', ticketType: 'Incident', statusClose: 'Closed' },
	{ name: 'All of any', ticketType: 'Incident', statusClose: 'Closed' },
];

test.each([
	['by its severity', ANY_SET, { severity: 'high' }, 'P2 of any'],
	['for a set that no row names', ANY_SET, { eventSet: 'X', severity: 'high' }, 'P2 of any'],
	['after one that is linked', ANY_SET, { severity: 'critical' }, 'Linked'],
	['without severities for the rest', ANY_SET, { severity: 'low' }, 'All of any'],
	[
		'with a severity before the default',
		[...ROWS, ANY_SET[1] ?? {}],
		{ eventSet: 'X' },
		'P2 of any',
	],
	['without severities after the default', [...ROWS, ANY_SET[2] ?? {}], { eventSet: 'X' }, 'Rest'],
] as const)(
	'CS-24 CS-37 a profile without an event set serves any set: %s',
	(_, rows, question, name) => {
		const asked = { ...QUESTION, ...question };
		expect(chooseProfile(profiles([...rows]), asked).name).toBe(name);
		expect(chooseClosingProfile(profiles([...rows]), asked).name).toBe(name);
	},
);

const FAULTY: Array<[string, Array<Record<string, unknown>>, string]> = [
	['no rows', [], 'No integration profile arrived on the second input'],
	[
		'a row without a name',
		[{ ticketType: 1 }],
		'Profile row 1, column name: expected a name, got nothing',
	],
	[
		'an object as value',
		[{ name: 'A', team: { id: 1 } }],
		'Profile row 1 (A), column team: expected a name or an id',
	],
	[
		'a word that is no severity',
		[{ name: 'A', severities: 'urgent' }],
		'column severities: "urgent" is no severity',
	],
	[
		'a flag that is none',
		[{ name: 'A', isDefault: 'maybe' }],
		'column isDefault: expected true or false, got "maybe"',
	],
];

test.each(FAULTY)('%s are refused, naming row and column', (_, rows, words) => {
	expect(() => profiles(rows)).toThrow(words);
});

test.each([
	['critical, high', ['critical', 'high']],
	['["low","unknown"]', ['low', 'unknown']],
	[['Medium'], ['medium']],
	['', []],
	[null, []],
])('severities %j are read', (value, expected) => {
	expect(parseSeverities('row 1', value)).toEqual(expected);
});

function profile(change: Record<string, unknown>): IntegrationProfile {
	const [first] = profiles([
		{ name: 'A', ticketType: 'Incident', statusClose: 'Closed', ...change },
	]);
	if (first === undefined) throw new Error('No profile');
	return first;
}

const RESOLVED: Array<[string, Record<string, unknown>, Record<string, unknown>]> = [
	[
		'names in any letter case',
		{ ticketType: 'INCIDENT', team: 'security' },
		{ ticketTypeId: 1, team: 'Security' },
	],
	["CS-30 a team id as the team's name", { team: '1' }, { team: 'Security' }],
	[
		'CS-26 a priority inside the SLA that is named',
		{ sla: 'Gold', priority: 'critical' },
		{ slaId: 2, priorityId: 2 },
	],
	[
		'CS-26 a priority inside the default SLA of the type',
		{ priority: 'Critical' },
		{ slaId: null, priorityId: 1 },
	],
	['CS-34 a category id as its path', { category: '62' }, { category: 'Security>Patching' }],
	['an id whose list may not be seen', { agent: '7' }, { agentId: 7 }],
	[
		'CS-28 CS-29 statuses of tickets',
		{ statusCreate: 'new', statusClose: 9 },
		{ statusCreateId: 1, statusCloseId: 9 },
	],
	['CS-32 a client by name', { client: 'contoso ltd' }, { clientId: 11 }],
	[
		'blanks as nothing to send',
		{},
		{ slaId: null, priorityId: null, team: null, agentId: null, category: null },
	],
];

test.each(RESOLVED)('%s: resolved', (_, change, expected) => {
	expect(resolveProfile(profile(change), LISTS)).toMatchObject(expected);
});

const REFUSED: Array<[string, Record<string, unknown>, string]> = [
	[
		'an unknown name',
		{ team: 'Securty' },
		'Profile row 1 (A), Team: "Securty" is not in Halo. Allowed: Security (1), Twin (2), twin (3)',
	],
	['an id that is gone', { sla: 7 }, 'SLA: "7" is not in Halo. Allowed: Standard (1), Gold (2)'],
	[
		'a name of two records',
		{ team: 'Twin' },
		'"Twin" is the name of several records (2, 3); write the id',
	],
	[
		'a priority of another SLA',
		{ sla: 'Gold', priority: 'High' },
		'Priority: "High" is no priority of SLA Gold. Allowed: Critical (2)',
	],
	['a hidden priority', { sla: 1, priority: 5 }, 'Priority: "5" is no priority of SLA Standard'],
	[
		'a status of another record',
		{ statusClose: 31 },
		'Close Status: "Quote Sent" (31) is no ticket status. Allowed: New (1), Closed (9)',
	],
	['a name whose list is empty', { agent: 'Sam' }, 'Agent: "Sam" is not in Halo. Allowed: none'],
	['CS-32 the client Unknown', { client: 1 }, 'Client: "1" is Halo\'s placeholder for no client'],
	['CS-32 the client Unknown by name', { client: 'Unknown' }, 'placeholder for no client'],
	[
		'CS-32 a client that Halo does not have',
		{ client: 'Contoso' },
		'Client: "Contoso" is not in Halo',
	],
];

test.each(REFUSED)('%s is refused, naming field, value and what is allowed', (_, change, words) => {
	expect(() => resolveProfile(profile(change), LISTS)).toThrow(words);
});

describe('a status that says the opposite of its field', () => {
	const [profile] = profiles([
		{ name: 'Turned', ticketType: 'Incident', statusCreate: 'Closed', statusClose: 'New' },
	]);
	const told = (
		openStatusIds: ReadonlySet<number> | undefined,
		field: 'statusCreate' | 'statusClose',
	) => {
		if (profile === undefined) throw new Error('One row is one profile');
		const one = { ...profile, statusCreate: null, statusClose: null, [field]: profile[field] };
		return () => resolveProfile(one, { ...LISTS, openStatusIds });
	};

	test.each([
		['statusCreate', 'Create Status: "Closed" (9) is a closed status in Halo'],
		['statusClose', 'Close Status: "New" (1) is an open status in Halo'],
	] as const)('%s is refused by name where Halo tells them apart', (field, words) => {
		expect(told(new Set([1]), field)).toThrow(words);
	});

	test.each([
		['is left out', undefined],
		['is empty', new Set<number>()],
		['holds every status, as where Halo ignores the filter', new Set([1, 9])],
		['holds other records only', new Set([31])],
	])('both are taken where the list of open ones %s', (_, openStatusIds) => {
		expect(told(openStatusIds, 'statusCreate')).not.toThrow();
		expect(told(openStatusIds, 'statusClose')).not.toThrow();
	});
});
