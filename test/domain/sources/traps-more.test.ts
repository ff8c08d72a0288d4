import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { connectSecure } from '../../../nodes/shared/domain/sources/connectsecure/source';
import { dattoRmm } from '../../../nodes/shared/domain/sources/datto-rmm/source';
import { idemeum } from '../../../nodes/shared/domain/sources/idemeum';
import { ninjaOne } from '../../../nodes/shared/domain/sources/ninjaone/source';
import { parsePayload } from '../../../nodes/shared/domain/sources/parse-payload';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { groupKeyOf } from '../../../nodes/shared/domain/event-set/grouping';
import { reportedMail } from '../../../nodes/shared/domain/sources/reported-mail/source';
import type { SourceContext } from '../../../nodes/shared/domain/sources/common/source';
import { tenable } from '../../../nodes/shared/domain/sources/tenable';
import { tenableSc } from '../../../nodes/shared/domain/sources/tenable-sc';
import { contextFor } from './context';

function only(
	source: string,
	payload: unknown,
	context: SourceContext = contextFor(),
): ScannerEvent {
	const { events, failures } = readPayload(source, payload, context);
	expect(failures).toEqual([]);
	const [event, ...more] = events;
	if (event === undefined || more.length > 0) throw new Error('Not exactly one event');
	return event;
}

function reasonsOf(source: string, payload: unknown): string[] {
	return readPayload(source, payload, contextFor()).failures.map(({ reason }) => reason);
}

describe('Datto RMM', () => {
	const triggered = dattoRmm.sample;

	test('the text "false" is no resolved alert, "true" is one of the same problem', () => {
		const open = only('datto-rmm', { ...triggered, resolvedAlert: 'false' });
		const over = only('datto-rmm', { ...triggered, resolvedAlert: 'true' });

		expect([open.status, over.status]).toEqual(['open', 'resolved']);
		expect(over.dedupKey).toBe(open.dedupKey);
		expect(over.deliveryId).not.toBe(open.deliveryId);
	});

	test('an alert that is muted and resolved is resolved', () => {
		expect(only('datto-rmm', { ...triggered, muted: true, resolvedAlert: 'true' }).status).toBe(
			'resolved',
		);
		expect(only('datto-rmm', { ...triggered, muted: true }).status).toBe('suppressed');
	});

	test('a variable that Datto did not fill is refused: every alert would share one key', () => {
		expect(reasonsOf('datto-rmm', [{ ...triggered, alertUID: '[alert_uid]' }])[0]).toContain(
			'[alert_uid]',
		);
		expect(only('datto-rmm', { ...triggered, siteName: '[sitename]' }).company.name).toBeNull();
	});

	test.each([
		['a line break', '{"alertUID":"u1","alertMessage":"first\nsecond"}', 'first second'],
		['a path', '{"alertUID":"u1","alertMessage":"C:\\Windows\\System32"}', 'C:\\Windows\\System32'],
		[
			'quotes',
			'{"alertUID":"u1","alertMessage":"Service "Print Spooler" stopped"}',
			'Service "Print Spooler" stopped',
		],
		['quotes at the end', '{"alertMessage":"He said "stop"","alertUID":"u1"}', 'He said "stop"'],
	])('a body that %s broke is mended', (_, body, title) => {
		expect(() => JSON.parse(body) as unknown).toThrow();
		expect(only('datto-rmm', parsePayload(body, 'datto-rmm')).title).toBe(title);
	});

	test('a body of a source that escapes its texts is not mended', () => {
		expect(() => parsePayload('{"title":"a\nb"}', 'canonical')).toThrow('the body: expected JSON');
		expect(() => parsePayload('{"alertUID":', 'datto-rmm')).toThrow('the body: expected JSON');
	});
});

describe('NinjaOne', () => {
	const { id, ...sample } = ninjaOne.sample;

	test('the word may stand in statusCode or in status', () => {
		const status = (words: object) => only('ninjaone', { ...sample, id, ...words }).status;

		expect(status({ statusCode: 'RESET', status: 'x' })).toBe('resolved');
		expect(status({ statusCode: 'x', status: 'Reset' })).toBe('resolved');
		expect(status({ statusCode: 'x', status: 'TRIGGERED' })).toBe('open');
	});

	test('an activity that neither triggers nor resets only informs', () => {
		expect(only('ninjaone', { ...sample, statusCode: 'START_REQUESTED', status: 'x' }).status).toBe(
			'info',
		);
	});

	test('without a series the condition on the device names the problem', () => {
		const event = only('ninjaone', { ...sample, seriesUid: null, sourceConfigUid: 'cfg' });

		expect(event.dedupKey).toBe('v1|ninjaone|-|cfg|100');
	});
});

describe('Tenable', () => {
	test('an accepted risk is suppressed, a fixed one is resolved whether accepted or not', () => {
		const status = (change: object) => only('tenable', { ...tenable.sample, ...change }).status;

		expect(status({ severity_modification_type: 'ACCEPTED' })).toBe('suppressed');
		expect(status({ severity_modification_type: 'ACCEPTED', state: 'FIXED' })).toBe('resolved');
		expect(status({ state: 'REOPENED' })).toBe('open');
	});

	test('a severity that a person recast goes before the score', () => {
		const recast = { ...tenable.sample, severity: 'low', severity_modification_type: 'RECASTED' };

		expect(only('tenable', recast, contextFor({ severityPrecedence: 'score' })).severity).toBe(
			'low',
		);
		expect(
			only(
				'tenable',
				{ ...tenable.sample, severity: 'low' },
				contextFor({ severityPrecedence: 'score' }),
			).severity,
		).toBe('critical');
	});

	test('a finding without state says how to export it', () => {
		const { state, ...without } = tenable.sample;

		expect(state).toBe('OPEN');
		expect(reasonsOf('tenable', [without])[0]).toContain('["OPEN","REOPENED","FIXED"]');
	});

	test('Tenable.sc: the record names the fields of its own key', () => {
		const change = {
			vulnUniqueness: 'repositoryID,hostUUID,port,protocol,pluginID',
			hostUUID: 'H-1',
		};

		expect(only('tenable-sc', { ...tenableSc.sample, ...change }).dedupKey).toBe(
			'v1|tenable-sc|3|200123/443/tcp|h-1',
		);
		expect(only('tenable-sc', tenableSc.sample).dedupKey).toBe(
			'v1|tenable-sc|3|200123/443/tcp|10.0.0.5',
		);
	});

	test('Tenable.sc: -1 and an empty text are nothing, and CVEs in one text are several', () => {
		const event = only('tenable-sc', {
			...tenableSc.sample,
			macAddress: '-1',
			solution: '',
			lastSeen: '-1',
		});

		expect([event.asset.mac, event.remediation, event.lastSeen]).toEqual([null, null, null]);
		expect(event.cves).toEqual(['CVE-2026-10001', 'CVE-2026-10002']);
		expect(event.time).toBe(contextFor().receivedAt);
	});
});

describe('reported mail', () => {
	const sample = reportedMail.sample;

	test('PH-13 a phishing simulation is marked and becomes no ticket', () => {
		expect(
			only('reported-mail', { ...sample, attackSimulationInfo: { attackSimId: '1' } }).simulation,
		).toBe(true);
		expect(only('reported-mail', sample).simulation).toBe(false);
	});

	test('the subject may be called emailSubject', () => {
		const { subject, ...other } = sample;

		expect(only('reported-mail', { ...other, emailSubject: subject }).title).toBe(
			only('reported-mail', sample).title,
		);
	});

	test('all who report one mail report one problem', () => {
		const other = { ...sample, id: 'another', createdBy: { user: { displayName: 'Alan' } } };

		expect(only('reported-mail', other).dedupKey).toBe(only('reported-mail', sample).dedupKey);
	});

	const variants: Array<[string, object, boolean]> = [
		['another message id', { internetMessageId: '<other@parcel.example>' }, true],
		['another local part', { sender: 'news@parcel.example' }, true],
		['answered and forwarded', { subject: 'RE: Fwd: Your parcel is waiting' }, true],
		['letter case and spaces', { subject: 'your  PARCEL is waiting' }, true],
		['another day', { createdDateTime: '2026-05-06T09:12:33Z' }, true],
		['another subject', { subject: 'Your invoice' }, false],
		['another domain', { sender: 'post@parcel.test' }, false],
		['another customer', { tenantId: 'tenant-2' }, false],
	];

	/** Key of the ticket where an event set groups by product, as the template for reported mail does. */
	const campaign = (change: object) =>
		groupKeyOf(only('reported-mail', { ...sample, ...change }), 'product');

	test.each(variants)('PH-01 one campaign is one ticket: %s', (_, change, same) => {
		expect(campaign(change) === campaign({})).toBe(same);
		expect(variants).toHaveLength(8);
	});

	test('numbers in the subject do not part a campaign', () => {
		const [one, two] = ['Invoice 4711 over 80 EUR', 'Invoice 4712 over 9 EUR'].map((subject) =>
			campaign({ subject }),
		);

		expect(one).toBe(two);
	});

	test('a mail without a subject is a ticket of its own', () => {
		const bare = { subject: '' };

		expect(campaign({ ...bare, internetMessageId: '<2@x.example>' })).not.toBe(campaign(bare));
	});

	test('a message in the reporting mailbox is from the reporter, whose domain names the company', () => {
		const mail = { subject: '3|Hi', from: 'Grace <grace@contoso.example>', messageId: '<1@a>' };
		const { user, company, description } = only('reported-mail', mail);

		expect(user.email).toBe('grace@contoso.example');
		expect(company).toMatchObject({ id: null, name: 'contoso.example' });
		expect(description).toBeNull();
	});

	test.each([
		['1|Hi', 'email.reported.junk'],
		['2|Hi', 'email.reported.notjunk'],
		['3|Hi', 'email.reported.phish'],
		['Junk: Hi', 'email.reported.junk'],
		['Not junk: Hi', 'email.reported.notjunk'],
		['Phishing: Hi', 'email.reported.phish'],
	])('a message in the mailbox with the subject %s is %s', (subject, event) => {
		const mail = only('reported-mail', { subject, messageId: '<1@a>' });

		expect(mail.event).toBe(event);
		expect(mail.title).toMatch(/: Hi$/);
	});
});

describe('idemeum', () => {
	const request = idemeum.sample;

	test('ID-28 the event says which user wants which application on which device', () => {
		const event = only('idemeum', request);

		expect(event).toMatchObject({
			user: { name: 'Grace Hopper', email: 'grace@contoso.example' },
			application: 'C:\\Tools\\setup.exe',
			asset: { name: 'PC-0042' },
			url: 'https://contoso.idemeum.example/requests/er-20260504-0017',
		});
		expect(event.description).toContain('Grace Hopper');
		expect(event.description).toContain('C:\\Tools\\setup.exe');
		expect(event.description).toContain('PC-0042');
	});

	test('a decision resolves its request and says who decided, how, and for whom', () => {
		const over = only('idemeum', {
			...request,
			status: 'denied',
			approver: { name: 'Ada', email: 'ada@msp.example' },
			scope: 'tenant',
		});

		expect(over.dedupKey).toBe(only('idemeum', request).dedupKey);
		expect(over.resolution).toEqual({
			reason: 'denied',
			byName: 'Ada',
			byEmail: 'ada@msp.example',
			scope: 'tenant',
			note: null,
		});
	});
});

describe('ConnectSecure', () => {
	const [row] = connectSecure.sample.data as Array<Record<string, unknown>>;
	const page = (feed: string, changes: object = {}) => ({
		status: true,
		feed,
		data: [{ ...row, ...changes }],
	});

	test('HTTP 200 with status false is a failure with the words of the vendor', () => {
		const { events, failures } = readPayload(
			'connectsecure',
			{ status: false, message: 'Invalid token' },
			contextFor(),
		);

		expect(events).toEqual([]);
		expect(failures[0]?.reason).toContain('Invalid token');
	});

	test.each([
		['get_remediation', 'open'],
		['remediation_plan_by_company', 'open'],
		['get_asset_remediation_plan', 'open'],
		['resolved_remediation', 'resolved'],
		['get_remediate_records', 'resolved'],
		['remediate_records_companies', 'resolved'],
		['remediated_registry_solution_plan', 'resolved'],
		['suppressed_problems', 'suppressed'],
	])('a row of the feed %s is %s', (feed, status) =>
		expect(only('connectsecure', page(feed)).status).toBe(status),
	);

	test('the same solution in the open and in the resolved feed is one problem', () => {
		expect(only('connectsecure', page('resolved_remediation', { severity: 'Low' })).dedupKey).toBe(
			only('connectsecure', page('get_remediation')).dedupKey,
		);
	});

	test('a row that is read again unchanged is the same delivery, with any news in it another', () => {
		const idOf = (feed: string, changes: object = {}) =>
			only('connectsecure', page(feed, changes)).deliveryId;
		const first = idOf('get_remediation', { total_count: 1 });

		expect(first).toMatch(/^row\/open\//);
		expect(idOf('get_remediation', { total_count: 900 })).toBe(first);
		expect(idOf('get_remediation', { last_vul_discovered: '2026-05-05T09:12:33' })).not.toBe(first);
		expect(idOf('get_remediation', { severity: 'High' })).not.toBe(first);
		expect(idOf('resolved_remediation', { total_count: 1 })).not.toBe(first);
	});

	test('a suppression that has ended is none', () => {
		const till = (suppressed_till: string) =>
			only('connectsecure', page('problems_summary', { is_suppressed: true, suppressed_till }))
				.status;

		expect(till('2026-05-05')).toBe('suppressed');
		expect(till('2026-05-01')).toBe('open');
	});

	test('times without a zone are read in the zone of the source', () => {
		const event = only(
			'connectsecure',
			page('get_remediation'),
			contextFor({ zone: 'America/New_York', receivedAt: '2026-05-07T00:00:00.000Z' }),
		);

		expect(event.time).toBe('2026-05-04T13:12:33.000Z');
	});
});
