import { refusalPage } from '../../nodes/shared/domain/console/answer';
import { failurePage } from '../../nodes/shared/domain/pages/failure-page';
import { noticesOf } from '../../nodes/shared/domain/inbox/notices';
import { endOfForm } from '../../nodes/shared/domain/approval/page';
import { replayPage } from '../../nodes/shared/domain/inbox/replay';
import {
	forHtml,
	forMailSubject,
	forSlack,
	forTeams,
} from '../../nodes/shared/domain/values/escape';
import { inboxRow } from '../domain/inbox/rows';
import { evaluate, runCode, templateNode, templates } from '../support/template-code';

/** Names and messages as nobody should be called, for every place that n8n renders. */
const HOSTILE = [
	'<img src=x onerror=alert(1)>',
	'<script>alert(1)</script>',
	'"><a href="javascript:alert(1)">Approve</a>',
	"' onmouseover='alert(1)",
	'</p></div><h1>Approved</h1><p>',
	'&lt;b&gt; &#60;b&#62; &amp;lt;',
	'<!channel> <!here> <@U0123> <#C0123>',
	'<https://evil.example|https://portal.example>',
	'<at id="0">Everyone</at>',
	'a line\r\nBcc: everybody@example.com',
	'first\u2028second',
	'{{ $json.secret }}',
	'=1+1',
];
const HARMLESS = 'Contoso Ltd';

type Target = 'html' | 'slack' | 'teams' | 'mail subject' | 'mail text' | 'title' | 'json';

/** The parameters that n8n's own nodes render, and as what. n8n itself escapes `title` and the fields of a form. */
const RENDERED: Record<string, Record<string, Target>> = {
	form: {
		completionTitle: 'title',
		completionMessage: 'html',
		responseText: 'html',
		jsonOutput: 'json',
		'options.formTitle': 'title',
		'options.formDescription': 'html',
		'options.customCss': 'html',
	},
	formTrigger: {
		formTitle: 'title',
		formDescription: 'html',
		'options.respondWithOptions.values.formSubmittedText': 'html',
	},
	wait: { formTitle: 'title', formDescription: 'html' },
	respondToWebhook: { responseBody: 'html' },
	emailSend: { subject: 'mail subject', text: 'mail text', html: 'html' },
	slack: { text: 'slack' },
	microsoftTeams: { message: 'teams' },
};

/** Every parameter of that kind that holds an expression, with a way to bring a text from outside into it. */
const PLACES: Record<string, (text: string) => string> = {
	// The page of a failure; what a check says is escaped where its page is made.
	'check-setup / Show it / responseBody': (text) =>
		rendered('check-setup', 'Show it', 'responseBody', {
			input: [{ page: failurePage(text, text).split('</style>')[1] ?? '' }],
		}),
	// What Done gives out was escaped where the page was made; a failure of a node before it comes this way.
	'console / Send it / responseBody': (text) =>
		rendered('console', 'Send it', 'responseBody', {
			// Rules of style hold signs of their own.
			input: [{ body: refusalPage(500, text).answer.body.split('</style>')[1] ?? '' }],
		}),
	'custom-tab-url / The address / completionMessage': (text) =>
		rendered('custom-tab-url', 'The address', 'completionMessage', {
			nodes: { 'Halo Import Companies': [{ error: text }] },
			input: [{ page: '' }],
		}),
	'custom-tab-url / No address / completionMessage': (error) =>
		rendered('custom-tab-url', 'No address', 'completionMessage', { input: [{ error }] }),
	'elevation-approval / What the form shows / completionTitle': (text) =>
		rendered('elevation-approval', 'What the form shows', 'completionTitle', {
			input: answered(text),
		}),
	'elevation-approval / What the form shows / completionMessage': (text) =>
		rendered('elevation-approval', 'What the form shows', 'completionMessage', {
			input: answered(text),
		}),
	'map-companies-form / Pick a pair / jsonOutput': (text) =>
		rendered('map-companies-form', 'Pick a pair', 'jsonOutput', {
			input: runCode('map-companies-form', 'Pair page', {
				input: [{}],
				nodes: {
					Choice: [{ companySearch: '', clientSearch: text }],
					'Mappings now': [],
					'Company rows': [{ id: 1, displayName: text, companyId: text, source: text }],
					'Held events': [],
					'Search Halo': [{ id: '11', name: text }],
					'Event sets': [{ id: 1, integration: 'x', name: text }],
					Profiles: [{ id: 1, integration: 'x', name: text }],
				},
			}),
		}),
	'map-companies-form / Nothing to map / completionMessage': (problem) =>
		rendered('map-companies-form', 'Nothing to map', 'completionMessage', { input: [{ problem }] }),
	'map-companies-form / Nothing to import / completionMessage': (problem) =>
		rendered('map-companies-form', 'Nothing to import', 'completionMessage', {
			input: [{ problem }],
		}),
	'map-companies-form / Nothing to delete / completionMessage': (problem) =>
		rendered('map-companies-form', 'Nothing to delete', 'completionMessage', {
			input: [{ problem }],
		}),
	'map-companies-form / Pick clients / jsonOutput': (text) =>
		rendered('map-companies-form', 'Pick clients', 'jsonOutput', {
			input: runCode('map-companies-form', 'Import page', {
				input: [{}],
				nodes: {
					Choice: [{ clientSearch: text }],
					'Company rows to import to': [],
					'Pairs there are': [],
					'Clients to import': [{ id: '11', name: text }],
				},
			}),
		}),
	'map-companies-form / Done / completionTitle': (text) =>
		rendered('map-companies-form', 'Done', 'completionTitle', { input: mapped(text) }),
	'map-companies-form / Done / completionMessage': (text) =>
		rendered('map-companies-form', 'Done', 'completionMessage', { input: mapped(text) }),
	'map-companies-form / Pick mappings / jsonOutput': (text) =>
		rendered('map-companies-form', 'Pick mappings', 'jsonOutput', {
			input: runCode('map-companies-form', 'Delete page', {
				input: [{ id: 1, companyName: text, haloClientName: text, source: text }],
				nodes: { Choice: [{ companySearch: '' }] },
			}),
		}),
	'map-companies-form / Choose a file / jsonOutput': () =>
		rendered('map-companies-form', 'Choose a file', 'jsonOutput', {}),
	'map-companies-form / File refused / completionMessage': (message) =>
		rendered('map-companies-form', 'File refused', 'completionMessage', {
			input: [{ error: { message } }],
		}),
	'notices / E-mail / subject': (text) =>
		rendered('notices', 'E-mail', 'subject', { input: notice(text) }),
	'notices / E-mail / text': (text) =>
		rendered('notices', 'E-mail', 'text', { input: notice(text) }),
	'notices / Teams / message': (text) =>
		rendered('notices', 'Teams', 'message', { input: notice(text) }),
	'notices / Slack / text': (text) => rendered('notices', 'Slack', 'text', { input: notice(text) }),
	'replay-form / Choose / jsonOutput': (text) =>
		rendered('replay-form', 'Choose', 'jsonOutput', {
			input: [
				replayPage(
					[inboxRow(1, { state: 'dead', cause: text, company: text, reason: text })],
					'All of these',
				),
			],
		}),
	'replay-form / Nothing waits / completionMessage': () =>
		rendered('replay-form', 'Nothing waits', 'completionMessage', {
			input: [{ states: ['dead', 'held'] }],
		}),
	'replay-form / Done / completionTitle': () =>
		rendered('replay-form', 'Done', 'completionTitle', { input: [{ count: 1 }] }),
	'replay-form / Done / completionMessage': () =>
		rendered('replay-form', 'Done', 'completionMessage', { input: [{ count: 1, taken: 'Soon.' }] }),
	'status-page / Show it / responseBody': (text) =>
		rendered('status-page', 'Show it', 'responseBody', {
			input: [{ error: text, nextStep: text }],
		}),
};

function answered(text: string) {
	return [endOfForm({ status: 200, body: { title: text, message: text } }, null, 0)];
}

function mapped(text: string) {
	const row = { place: text, company: text, client: text, reason: text };
	return runCode('map-companies-form', 'List page', {
		input: [{ id: 1, companyName: text, haloClientName: text, haloClientId: text, mappedAt: text }],
		nodes: {
			Result: [
				{
					file: true,
					failures: [text],
					rows: [
						{ ...row, outcome: 'refused' },
						{ ...row, outcome: text },
					],
				},
			],
		},
	});
}

function notice(text: string): Array<Record<string, unknown>> {
	return noticesOf({
		status: [
			{
				integration: `incoming: ${text}`,
				flow: 'notices',
				checkpoint: 'open',
				lastError: text,
				counts: JSON.stringify({ since: text, errors: 1 }),
			},
		],
		changed: [],
		full: false,
		waiting: 0,
		noticesPerHour: 10,
		to: { incoming: text, outgoing: text },
		now: Date.parse('2026-05-04T09:00:00.000Z'),
	});
}

function at(parameters: Record<string, unknown>, path: string): unknown {
	return path.split('.').reduce<unknown>((value, key) => Object(value)[key] as unknown, parameters);
}

function rendered(
	template: string,
	node: string,
	path: string,
	around: Parameters<typeof evaluate>[1],
): string {
	return evaluate(String(at(templateNode(template, node).parameters, path)), around);
}

const kindOf = (type: string) => type.replace('n8n-nodes-base.', '');

/** Each place of the templates, with its target. */
const found = [...templates].flatMap(([template, { nodes }]) =>
	nodes.flatMap(({ name, type, parameters }) =>
		Object.entries(RENDERED[kindOf(type)] ?? {}).flatMap(([path, target]) => {
			const value = at(parameters, path);
			if (typeof value !== 'string' || !value.startsWith('=')) return [];
			const json = parameters.respondWith === 'json';
			return [{ place: `${template} / ${name} / ${path}`, target: json ? 'json' : target }];
		}),
	),
);

const tags = (text: string) => text.match(/<[^>]*>?/g) ?? [];

/** What a browser, or the program of the other side, makes of the entities. */
function decoded(text: string): string {
	const signs: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };
	return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => signs[name] ?? '');
}

/** The HTML in the fields of a form; n8n escapes labels and options itself. */
function htmlOfFields(json: string): string {
	const fields: unknown = JSON.parse(json);
	const list = Array.isArray(fields) ? fields : [];
	return list.map((field: Record<string, unknown>) => String(field.html ?? '')).join('');
}

describe('every text from outside is escaped for where n8n renders it', () => {
	test('the list of places is whole: a new one needs its row', () => {
		expect(found.map(({ place }) => place).sort()).toEqual(Object.keys(PLACES).sort());
		expect(found.length).toBeGreaterThan(20);
	});

	const rows = found.flatMap(({ place, target }) =>
		HOSTILE.map((text): [string, string, string] => [place, target, text]),
	);

	test.each(rows)('%s (%s): %j', (place, target, text) => {
		const render = PLACES[place] ?? (() => '');
		const [bad, good] = [render(text), render(HARMLESS)];
		if (target === 'title' || target === 'mail text') return expect(good).not.toBe('');
		if (target === 'mail subject') return expect(bad).toMatch(/^[^\p{Cc}\u2028\u2029]*$/u);
		if (target === 'slack') return expect(tags(bad)).toEqual([]);
		const [badHtml, goodHtml] =
			target === 'json' ? [htmlOfFields(bad), htmlOfFields(good)] : [bad, good];
		// Line breaks are Teams's own tags, one for each that came.
		const own = (html: string) => tags(html.replace(/<br>/g, ''));
		expect(own(badHtml)).toEqual(own(goodHtml));
		expect(badHtml.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]|&(?!(?:lt|gt|quot|amp|#39);)/);
	});

	test.each([
		['forHtml', forHtml],
		['forTeams', forTeams],
		['forSlack', forSlack],
	])('%s shows the very characters that came', (name, escape) => {
		for (const text of HOSTILE) {
			const shown = decoded(escape(text).replace(/<br>/g, '\n'));
			expect([name, shown]).toEqual([
				name,
				name === 'forTeams' ? text.replace(/\r\n?/g, '\n') : text,
			]);
			expect(tags(escape(text).replace(/<br>/g, ''))).toEqual([]);
		}
		expect(escape(null)).toBe('');
		expect(escape(undefined)).toBe('');
		expect(escape(0)).toBe('0');
	});

	test('forMailSubject is one line', () => {
		for (const text of HOSTILE) {
			expect(forMailSubject(text)).toMatch(/^[^\p{Cc}\u2028\u2029]*$/u);
			expect(forMailSubject(`${text}\u0000x\u0085y`)).toMatch(/^[^\p{Cc}]*$/u);
		}
		expect(forMailSubject(null)).toBe('');
	});

	const copies = [...templates].flatMap(([template, { nodes }]) =>
		nodes.flatMap(({ name, parameters }) =>
			[...String(parameters.jsCode ?? '').matchAll(/const escape = (\(text\) => .*);/g)].map(
				([, code]): [string, string] => [`${template} / ${name}`, String(code)],
			),
		),
	);

	test.each(copies)('%s escapes as the domain does', (_, code) => {
		const escape = new Function(`return ${code}`)() as (text: unknown) => string;
		for (const text of [...HOSTILE, null, undefined, 7]) expect(escape(text)).toBe(forHtml(text));
	});

	test('Slack and Teams are given the text as the escape expects it', () => {
		const slack = templateNode('notices', 'Slack').parameters;
		expect(slack).toMatchObject({
			messageType: 'text',
			otherOptions: { mrkdwn: false, unfurl_links: false, unfurl_media: false },
		});
		expect(slack.otherOptions).not.toHaveProperty('link_names');
		expect(templateNode('notices', 'Teams').parameters).toMatchObject({ contentType: 'html' });
		const [shown] = notice('<at>a</at>\n<!channel>');
		const whole = `${String(shown?.subject)}\n\n${String(shown?.text)}`;
		expect(PLACES['notices / Slack / text']?.('<at>a</at>\n<!channel>')).toBe(forSlack(whole));
		expect(PLACES['notices / Teams / message']?.('<at>a</at>\n<!channel>')).toBe(forTeams(whole));
		expect(PLACES['notices / E-mail / subject']?.('<at>a</at>\n<!channel>')).toBe(
			forMailSubject(shown?.subject),
		);
	});
});
