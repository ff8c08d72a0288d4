import type { INodeParameters } from 'n8n-workflow';

import type { HaloSwitches } from '../../../../sandbox/halo';
import {
	CLOSED,
	evaluated,
	INCIDENT,
	picked,
	resolved,
	startTicketing,
	type Ticketing,
} from '../support';

/** Tenants that want fields filled: before a ticket is closed, and before one is made. */

let halo: Ticketing;

beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

/** Id of the seed's text field CFscannerReference. */
const REFERENCE_FIELD = 205;
const NEEDED: Partial<HaloSwitches> = { neededToClose: `category_1,impact,${REFERENCE_FIELD}` };

const GIVEN: ReadonlyArray<[name: string, value: string]> = [
	['category_1', 'Security>Patching'],
	['Impact', 'Single User Affected'],
	['scannerReference', 'closed by the scanner'],
];

const TYPED: INodeParameters = {
	moreFields: { fieldsClose: { field: GIVEN.map(([name, value]) => ({ name, value })) } },
};

const ROW = {
	name: 'P1',
	isDefault: true,
	ticketType: INCIDENT,
	statusClose: CLOSED,
	fieldsClose: JSON.stringify(Object.fromEntries(GIVEN)),
};

const LEFT = {
	status_id: 9,
	category_1: 'Security>Patching',
	impact: 3,
};

test.each([
	['typed into the node', TYPED, undefined],
	['in a row of halo_profiles', { profileFrom: 'rows' }, [ROW]],
])('fields on closing, %s, are filled when a ticket is closed', async (_, parameters, rows) => {
	const more = rows === undefined ? {} : { rows };
	const [made] = await halo.decide([evaluated()], parameters, more);
	expect(made).toMatchObject({ decision: 'created' });
	expect(halo.tickets()[0]).toMatchObject({ category_1: '', impact: 0 });
	Object.assign(halo.simulator.switches, NEEDED);
	const [closed] = await halo.decide([resolved()], parameters, more);
	expect(closed).toMatchObject({ decision: 'closed' });
	const [ticket] = halo.tickets();
	expect(ticket).toMatchObject(LEFT);
	expect(ticket?.customfields).toContainEqual(
		expect.objectContaining({ id: REFERENCE_FIELD, value: 'closed by the scanner' }),
	);
});

test('fields on closing are filled as well where only an action closes', async () => {
	await halo.decide([evaluated()], TYPED);
	Object.assign(halo.simulator.switches, NEEDED, { statusSticks: 'by-action' });
	await expect(halo.decide([resolved()], TYPED)).resolves.toMatchObject([{ decision: 'closed' }]);
	expect(halo.tickets()[0]).toMatchObject(LEFT);
});

test('a close that Halo refuses for an empty field names the field and where to fill it', async () => {
	await halo.decide([evaluated()]);
	Object.assign(halo.simulator.switches, NEEDED);
	const [failed] = await halo.decide([resolved()]);
	expect(failed).toMatchObject({ decision: 'failed' });
	expect(failed?.reason).toContain('category_1');
	expect(failed?.reason).toContain('Fields on Closing');
	expect(failed?.reason).toContain('column fieldsClose of halo_profiles');
	expect(halo.openTickets()).toHaveLength(1);
	// Filled in, the next run closes it.
	await expect(halo.decide([resolved()], TYPED)).resolves.toMatchObject([{ decision: 'closed' }]);
});

test('a ticket that Halo refuses for an empty field names the field and where to fill it', async () => {
	halo.simulator.switches.neededToCreate = 'category_1,impact,urgency';
	const [failed] = await halo.decide([evaluated()]);
	expect(failed).toMatchObject({ decision: 'failed' });
	expect(failed?.reason).toContain('category_1, impact, urgency');
	expect(failed?.reason).toContain('Correct what Halo names in the profile: Category');
	expect(failed?.reason).toContain('Ticket Types');
	expect(halo.tickets()).toEqual([]);
	const filled = {
		category: picked('Security>Patching'),
		impact: picked('3'),
		urgency: picked('2'),
	};
	await expect(halo.decide([evaluated()], { moreFields: filled })).resolves.toMatchObject([
		{ decision: 'created' },
	]);
});

test.each([
	['a field that Halo does not have', { name: 'CFgone', value: 'x' }, 'Halo has no such field'],
	['an impact that Halo does not have', { name: 'impact', value: 'Huge' }, '"Huge" is not in Halo'],
	['a value that cannot be picked', { name: '206', value: 'Huge' }, 'cannot be picked'],
])('%s among the fields on closing fails before anything is written', async (_, field, words) => {
	const moreFields = { fieldsClose: { field: [field] } };
	const { json, error } = await halo.run([evaluated()], { moreFields });
	const told = `${error?.message ?? ''} ${String(json[0]?.[0]?.reason ?? '')}`;
	expect(told).toContain(words);
	expect(told).toContain('Fields on Closing');
	expect(halo.writes()).toEqual([]);
});

test.each([
	['[1]', 'column fieldsClose: expected JSON'],
	['no JSON', 'column fieldsClose: expected JSON'],
])('%s in the column fieldsClose is refused with its row', async (fieldsClose, words) => {
	const { error } = await halo.run(
		[evaluated()],
		{ profileFrom: 'rows' },
		{ rows: [{ ...ROW, fieldsClose }] },
	);
	expect(error?.message).toContain('row 1 (P1)');
	expect(error?.message).toContain(words);
});

test('an ordinary change of a ticket does not carry the fields on closing', async () => {
	await halo.decide([evaluated()], TYPED);
	const before = halo.writes().length;
	await halo.decide([evaluated({ severity: 'critical' })], TYPED);
	const later = halo.writes().slice(before);
	expect(later.length).toBeGreaterThan(0);
	expect(JSON.stringify(later)).not.toContain('Patching');
});
