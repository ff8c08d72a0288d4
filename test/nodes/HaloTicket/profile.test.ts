import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { evaluated, mappedTo, resolved, startTicketing, type Ticketing } from './support';

let halo: Ticketing;

// A Halo of its own for each test: its lists are kept per credential and address.
beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

interface Field {
	/** Capability that the field is. */
	id: string;
	column: string;
	/** Parameter of the node; those without one stand under More Fields by the name of the column. */
	parameter?: string;
	name: string;
	/** Null where there is only a name. */
	haloId: string | null;
	/** What must stand on the ticket. */
	ticket: IDataObject;
	/** What else the profile needs for it. */
	with?: IDataObject;
}

const FIELDS: Field[] = [
	{ id: 'CS-25', column: 'sla', name: 'gold sla', haloId: '2', ticket: { sla_id: 2 } },
	{
		id: 'CS-26',
		column: 'priority',
		name: 'P2 Urgent',
		haloId: '2',
		ticket: { sla_id: 2, priority_id: 2 },
		with: { sla: 'Gold SLA' },
	},
	{
		id: 'CS-27',
		column: 'ticketType',
		parameter: 'ticketType',
		name: 'Service Request',
		haloId: '2',
		ticket: { tickettype_id: 2 },
	},
	{
		id: 'CS-28',
		column: 'statusCreate',
		parameter: 'moreFields.createStatus',
		name: 'In Progress',
		haloId: '2',
		ticket: { status_id: 2 },
	},
	{
		id: 'CS-29',
		column: 'statusClose',
		parameter: 'closeStatus',
		name: 'Risk Accepted',
		haloId: '23',
		ticket: { status_id: 23, hasbeenclosed: true },
	},
	{ id: 'CS-30', column: 'team', name: 'security', haloId: '2', ticket: { team: 'Security' } },
	{ id: 'CS-31', column: 'agent', name: 'Sam Okafor', haloId: '3', ticket: { agent_id: 3 } },
	{ id: 'CS-32', column: 'client', name: 'Fabrikam Inc', haloId: '12', ticket: { client_id: 12 } },
	{
		id: 'CS-33',
		column: 'user',
		name: 'Dana Whitlock',
		haloId: '4012',
		ticket: { client_id: 12, user_id: 4012 },
		with: { client: '12' },
	},
	{
		id: 'CS-34',
		column: 'category',
		name: 'Security>Patching',
		haloId: '63',
		ticket: { category_1: 'Security>Patching' },
	},
	{ id: 'CS-35', column: 'urgency', name: 'medium', haloId: '2', ticket: { urgency: 2 } },
	{
		id: 'CS-36',
		column: 'impact',
		name: 'Single User Affected',
		haloId: '3',
		ticket: { impact: 3 },
	},
];

const PARAMETERS: Record<string, string> = Object.fromEntries(
	FIELDS.map(({ column, parameter }) => [column, parameter ?? `moreFields.${column}`]),
);

const LEAST_ROW: IDataObject = {
	name: 'P1',
	isDefault: true,
	ticketType: 'Incident',
	statusClose: 'Closed',
};

function typed(values: IDataObject): INodeParameters {
	const parameters: INodeParameters = {};
	const moreFields: INodeParameters = {};
	for (const [column, value] of Object.entries(values)) {
		const isId = /^\d+$/.test(String(value));
		const locator = { __rl: true, mode: isId ? 'id' : 'name', value: String(value) } as const;
		const [group, member] = (PARAMETERS[column] ?? '').split('.');
		if (member === undefined) parameters[group ?? ''] = locator;
		else moreFields[member] = locator;
	}
	return { ...parameters, moreFields };
}

/** A client of the profile counts only for events that no mapping placed. */
function eventFor({ column, with: more }: Field): IDataObject {
	const needsClient = column === 'client' || more?.client !== undefined;
	return evaluated({ dedupKey: 'v1|the field', ...(needsClient ? { mapping: null } : {}) });
}

const PLACES = ['typed into the node', 'in a row of halo_profiles'] as const;
const CASES = FIELDS.flatMap((field) =>
	PLACES.flatMap((place) =>
		[
			['name', field.name] as const,
			...(field.haloId === null ? [] : [['id', field.haloId] as const]),
		].map(([kind, value]): [string, string, string, string, Field] => [
			field.id,
			field.column,
			kind,
			place,
			{ ...field, name: value },
		]),
	),
);

test('CS-24 to CS-37 the table holds every field that names something in Halo, by name and by id, in both places', () => {
	expect(CASES).toHaveLength(48);
	expect(new Set(FIELDS.map(({ id }) => id)).size).toBe(12);
});

test.each(CASES)('%s %s by %s, %s, stands on the ticket', async (_, __, ___, place, field) => {
	const values = { ...field.with, [field.column]: field.name };
	const row = { ...LEAST_ROW, ...values };
	const run = async (event: IDataObject) =>
		place === 'typed into the node'
			? await halo.decide([event], typed(values))
			: await halo.decide([event], { profileFrom: 'rows' }, { rows: [row] });
	const [made] = await run(eventFor(field));
	expect(made).toMatchObject({ decision: 'created' });
	if (field.column === 'statusClose') await run(resolved({ dedupKey: 'v1|the field' }));
	expect(halo.tickets()).toHaveLength(1);
	expect(halo.tickets()[0]).toMatchObject(field.ticket);
});

test.each(PLACES)(
	'CS-24 CS-37 name and event set, %s, decide which events a profile is for',
	async (place) => {
		const events = [
			evaluated({ dedupKey: 'a', eventSet: 'Default' }),
			evaluated({ dedupKey: 'b', eventSet: 'Servers' }),
		];
		const decisions =
			place === 'typed into the node'
				? await halo.decide(events, { moreFields: { name: 'P1', eventSet: 'Servers' } })
				: await halo.decide(
						events,
						{ profileFrom: 'rows' },
						{ rows: [{ ...LEAST_ROW, isDefault: false, eventSet: 'Servers' }] },
					);
		expect(decisions.map(({ decision, profile }) => [decision, profile])).toEqual([
			['failed', null],
			['created', 'P1'],
		]);
		expect(decisions[0]?.reason).toContain('No profile is linked to event set "Default"');
	},
);

test('CN-19 CN-20 CN-21 CN-22 CN-23 rows are profiles: added, edited, made the default and deleted, each counts at the next run', async () => {
	let count = 0;
	const profileOf = async (severity: string, rows: IDataObject[]) => {
		count += 1;
		const event = evaluated({ dedupKey: `v1|${count}`, severity });
		const [made] = await halo.decide([event], { profileFrom: 'rows' }, { rows });
		const ticket = halo.tickets().find(({ id }) => id === made?.ticketId);
		return [made?.profile, ticket?.team];
	};
	const rest = { ...LEAST_ROW, name: 'Rest' };
	const p1 = {
		...LEAST_ROW,
		name: 'P1',
		isDefault: false,
		eventSet: 'Default',
		severities: 'critical',
		team: 'Security',
	};
	expect(await profileOf('critical', [rest])).toEqual(['Rest', 'Service Desk']);
	expect(await profileOf('critical', [rest, p1])).toEqual(['P1', 'Security']);
	expect(await profileOf('high', [rest, p1])).toEqual(['Rest', 'Service Desk']);
	expect(await profileOf('critical', [rest, { ...p1, team: 'Network' }])).toEqual([
		'P1',
		'Network',
	]);
	const swapped = [
		{ ...rest, isDefault: false },
		{ ...p1, isDefault: true },
	];
	expect(await profileOf('low', swapped)).toEqual(['P1', 'Security']);
	expect(await profileOf('critical', [rest])).toEqual(['Rest', 'Service Desk']);
});

const ROWS = { profileFrom: 'rows' };

/** What a profile may hold wrong, and the words of the error: field, value, what is allowed. */
const WRONG: Array<[what: string, values: IDataObject, words: string[]]> = [
	...FIELDS.filter(({ column }) => column !== 'user').flatMap(
		({ column }): Array<[string, IDataObject, string[]]> => [
			[
				`${column}: a name that is no longer there`,
				{ [column]: 'Was Here Once' },
				['"Was Here Once" is not in Halo'],
			],
			[`${column}: an id that is no longer there`, { [column]: '7777' }, ['"7777" is not in Halo']],
		],
	),
	[
		'a priority outside the SLA',
		{ sla: 'Gold SLA', priority: 'Critical' },
		['Priority: "Critical" is no priority of SLA Gold SLA', 'P1 Emergency (1)'],
	],
	[
		'a status of a quotation, by id',
		{ statusClose: '31' },
		['Close Status: "Quote Sent" (31) is no ticket status', 'Closed (9)'],
	],
	[
		'a status of a quotation, by name',
		{ statusCreate: 'Quote Sent' },
		['Create Status: "Quote Sent" (31) is no ticket status', 'New (1)'],
	],
	[
		'CS-28 a create status that closes, by name',
		{ statusCreate: 'Closed' },
		['"Closed" (9) is a closed status in Halo', 'Allowed: New (1), In Progress (2)'],
	],
	[
		'CS-28 a create status that closes, by id',
		{ statusCreate: '23' },
		['Create Status: "Risk Accepted" (23) is a closed status in Halo'],
	],
	[
		'CS-29 a close status that leaves tickets open, by name',
		{ statusClose: 'In Progress' },
		['"In Progress" (2) is an open status in Halo', 'Allowed: Closed (9), Risk Accepted (23)'],
	],
	[
		'CS-29 a close status that leaves tickets open, by id',
		{ statusClose: '1' },
		['Close Status: "New" (1) is an open status in Halo'],
	],
	[
		'an inactive team',
		{ team: 'Night Shift' },
		['Team: "Night Shift" is not in Halo', 'Security (2)'],
	],
	[
		'a disabled agent',
		{ agent: 'Kim Lind' },
		['Agent: "Kim Lind" is not in Halo', 'Sam Okafor (3)'],
	],
	[
		'a type that needs a CAB',
		{ ticketType: 'Change Request' },
		['"Change Request" (4) starts an approval'],
	],
	['an empty ticket type', { ticketType: '' }, ['Ticket Type is empty']],
	['an empty close status', { statusClose: '' }, ['Close Status is empty']],
	[
		'the placeholder for no client',
		{ client: '1' },
		['Client: "1" is Halo\'s placeholder for no client'],
	],
];

test('the table of wrong values holds every field of a profile', () => {
	expect(WRONG).toHaveLength(11 * 2 + 13);
});

test.each(WRONG)(
	'%s: one error before any write, and the other items go on',
	async (_, values, words) => {
		const rows = [
			{ ...LEAST_ROW, isDefault: false, name: 'Wrong', eventSet: 'Servers', ...values },
			{ ...LEAST_ROW, name: 'Good' },
		];
		const events = [
			evaluated({ dedupKey: 'a', eventSet: 'Servers' }),
			evaluated({ dedupKey: 'b', eventSet: 'Other' }),
		];
		const decisions = await halo.decide(events, ROWS, { rows });
		expect(decisions.map(({ decision }) => decision)).toEqual(['failed', 'created']);
		const reason = String(decisions[0]?.reason);
		expect(reason).toContain('row 1 (Wrong)');
		for (const part of words) expect(reason).toContain(part);
		expect(halo.writes()).toHaveLength(1);
	},
);

test.each(WRONG.filter(([what]) => !what.startsWith('an empty')))(
	'typed into the node, %s: the run stops before any write',
	async (_, values, words) => {
		const { error } = await halo.run([evaluated(), evaluated({ dedupKey: 'b' })], typed(values));
		for (const part of words) expect(error?.message).toContain(part);
		expect(error?.description).toBeTruthy();
		expect(halo.writes()).toEqual([]);
	},
);

test('an expression that gives one item a wrong value fails that item alone', async () => {
	const decisions = await halo.decide(
		[
			evaluated({ dedupKey: 'a', product: 'Securty' }),
			evaluated({ dedupKey: 'b', product: 'Security' }),
		],
		{ moreFields: { team: { __rl: true, mode: 'name', value: '={{ $json.product }}' } } },
	);
	expect(decisions.map(({ decision }) => decision)).toEqual(['failed', 'created']);
	expect(decisions[0]?.reason).toContain('Team: "Securty" is not in Halo. Allowed: ');
	expect(halo.writes()).toHaveLength(1);
});

test('a profile whose client the agent may not see is left to Halo', async () => {
	halo.simulator.faults.add({ name: 'forbidden-403', path: '/Client/', times: 'always' });
	const decisions = await halo.decide([evaluated({ mapping: null })], typed({ client: '12' }));
	expect(decisions).toMatchObject([{ decision: 'created' }]);
});

test("a 4xx of Halo fails its own item with Halo's words; a missing right is named with its menu path; the others go on", async () => {
	const events = ['a', 'b', 'c'].map((dedupKey) => evaluated({ dedupKey }));
	halo.simulator.faults.add({ name: 'forbidden-403', method: 'POST', path: '/Tickets$' });
	const denied = await halo.decide(events);
	expect(denied.map(({ decision }) => decision)).toEqual(['failed', 'created', 'created']);
	expect(denied[0]?.reason).toContain('Halo denied access (403): POST /Tickets');
	expect(denied[0]?.reason).toContain('scope edit:tickets');
	expect(denied[0]?.reason).toContain(
		'Configuration > Integrations > HaloPSA API > View applications > Permissions',
	);
	expect(denied[0]?.error).toMatchObject({ status: 403, method: 'POST', path: '/Tickets' });
	const refused = await halo.decide([
		evaluated({ dedupKey: 'd', mapping: mappedTo({ haloClientId: 7777 }) }),
		evaluated(),
	]);
	expect(refused.map(({ decision }) => decision)).toEqual(['failed', 'created']);
	expect(refused[0]?.error).toMatchObject({
		status: 400,
		haloMessage: 'Please select a valid Customer.',
	});
	const names = { name: 'error-modelstate', message: 'The value is too long.' } as const;
	halo.simulator.faults.add({ ...names, method: 'POST', path: '/Tickets$' });
	const [told] = await halo.decide([evaluated({ dedupKey: 'e' })]);
	expect(told?.reason).toContain('[0].id: The value is too long.');
	expect(halo.tickets()).toHaveLength(3);
});
