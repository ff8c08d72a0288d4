import { uptimeKuma } from '../../../../nodes/shared/domain/sources/monitoring/uptime-kuma';
import { readPayload } from '../../../../nodes/shared/domain/sources/read-payload';
import { traitsOf } from '../../../../nodes/shared/domain/sources/traits';
import { describeMatrix, onlyEvent, refusedFields } from '../../../support/sources/matrix';
import { contextFor } from '../context';

const monitor = {
	id: 4,
	name: 'VPN gateway',
	description: null,
	path: ['Customers', 'VPN gateway'],
	pathName: 'Customers / VPN gateway',
	type: 'port',
	url: 'https://',
	hostname: 'vpn.tailwind.example',
	port: 443,
	maxretries: 2,
	tags: [{ tag_id: 1, monitor_id: 4, name: 'Company', value: 'Tailwind Toys', color: '#059669' }],
};
const heartbeat = {
	monitorID: 4,
	status: 0,
	time: '2026-05-04 08:30:00.120',
	msg: 'timeout of 48000ms exceeded',
	ping: null,
	important: true,
	duration: 60,
	retries: 2,
};
const down = { heartbeat, monitor, msg: '[VPN gateway] [🔴 Down] timeout of 48000ms exceeded' };
const tagged = (...tags: Array<[name: string, value: string]>) => ({
	...down,
	monitor: { ...monitor, tags: tags.map(([name, value]) => ({ name, value })) },
});
const status = (value: unknown) => ({ ...down, heartbeat: { ...heartbeat, status: value } });
const only = (payload: unknown) => onlyEvent('uptime-kuma', payload);

describeMatrix({
	source: 'uptime-kuma',
	open: down,
	repeat: {
		heartbeat: { ...heartbeat, time: '2026-05-04 09:30:00.120', msg: 'refused', important: false },
		monitor: { ...monitor, name: 'VPN', hostname: '198.51.100.4', description: 'Moved' },
		msg: '[VPN] [🔴 Down] refused',
	},
	end: {
		heartbeat: { ...heartbeat, status: 1, ping: 31, lastDownTime: '2026-05-04 08:30:00.120' },
		monitor,
		msg: '[VPN gateway] [✅ Up] ',
	},
	otherProblem: { ...down, heartbeat: { ...heartbeat, monitorID: 5 } },
	otherCompany: tagged(['company', 'Fabrikam Inc']),
	noCompany: tagged(['customer-facing', 'Contoso Ltd']),
	damaged: [
		[status(4), 'heartbeat.status'],
		[status(null), 'heartbeat.status'],
		[{ ...down, heartbeat: { status: 0 }, monitor: {} }, 'heartbeat.monitorID'],
		[{ heartbeat: null, monitor: null, msg: 'Maintenance tonight' }, 'heartbeat'],
		[{ monitor }, 'heartbeat'],
	],
});

describe('Uptime Kuma', () => {
	test('pending and maintenance only inform', () => {
		expect([2, 3, '2', '3'].map((value) => only(status(value)).status)).toEqual(
			Array<string>(4).fill('info'),
		);
	});

	test('its time is UTC, whatever zone the trigger is set to', () => {
		const { events } = readPayload('uptime-kuma', down, contextFor({ zone: 'America/New_York' }));
		expect(events[0]).toMatchObject({ time: '2026-05-04T08:30:00.120Z', timeFrom: 'source' });
	});

	test('what is down is high, unless a tag says otherwise', () => {
		expect(only(down).severity).toBe('high');
		expect(only(tagged(['Severity', 'low'])).severity).toBe('low');
		expect(only(tagged(['severity', 'quite bad']))).toMatchObject({
			severity: 'unknown',
			rawSeverity: 'quite bad',
		});
	});

	test('the asset is the host that is watched, never the empty address of other types', () => {
		expect(only(down).asset).toMatchObject({ name: 'vpn.tailwind.example', ip: null });
		expect(only(down).url).toBeNull();
		const web = { ...monitor, hostname: null, url: 'https://shop.tailwind.example:8443/cart' };
		expect(only({ ...down, monitor: web }).asset.name).toBe('shop.tailwind.example');
		const push = { ...monitor, hostname: null, type: 'push' };
		expect(only({ ...down, monitor: push }).asset.name).toBeNull();
	});

	test('a group that is called like a customer names no company', () => {
		const grouped = {
			...monitor,
			path: ['Contoso Ltd', 'VPN'],
			pathName: 'Contoso Ltd / VPN',
			tags: [],
		};
		expect(only({ ...down, monitor: grouped }).company.name).toBeNull();
	});

	test('the button Test starts nothing', () => {
		const body = { heartbeat: null, monitor: null, msg: 'Halo Testing' };
		expect(readPayload('detect', body, contextFor())).toMatchObject({ ping: true, events: [] });
	});

	test.each([
		['[Shop][https://shop.example] server certificate shop.example will expire in DAYS days'],
		['Domain name shop.example will expire in DAYS days'],
	])('%s: one ticket from the first notice to the last, which a person closes', (text) => {
		const [first, last] = ['21', '7'].map((days) =>
			only({ heartbeat: null, monitor: null, msg: text.replace('DAYS', days) }),
		);
		expect(first?.status).toBe('open');
		expect(last?.dedupKey).toBe(first?.dedupKey);
		expect(first === undefined ? null : traitsOf(first).ends).toBe('never');
		expect(traitsOf(only(down)).ends).toBe('reported');
	});

	test('two certificates of one monitor are two problems', () => {
		const keys = ['server', 'intermediate'].map(
			(kind) =>
				only({
					heartbeat: null,
					monitor: null,
					msg: `[Shop][https://shop.example] ${kind} certificate ca will expire in 7 days`,
				}).dedupKey,
		);
		expect(new Set(keys).size).toBe(2);
	});

	test('what version 1 sends of credentials is not kept beside the event', () => {
		const secret = {
			basic_auth_pass: 'hunter2-pass',
			headers: '{"Authorization":"abc-header"}',
			tlsKey: 'abc-key',
			mqttPassword: 'abc-mqtt',
			databaseConnectionString: 'Server=abc-db;',
		};
		const { events } = readPayload(
			'uptime-kuma',
			{ ...down, monitor: { ...monitor, ...secret } },
			contextFor({ keepRaw: true }),
		);
		const raw = JSON.stringify(events[0]?.raw);
		expect(raw).toContain('vpn.tailwind.example');
		expect(raw).not.toMatch(/abc-|hunter2/);
	});

	test('a status that is a word is refused: a custom body is not this one', () => {
		expect(refusedFields('uptime-kuma', status('✅ Up'))).toEqual(['heartbeat.status']);
		expect(uptimeKuma.recognises({ Title: 'Uptime Kuma Alert', Body: 'down' })).toBe(false);
	});
});
