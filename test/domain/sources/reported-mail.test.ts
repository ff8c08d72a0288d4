import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { contextFor } from './context';

function only(payload: unknown): ScannerEvent {
	const { events, failures } = readPayload('reported-mail', payload, contextFor());
	expect(failures).toEqual([]);
	const [event, ...more] = events;
	if (event === undefined || more.length > 0) throw new Error('Not exactly one event');
	return event;
}

const submission = {
	'@odata.type': '#microsoft.graph.security.emailContentThreatSubmission',
	id: 's-1',
	category: 'phishing',
	source: 'user',
	subject: 'Invoice 4711',
	sender: 'billing@invoices.example',
	recipientEmailAddress: 'ada@tailwind.example',
	internetMessageId: '<Aa1@invoices.example>',
	tenantId: '5c7f0e0a-1111-4222-8333-444455556666',
	createdDateTime: '2026-05-04T09:12:33Z',
	attackSimulationInfo: null,
	result: null,
};

/** A report as n8n's mail trigger gives it from a reporting mailbox. */
const inMailbox = {
	subject: '3|Invoice 4711',
	from: {
		value: [{ address: 'ada@tailwind.example', name: 'Ada' }],
		text: '"Ada" <ada@tailwind.example>',
	},
	metadata: { 'message-id': '<report-1@tailwind.example>' },
	date: '2026-05-04T09:12:33Z',
};

describe('reported mail: a simulation', () => {
	const HEADERS = [
		...['X-PHISHTEST', 'X-FORTIPHISH-RECIPIENT-UUID', 'X-Gophish-Contact', 'X-Gophish-Signature'],
		...['X-ThreatSim-ID', 'x-threatsim-header', 'X-PhishMe', 'X-PhishMeTracking', 'X-Cofense'],
		...['X-PHISHINGSIMULATION', 'X-PhishingTackle', 'X-EPHISHIENCY', 'Phishing-Simulation'],
	];
	const FORMS: ReadonlyArray<[name: string, of: (header: string) => object]> = [
		['an object by name', (header) => ({ headers: { [header.toLowerCase()]: 'KnowBe4' } })],
		['an object whose values are lines', (header) => ({ headers: { [header]: [`${header}: 1`] } })],
		[
			'a list of names and values',
			(header) => ({
				internetMessageHeaders: [
					{ name: 'To', value: 'x' },
					{ name: header, value: '1' },
				],
			}),
		],
		[
			'a list of keys and lines',
			(header) => ({ headerLines: [{ key: header.toLowerCase(), line: `${header}: 1` }] }),
		],
		['a text', (header) => ({ rawHeaders: `Received: by a\r\n${header}: 1\r\nTo: b` })],
		[
			'headers of the attached mail',
			(header) => ({
				attachments: [{ item: { internetMessageHeaders: [{ name: header, value: '' }] } }],
			}),
		],
		[
			'the attached mail as text',
			(header) => ({ attachments: [{ content: `From: a\n${header}: 1\n\nHello` }] }),
		],
	];
	const cases = HEADERS.flatMap((header) => FORMS.map(([form, of]) => ({ header, form, of })));

	test.each(cases)('$header as $form', ({ header, of }) => {
		expect(only({ ...inMailbox, ...of(header) }).simulation).toBe(true);
		expect(only({ ...submission, ...of(header) }).simulation).toBe(true);
	});

	test.each([
		['Microsoft’s own', { attackSimulationInfo: { attackSimId: 'a' } }],
		['Microsoft’s verdict on another sender’s', { result: { category: 'phishingSimulation' } }],
		[
			'the detail of a verdict',
			{ result: { category: 'allowedByPolicy', detail: 'PhishingSimulation' } },
		],
		['a report under that category', { category: 'phishing simulation' }],
		['a flow’s flag', { isSimulation: 'true' }],
		['GoPhish by its mailer', { headers: { 'x-mailer': 'gophish' } }],
		['KnowBe4 by its mailer', { headers: { 'X-Mailer': 'KnowBe4 PST' } }],
	])('%s', (_, change) => {
		expect(only({ ...submission, ...change }).simulation).toBe(true);
	});

	test.each([
		[
			'words about simulations in its subject',
			{ subject: 'X-PHISHTEST: win a phishing simulation' },
		],
		['a mailer that only sounds so', { headers: { 'x-mailer': 'NotGophish 1' } }],
		['another verdict', { result: { category: 'phishing', detail: 'unknown' } }],
		['flags that say no', { simulation: 'false', isSimulation: false, attackSimulationInfo: null }],
		['a header that only begins so', { headers: { 'x-phishtested-by': 'us', 'x-phish': '1' } }],
		[
			'a line of its own text',
			{ body: { content: 'Hello,\nX-PHISHTEST: 1' }, eml: 'From: a\n\nX-PHISHTEST: 1' },
		],
		['the header’s name in its text', { body: 'Look for X-PHISHTEST: in the source' }],
	])('is not told by %s', (_, change) => {
		expect(only({ ...submission, ...change }).simulation).toBe(false);
	});
});

describe('reported mail: which problem it is', () => {
	test('one mail is one problem, whoever reports it, at whatever time', () => {
		const key = (change: object) => only({ ...submission, ...change }).dedupKey;
		expect(
			key({ id: 's-2', recipientEmailAddress: 'bob@tailwind.example', category: 'spam' }),
		).toBe(key({}));
		expect(key({ tenantId: '5C7F0E0A-1111-4222-8333-444455556666' })).toBe(key({}));
		expect(key({ internetMessageId: '<aA1@invoices.example>' })).not.toBe(key({}));
		expect(key({ tenantId: '5c7f0e0a-1111-4222-8333-444455556667' })).not.toBe(key({}));
	});

	test('a report from n8n’s mail trigger names its reporter and company', () => {
		expect(only(inMailbox)).toMatchObject({
			user: { email: 'ada@tailwind.example' },
			company: { name: 'tailwind.example' },
			event: 'email.reported.phish',
		});
	});

	test('two reports of one mail in a mailbox are one problem where the mail is attached', () => {
		const mail = {
			subject: 'Invoice 4711',
			from: { emailAddress: { address: 'billing@invoices.example' } },
			internetMessageId: '<Aa1@invoices.example>',
		};
		const report = (id: string, change: object = {}) =>
			only({
				...inMailbox,
				metadata: { 'message-id': id },
				attachments: [{ item: { ...mail, ...change } }],
			});
		expect(report('<r2>').dedupKey).toBe(report('<r1>').dedupKey);
		expect(report('<r1>', { internetMessageId: '<b>' }).dedupKey).not.toBe(report('<r1>').dedupKey);
		expect(report('<r1>')).toMatchObject({
			title: 'Reported as phishing: Invoice 4711',
			product: 'Invoice # (invoices.example)',
		});
	});

	test.each(['administrator', 'Administrator'])('a submission of an %s only informs', (source) => {
		expect(only({ ...submission, source }).status).toBe('info');
	});

	test('no verdict ends a report: whether a mail was harmless, a person says', () => {
		for (const category of [
			'notJunk',
			'noThreatsFound',
			'allowedByPolicy',
			'spam',
			'unknownFutureValue',
		]) {
			expect(only({ ...submission, result: { category } }).status).toBe('open');
		}
	});
});

describe('reported mail: a submission whose message id Microsoft leaves out', () => {
	const without = { ...submission, '@odata.type': undefined, internetMessageId: null };
	const listed = { value: [{ ...without, contentType: 'email' }] };

	const list = (row: object, context?: string) => ({ '@odata.context': context, value: [row] });
	const GRAPH = 'https://graph.microsoft.com/beta/$metadata#security/threatSubmission/emailThreats';

	test.each([
		['as a row', listed],
		['by the address of its list', list({ ...without, attackSimulationInfo: undefined }, GRAPH)],
		[
			'by its client',
			list({ ...listed.value[0], attackSimulationInfo: undefined, clientSource: 'microsoft' }),
		],
	])('it is told to be a reported mail %s', (_, payload) => {
		expect(readPayload('detect', payload, contextFor()).source).toBe('reported-mail');
	});

	test('a list in which no row is a mail is not', () => {
		const urls = { value: [{ ...without, contentType: 'url' }] };
		expect(() => readPayload('detect', urls, contextFor())).toThrow();
	});

	test('it is known by the id that Exchange gave the mail, and else by its own', () => {
		const key = (change: object) => only({ ...without, ...change }).dedupKey;
		expect(key({ id: 's-2' })).not.toBe(key({ id: 's-1' }));
		const networkMessageId = 'a3b1c7d0-0000-4111-8222-333344445555';
		expect(key({ id: 's-2', networkMessageId })).toBe(key({ id: 's-1', networkMessageId }));
		const other = 'b3b1c7d0-0000-4111-8222-333344445555';
		expect(key({ networkMessageId: other })).not.toBe(key({ networkMessageId }));
	});

	test.each([
		[{ createdBy: { email: 'ada@tailwind.example', displayName: 'Ada' } }, 'Ada'],
		[{ recipientEmail: 'ada@tailwind.example' }, null],
	])('its reporter is found in the older form %j', (change, name) => {
		const event = only({ ...without, recipientEmailAddress: undefined, tenantId: null, ...change });
		expect(event.user).toEqual({ name, email: 'ada@tailwind.example' });
		expect(event.company.domain).toBe('tailwind.example');
	});
});

describe('reported mail: words of report buttons', () => {
	test.each([
		['Phish/Suspicious', 'email.reported.phish', 'medium'],
		['Spam/Junk', 'email.reported.junk', 'informational'],
		['Unknown', 'email.reported.phish', 'unknown'],
		['Simulation', 'email.reported.phish', 'unknown'],
	])('%s is %s, %s', (category, event, severity) => {
		expect(only({ ...submission, category })).toMatchObject({ event, severity });
	});
});

describe('reported mail: reports of platforms and report buttons', () => {
	/** A message as PhishER's API gives it: the sender in `from`, the reporter beside it. */
	const listed = {
		id: 'ph-1',
		subject: 'Invoice 4711',
		from: 'billing@invoices.example',
		reportedBy: 'ada@tailwind.example',
		category: 'UNKNOWN',
		headers: [
			{ header: 'Received', data: 'by mx.example', order: 0 },
			{ header: 'Message-ID', data: '<Aa1@invoices.example>', order: 1 },
		],
	};

	test('the company is that of the reporter, not of the sender', () => {
		const event = only(listed);
		expect(event.company).toMatchObject({ name: 'tailwind.example', domain: 'tailwind.example' });
		expect(event.user.email).toBe('ada@tailwind.example');
		expect(event.description).toContain('From: billing@invoices.example');
	});

	test('an address is found beside the name of its owner', () => {
		const named = only({ ...listed, reportedBy: 'Ada Lovelace <ada@tailwind.example>' });
		expect(named.dedupKey).toBe(only(listed).dedupKey);
		expect(named.company.domain).toBe('tailwind.example');
	});

	test('a mail is one problem by the message id in its list of headers', () => {
		const key = (change: object) => only({ ...listed, ...change }).dedupKey;
		expect(key({ id: 'ph-2' })).toBe(key({}));
		expect(key({})).toBe(only({ ...submission, tenantId: null }).dedupKey);
		const headerLines = [{ key: 'message-id', line: 'Message-ID: <Aa1@invoices.example>' }];
		expect(key({ headers: undefined, headerLines })).toBe(key({}));
		expect(key({ headers: [], id: 'ph-2' })).not.toBe(key({ headers: [] }));
	});

	test('the mark of a simulation is found in it', () => {
		const headers = [{ header: 'X-PHISHTEST', data: 'KnowBe4', order: 2 }];
		expect(only({ ...listed, headers }).simulation).toBe(true);
		expect(only(listed).simulation).toBe(false);
	});

	test('what a report button writes before the subject is no part of it', () => {
		const event = only({ ...inMailbox, subject: '[Phish Alert] FW: Invoice 4711' });
		expect(event).toMatchObject({
			title: 'Reported as phishing: FW: Invoice 4711',
			severity: 'medium',
			product: 'Invoice #',
		});
	});

	test('the date of a mail header is read', () => {
		const at = (date: string) => only({ ...inMailbox, date }).time;
		expect(at('Mon, 4 May 2026 09:12:33 +0200')).toBe('2026-05-04T07:12:33.000Z');
		expect(at('04 May 2026 09:12:33 GMT (UTC)')).toBe('2026-05-04T09:12:33.000Z');
		const parsed = only({ ...inMailbox, date: new Date('2026-05-04T09:12:33Z') });
		expect([parsed.time, parsed.timeFrom]).toEqual(['2026-05-04T09:12:33.000Z', 'source']);
		expect(only({ ...inMailbox, date: new Date('no date') }).timeFrom).toBe('receipt');
		expect(only({ ...inMailbox, date: 'Mon, 4 May' }).timeFrom).toBe('receipt');
	});
});
