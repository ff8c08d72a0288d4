import { readPayload } from '../../../../nodes/shared/domain/sources/read-payload';
import { describeMatrix, onlyEvent } from '../../../support/sources/matrix';
import { contextFor } from '../context';

const report = {
	event_type: 'incident_report.created',
	id: 7001,
	account: { id: 11, name: 'MSP Ltd' },
	organization: { id: 42, name: 'Tailwind Toys' },
	agent_id: 501,
	severity: 'high',
	status: 'sent',
	subject: 'HIGH - Incident on FS-02 (Tailwind Toys)',
	summary: 'A foothold was found.',
	body: 'Longer',
	platform: 'windows',
	indicator_counts: { footholds: 1, process_detections: 0 },
	created_at: '2026-05-04T07:50:00Z',
	sent_at: '2026-05-04T08:00:00Z',
	closed_at: null,
	status_updated_at: '2026-05-04T08:00:00Z',
	updated_at: '2026-05-04T08:00:00Z',
	api_url: 'https://api.huntress.io/v1/incident_reports/7001',
};
const closed = {
	...report,
	event_type: 'incident_report.closed',
	status: 'closed',
	closed_at: '2026-05-04T09:00:00Z',
	updated_at: '2026-05-04T09:00:00Z',
};
const only = (changes: object) => onlyEvent('huntress', { ...report, ...changes });
const row = (changes: object) => {
	const { event_type, account, organization, ...rest } = report;
	expect([event_type, account.id, organization.id]).toEqual([report.event_type, 11, 42]);
	return { ...rest, account_id: 11, organization_id: 42, ...changes };
};
const page = (...rows: object[]) => ({
	incident_reports: rows,
	pagination: { next_page_token: null },
});

describeMatrix({
	source: 'huntress',
	open: report,
	repeat: {
		...report,
		status: 'auto_remediating',
		severity: 'critical',
		subject: 'CRITICAL - Incident on FS-02 (Tailwind Toys)',
		updated_at: '2026-05-04T08:30:00Z',
		indicator_counts: { footholds: 2 },
	},
	end: closed,
	otherProblem: { ...report, id: 7002 },
	otherCompany: { ...report, organization: { id: 43, name: 'Fabrikam' } },
	noCompany: { ...report, organization: { id: null, name: null } },
	damaged: [
		[{ ...report, id: null }, 'id'],
		[{ ...report, status: 'resolved' }, 'status'],
		[page(row({ status: null })), 'status'],
		[page(row({ id: '' })), 'id'],
		[{ organization: { id: 42 } }, 'id'],
	],
});

describe('Huntress', () => {
	test.each([
		['sent', 'open'],
		['auto_remediating', 'open'],
		['draft', 'info'],
		['deleting', 'info'],
		['closed', 'resolved'],
		['dismissed', 'resolved'],
		['partner_dismissed', 'resolved'],
	])('a row of the API that is %s is %s, of the problem of the webhook', (status, expected) => {
		const event = onlyEvent('huntress', page(row({ status })));
		expect(event).toMatchObject({ status: expected, dedupKey: only({}).dedupKey });
	});

	test('a dismissed report was closed by a person', () => {
		const event = onlyEvent('huntress', { ...closed, status: 'partner_dismissed' });
		expect(event.resolution?.reason).toBe('manual');
	});

	test('a comment only informs, also on a report that is closed', () => {
		const comment = {
			event_type: 'incident_report.comment_added',
			comment: 'We isolated the host.',
		};
		expect(only(comment)).toMatchObject({
			status: 'info',
			description: expect.stringContaining('isolated'),
		});
		expect(only({ ...comment, status: 'closed' }).status).toBe('info');
	});

	test('what was found stands in the description, what was not does not', () => {
		expect(only({}).description).toBe('A foothold was found.\nfootholds: 1');
	});

	test('an escalation is a problem of its own, over once it says when it was resolved', () => {
		const escalation = {
			event_type: 'escalation.created',
			id: 7001,
			account: { id: 11, name: null },
			organizations: [{ id: 42, name: 'Tailwind Toys' }],
			status: 'open',
			severity: 'high',
			subject: 'Agents need permissions',
			resolved_at: null,
		};
		const open = onlyEvent('huntress', escalation);
		expect(open).toMatchObject({ status: 'open', company: { id: '42' } });
		expect(open.dedupKey).not.toBe(only({}).dedupKey);
		const over = {
			...escalation,
			event_type: 'escalation.updated',
			resolved_at: '2026-05-04T09:00:00Z',
		};
		expect(onlyEvent('huntress', over)).toMatchObject({
			status: 'resolved',
			dedupKey: open.dedupKey,
		});
		const overdue = { ...escalation, event_type: 'escalation.overdue' };
		expect(onlyEvent('huntress', overdue).status).toBe('info');
	});

	test('an escalation of several organisations is of none', () => {
		const organizations = [
			{ id: 42, name: 'Tailwind Toys' },
			{ id: 43, name: 'Fabrikam' },
		];
		const { organization, ...rest } = report;
		expect(organization.id).toBe(42);
		const event = onlyEvent('huntress', {
			...rest,
			event_type: 'escalation.created',
			organizations,
		});
		expect(event.company).toMatchObject({ id: null, name: null });
	});

	test('notices of the account only inform, and a test starts nothing', () => {
		expect(only({ event_type: 'account.notice' }).status).toBe('info');
		const test = readPayload('huntress', { event_type: 'test' }, contextFor());
		expect(test).toMatchObject({ ping: true, events: [] });
	});
});
