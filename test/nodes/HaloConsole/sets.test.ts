import type { IDataObject } from 'n8n-workflow';

import { parseEventSet } from '../../../nodes/shared/domain/event-set/parse';
import { Desk } from './support';

let desk: Desk;
beforeAll(async () => {
	desk = await Desk.open();
});
beforeEach(() => desk.reset());
afterAll(async () => await desk.halo.stop());

const set = (name: string, more: IDataObject = {}): IDataObject => ({
	name,
	integration: '',
	isDefault: false,
	enabled: true,
	grouping: 'problem',
	minSeverity: 'high',
	includeUnknown: true,
	rules: '',
	maintenance: '',
	...more,
});

/** What a browser sends of a form that nobody has touched, and these fields. */
const form = (more: Record<string, string | string[]>) => ({
	do: 'save',
	was: 'none',
	name: 'Strict',
	enabled: 'yes',
	grouping: 'problem',
	minSeverity: 'high',
	includeUnknown: 'yes',
	eventsFrom: 'all',
	...more,
});

const markIn = (body: string): string => /name="was" value="([^"]*)"/.exec(body)?.[1] ?? '';
const rows = () => desk.rows('halo_event_sets');

describe('event sets', () => {
	test('CS-17 CN-18 the list shows each with Is Default, what it takes, and its actions', async () => {
		desk.put(
			'halo_event_sets',
			set('High and critical', { isDefault: true }),
			set('Ports', { rules: '[{"categories":["Ports"],"events":["vuln.found"]}]', enabled: false }),
			set('By rules', { rules: '[{"events":["*"]},{"events":["ad.*"],"action":"ignore"}]' }),
		);
		const { body } = await desk.get('page=sets');
		expect(body).toContain('<th scope="col">Is Default</th>');
		expect(body.match(/<td data-name="Is Default:">yes/g)).toHaveLength(1);
		expect(body).toContain('Ports, 1 single event');
		expect(body).toContain('by rules');
		expect(body.match(/Set as default</g)).toHaveLength(2);
	});

	test('CN-10 CN-11 CS-20 CN-13 a new set: categories taken whole, single events, filters; the first one is the default', async () => {
		const { status, location } = await desk.post(
			'page=set&id=new',
			form({
				eventsFrom: 'ticks',
				category: 'AD Audit',
				event: ['vuln.found', 'ports.opened.external'],
				kevOnly: 'yes',
				minEpss: '0.5',
				companies: 'Contoso\r\n\r\nFabrikam',
				asset: '^SRV-',
				grouping: 'asset',
				minSeverity: 'medium',
			}),
		);
		expect([status, location]).toEqual([303, '?page=sets&done=stored&count=1']);
		expect(rows()[0]).toMatchObject({ name: 'Strict', isDefault: true, grouping: 'asset' });
		expect(parseEventSet(rows()[0] ?? {}, 'x').rules).toEqual([
			expect.objectContaining({
				events: ['vuln.found', 'ports.opened.external'],
				categories: ['AD Audit'],
				kevOnly: true,
				minEpss: 0.5,
				companies: ['Contoso', 'Fabrikam'],
			}),
		]);
		const { body } = await desk.get(`page=set&id=${rows()[0]?.id}`);
		expect(body).toContain('name="category" value="AD Audit" checked');
		expect(body).toContain('name="event" value="vuln.found" checked');
	});

	test.each([
		[{ name: '' }, 'name-error', 'A name is needed.'],
		[{ name: 'x'.repeat(101) }, 'name-error', 'Too long'],
		[{ name: 'ports' }, 'name-error', 'Another event set has this name.'],
		[{ grouping: 'everything' }, 'grouping-error', 'Choose exactly one.'],
		[{ minSeverity: 'awful' }, 'minSeverity-error', 'Choose one of the list.'],
		[{ eventsFrom: 'ticks' }, 'eventsFrom-error', 'Nothing is ticked'],
		[{ event: 'vuln.found' }, 'eventsFrom-error', 'Events are ticked below'],
		[{ eventsFrom: 'ticks', event: 'no.such' }, 'eventsFrom-error', 'no event is called'],
		[{ minEpss: 'much' }, 'minEpss-error', 'expected a number from 0 to 1'],
		[{ minEpss: '7' }, 'minEpss-error', 'expected a number from 0 to 1'],
		[{ asset: '(?=x)' }, 'asset-error', 'is no regular expression'],
		[{ eventsFrom: 'rules', rules: '{oops' }, 'rules-error', 'expected JSON'],
		[{ eventsFrom: 'rules', rules: '[{"event":["*"]}]' }, 'rules-error', 'is no setting'],
		[{ maintenance: '[{"timeZone":"Mars/One"}]' }, 'maintenance-error', 'expected a zone'],
		[
			{
				eventsFrom: 'ticks',
				event: ['remediation.by_company', 'remediation.by_asset'],
			},
			'eventsFrom-error',
			'choose exactly one of Remediation by company, Remediation by asset',
		],
		[
			{ eventsFrom: 'ticks', event: 'remediation.by_asset', grouping: 'company' },
			'grouping-error',
			'contradicts the grouping company',
		],
	])(
		'CN-14 %j is refused beside its field, what was typed is kept, and nothing is stored',
		async (more, id, words) => {
			desk.put('halo_event_sets', set('Ports'));
			const sent = form({ companies: 'kept as typed', ...more });
			const { status, body } = await desk.post('page=set&id=new', sent);
			expect(status).toBe(422);
			expect(body).toMatch(new RegExp(`id="${id}">[^<]*${words}`));
			expect(body).toContain('kept as typed');
			expect(rows()).toHaveLength(1);
		},
	);

	test('a set of several rules stays as it is written, and two people on it are told', async () => {
		const rules = '[{"events":["*"]},{"events":["ad.*"],"action":"ignore"}]';
		const [one] = desk.put('halo_event_sets', set('Mixed', { rules, isDefault: true }));
		const address = `page=set&id=${one?.id}`;
		const { body } = await desk.get(address);
		const mine = form({ was: markIn(body), name: 'Mixed', eventsFrom: 'rules', rules });
		const saved = await desk.post(address, { ...mine, minSeverity: 'low' });
		expect(saved.status).toBe(303);
		expect(rows()[0]).toMatchObject({ rules, minSeverity: 'low', isDefault: true });
		const second = await desk.post(address, { ...mine, minSeverity: 'critical' });
		expect(second.status).toBe(409);
		expect(second.body).toContain('minSeverity: now low, you have critical');
		expect(rows()[0]).toMatchObject({ minSeverity: 'low' });
	});

	test('CN-17 CN-16 the default changes after Yes, and is one alone in its integration', async () => {
		const [old, wanted, other] = desk.put(
			'halo_event_sets',
			set('Old', { isDefault: true }),
			set('Wanted'),
			set('Elsewhere', { isDefault: true, integration: 'second' }),
		);
		const address = `page=setact&id=${wanted?.id}&what=default`;
		const asked = await desk.get(address);
		expect(asked.body).toContain('Make “Wanted” the default event set?');
		expect(rows().map(({ isDefault }) => isDefault)).toEqual([true, false, true]);
		expect((await desk.post(address, {})).status).toBe(303);
		expect(rows().map(({ id, isDefault }) => [id, isDefault])).toEqual([
			[old?.id, false],
			[wanted?.id, true],
			[other?.id, true],
		]);
	});

	test('deleting says who names the set, and happens after Yes', async () => {
		const [one] = desk.put('halo_event_sets', set('Ports'));
		desk.put('halo_company_mappings', { companyName: 'A', haloClientId: 11, eventSet: 'ports' });
		const address = `page=setact&id=${one?.id}&what=delete`;
		expect((await desk.get(address)).body).toContain('It is named by 1 mapping');
		expect((await desk.post(address, { token: '' })).status).toBe(403);
		expect(rows()).toHaveLength(1);
		expect((await desk.post(address, {})).status).toBe(303);
		expect(rows()).toEqual([]);
		expect((await desk.post(address, {})).status).toBe(409);
	});

	test('Try it tells how many of the last events would be tickets, and why the others not; nothing is stored', async () => {
		const event = (at: number, severity: string): IDataObject => ({
			dedupKey: `k${at}`,
			state: 'done',
			event: JSON.stringify({
				source: 'canonical',
				dedupKey: `k${at}`,
				title: `Finding ${at}`,
				severity,
				status: 'open',
				time: '2026-05-04T08:00:00.000Z',
				company: { name: 'Contoso' },
				asset: { name: at % 2 === 0 ? 'SRV-01' : 'SRV-02' },
			}),
		});
		desk.put(
			'halo_inbox',
			...Array.from({ length: 6 }, (_, at) => event(at, at < 4 ? 'high' : 'low')),
			{ dedupKey: 'odd', state: 'dead', event: '{}' },
		);
		const { status, body } = await desk.post('page=set&id=new', form({ do: 'try' }));
		expect(status).toBe(200);
		expect(body).toContain(
			'Of the last 7 events <b>4</b> would go on to a ticket, which makes <b>4</b> tickets.',
		);
		expect(body).toMatch(/>2<\/td><td[^>]*>Event set &quot;Strict&quot;/);
		expect(body).toContain('1 cannot be read as an event.');
		expect(rows()).toEqual([]);
	});

	test('names and rules are never HTML', async () => {
		const bad = '</textarea><script>alert(1)</script>';
		const [one] = desk.put(
			'halo_event_sets',
			set(bad, { rules: bad, maintenance: bad, grouping: bad }),
		);
		for (const address of [
			'page=sets',
			`page=set&id=${one?.id}`,
			`page=setact&id=${one?.id}&what=delete`,
		]) {
			expect((await desk.get(address)).body).not.toContain('<script>');
		}
	});
});
