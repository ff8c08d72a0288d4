import { traitsOf } from '../../../../nodes/shared/domain/sources/traits';
import { describeMatrix, onlyEvent } from '../../../support/sources/matrix';

const event = {
	id: 'e-1',
	customer_id: 't-1',
	type: 'Event::Endpoint::Threat::Detected',
	name: "Malware detected: 'Eicar-AV-Test' at 'C:\\Users\\ada\\eicar.com'",
	severity: 'medium',
	group: 'MALWARE',
	endpoint_id: 'd-1',
	endpoint_type: 'computer',
	location: 'FS-02',
	source: 'TAILWIND\\ada',
	source_info: { ip: '10.7.0.4' },
	when: '2026-05-04T08:00:00.000Z',
	created_at: '2026-05-04T08:00:02.000Z',
};
const cleaned = {
	...event,
	id: 'e-2',
	type: 'Event::Endpoint::Threat::CleanedUp',
	name: "Malware cleaned up: 'Eicar-AV-Test' at 'C:\\Users\\ada\\eicar.com'",
	severity: 'none',
	when: '2026-05-04T08:10:00.000Z',
};
const only = (changes: object) => onlyEvent('sophos', { ...event, ...changes });
const alertOf = (type: string, changes: object = {}) => ({
	id: 'a-1',
	tenant: { id: 't-1', name: 'Tailwind Toys' },
	type,
	description: 'Something of the device',
	severity: 'high',
	category: 'protection',
	product: 'endpoint',
	managedAgent: { id: 'd-1', type: 'computer' },
	allowedActions: ['acknowledge'],
	raisedAt: '2026-05-04T08:00:00.000Z',
	...changes,
});

describeMatrix({
	source: 'sophos',
	open: { items: [event], has_more: false, next_cursor: 'c' },
	repeat: {
		...event,
		id: 'e-9',
		type: 'Event::Endpoint::Threat::CleanupFailed',
		name: "Manual cleanup required: 'Eicar-AV-Test' at 'C:\\Users\\ada\\eicar.com'",
		severity: 'high',
		location: 'RENAMED',
		when: '2026-05-04T08:05:00.000Z',
	},
	end: cleaned,
	otherProblem: { ...event, name: "Malware detected: 'Eicar-AV-Test' at 'D:\\eicar.com'" },
	otherCompany: { ...event, customer_id: 't-2' },
	noCompany: { ...event, customer_id: null },
	damaged: [
		[{ ...event, id: '' }, 'id'],
		[{ ...event, type: 'Threat' }, 'type'],
		[{ items: [{ ...event, type: null }] }, 'type'],
		[{ id: 'x', name: 'y' }, 'type'],
	],
});

describe('Sophos Central: pairs', () => {
	test.each([
		['Event::Endpoint::SavDisabled', 'Event::Endpoint::SavEnabled'],
		['Event::Endpoint::ServiceNotRunning', 'Event::Endpoint::ServiceRestored'],
		['Event::Endpoint::HeartbeatMissing', 'Event::Endpoint::HeartbeatRestored'],
		['Event::Endpoint::UpdateFailure', 'Event::Endpoint::UpdateSuccess'],
		['Event::Firewall::LostConnectionToSophosCentral', 'Event::Firewall::Reconnected'],
		['Event::Firewall::FirewallHAStateDegraded', 'Event::Firewall::FirewallHAStateRestored'],
		['Event::Mobile::ApnsCertificateExpired', 'Event::Mobile::ApnsCertificateRenewed'],
	])('%s ends with %s of the same device', (down, up) => {
		const open = onlyEvent('sophos', alertOf(down));
		const over = onlyEvent(
			'sophos',
			alertOf(up, { id: 'a-2', severity: 'low', description: 'Up' }),
		);
		expect([open.status, over.status]).toEqual(['open', 'resolved']);
		expect(over.dedupKey).toBe(open.dedupKey);
		const other = alertOf(up, { managedAgent: { id: 'd-2' } });
		expect(onlyEvent('sophos', other).dedupKey).not.toBe(open.dedupKey);
	});

	test('of two tunnels of one firewall the one that the text names is up again', () => {
		const tunnel = (type: string, name: string) =>
			onlyEvent('sophos', alertOf(type, { description: `VPN connection '${name}' changed` }));
		const [one, other] = ['Rome', 'Oslo'].map((name) =>
			tunnel('Event::Firewall::FirewallVPNTunnelDown', name),
		);
		const up = tunnel('Event::Firewall::FirewallVPNTunnelUp', 'Oslo');
		expect(up.dedupKey).toBe(other?.dedupKey);
		expect(up.dedupKey).not.toBe(one?.dedupKey);
	});

	test('an end that names nothing ends nothing', () => {
		const quiet = { ...cleaned, name: 'Malware cleaned up', threat: null };
		expect(onlyEvent('sophos', quiet).status).toBe('info');
	});

	test('an event and the alert about it are one problem', () => {
		const alert = alertOf(event.type, { description: event.name });
		expect(onlyEvent('sophos', alert).dedupKey).toBe(only({}).dedupKey);
	});

	test('a policy is told by what stands behind the colon', () => {
		const policy = (type: string, name: string) => only({ type, name });
		const open = policy('Event::Endpoint::NonCompliant', 'Policy non-compliance: Web control');
		const over = policy('Event::Endpoint::Compliant', 'Policy in compliance: Web control');
		expect([over.status, over.dedupKey]).toEqual(['resolved', open.dedupKey]);
	});

	test('what was dismissed, a person closed', () => {
		const over = only({
			type: 'Event::Endpoint::Threat::HIPSDismissed',
			name: "Dismissed: 'HPmal/1' at 'a.exe'",
		});
		expect([over.status, over.resolution?.reason]).toEqual(['resolved', 'manual']);
	});
});

describe('Sophos Central: types of no pair', () => {
	const type = 'Event::Endpoint::CoreBehavioralDetection';

	test.each([
		['critical', 'open'],
		['high', 'open'],
		['medium', 'open'],
		['low', 'info'],
		['none', 'info'],
		['odd', 'open'],
	])('of severity %s: %s', (severity, status) => {
		expect(only({ type, severity, name: "Blocked 'Evade_1' in 'x.exe'" }).status).toBe(status);
	});

	test('are one problem for a device and what they name, which a person closes', () => {
		const first = only({ type, name: "Blocked 'Evade_1' in 'x.exe'" });
		const again = only({ type, name: "Blocked again 'Evade_1' in 'x.exe'", id: 'e-7' });
		expect(again.dedupKey).toBe(first.dedupKey);
		expect(traitsOf(first).ends).toBe('never');
		expect(traitsOf(only({})).ends).toBe('reported');
	});

	test('that name nothing are each a problem', () => {
		const keys = ['e-1', 'e-2'].map((id) => only({ type, id, name: 'Blocked' }).dedupKey);
		expect(new Set(keys).size).toBe(2);
	});
});
