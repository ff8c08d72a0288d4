import type { ScannerEvent } from '../../../../nodes/shared/domain/event/event';
import { parseEvent } from '../../../../nodes/shared/domain/event/parse';
import { ProfileError } from '../../../../nodes/shared/domain/profile/profile';
import {
	parseBodyTemplate,
	parseTitleTemplate,
	renderBody,
	renderTitle,
} from '../../../../nodes/shared/domain/ticket/text/template';
import {
	TEMPLATE_BLOCKS,
	TEMPLATE_FIELDS,
	type TemplateScope,
} from '../../../../nodes/shared/domain/ticket/text/placeholders';

function event(change: Partial<ScannerEvent> = {}): ScannerEvent {
	const base = parseEvent({
		source: 'idemeum',
		dedupKey: 'v1|idemeum|x',
		status: 'open',
		title: 'Elevation requested',
		severity: 'medium',
		time: '2026-05-04T09:12:33Z',
		url: 'https://portal.example/requests/7',
		user: { name: 'Dana Meyer', email: 'dana@contoso.example' },
		application: 'Wireshark',
		asset: { name: 'LAPTOP-117' },
		company: { name: 'contoso', displayName: 'Contoso Ltd' },
	});
	return { ...base, ...change };
}

function scope(change: Partial<ScannerEvent> = {}): TemplateScope {
	const one = event(change);
	return {
		event: one,
		reference: 'kqzvwmtrbhxd',
		client: 'Contoso Ltd',
		profile: 'P2',
		eventSet: 'Default',
		members: [one],
	};
}

function title(text: string, change: Partial<ScannerEvent> = {}): string {
	return renderTitle(parseTitleTemplate('Title Template', text), scope(change));
}

function body(text: string, change: Partial<ScannerEvent> = {}): string {
	return renderBody(parseBodyTemplate('Details Template', text), scope(change));
}

test.each([
	['[{severity}] {title}', '[medium] Elevation requested'],
	['{{ severity }} {{title}}', 'medium Elevation requested'],
	['{ASSET.name} at {company}', 'LAPTOP-117 at Contoso Ltd'],
	['{asset.serial|no serial} {product|}', 'no serial'],
	[
		'{client} / {profile} / {eventSet} / {reference} / {count}',
		'Contoso Ltd / P2 / Default / kqzvwmtrbhxd / 1',
	],
	['{ not a placeholder? 3 < 4 } never', null],
	['braces { } and {1} stay', 'braces { } and {1} stay'],
])('the title template %s', (template, expected) => {
	if (expected === null) expect(() => title(template)).toThrow(ProfileError);
	else expect(title(template)).toBe(expected);
});

test('a value in a title stands on one line, without control characters and without our own words', () => {
	expect(title('{title}', { title: 'One\r\nTwo\u202e (scanref abcdefghijkl)' })).toBe(
		'One Two (scan-ref abcdefghijkl)',
	);
});

test('ID-28 ID-30 the body says who asked for which application from which device, with the link to answer', () => {
	expect(body('<p><b>{user.name}</b> asks for {application} on {asset.name}.</p>{link}')).toBe(
		'<p><b>Dana Meyer</b> asks for Wireshark on LAPTOP-117.</p><p><a href="https://portal.example/requests/7">https://portal.example/requests/7</a></p>',
	);
});

test('every value in a body is escaped, in text and inside an attribute', () => {
	const hostile = event({
		asset: { ...event().asset, name: '<script>alert(1)</script>' },
		title: '" onmouseover="alert(1)',
	});
	const html = body('<p title="{title}">{asset.name}</p>', hostile);
	expect(html).toBe(
		'<p title="&quot; onmouseover=&quot;alert(1)">&lt;script&gt;alert(1)&lt;/script&gt;</p>',
	);
});

test('a link that is no web address is left out, so that none can be a script', () => {
	expect(body('<a href="{url}">open</a>', { url: 'javascript:alert(1)' })).toBe(
		'<a href="">open</a>',
	);
});

test('a template without HTML keeps its lines and shows signs of HTML as they are', () => {
	expect(body('Score {cvss|none} < 5\nSee {source}')).toBe('Score none &lt; 5<br>See idemeum');
});

test('the blocks stand in details', () => {
	const html = body('{facts}{remediations}{link}', {
		product: 'Wireshark',
		remediation: 'Install 4',
	});
	expect(html).toContain('<table');
	expect(html).toContain('Install 4');
	expect(html).toContain('<a href=');
});

test.each([
	[
		'an unknown placeholder',
		() => title('{assets.name}'),
		'Title Template: unknown placeholder {assets.name}. Allowed: {title}, {description}',
	],
	[
		'a placeholder that is not closed',
		() => title('{{title'),
		'Title Template: a placeholder is not closed',
	],
	['a block in a title', () => title('{facts}'), 'Title Template: {facts} is more than one line'],
	[
		'an unknown placeholder in details',
		() => body('<p>{hostname}</p>'),
		'Details Template: unknown placeholder {hostname}',
	],
])('%s is refused with what is allowed', (_, render, message) => {
	expect(render).toThrow(ProfileError);
	expect(render).toThrow(message);
});

test(`each of the ${TEMPLATE_FIELDS.size + TEMPLATE_BLOCKS.length} placeholders can be rendered for an event that has nothing`, () => {
	const bare = parseEvent({
		source: 'x',
		dedupKey: 'v1|x|y',
		status: 'open',
		title: 'T',
		severity: 'unknown',
		time: '2026-05-04T09:12:33Z',
	});
	const names = [...TEMPLATE_FIELDS.keys(), ...TEMPLATE_BLOCKS];
	const rendered = names.map((name) => body(`{${name}|-}`, bare));
	expect(rendered.filter((text) => /null|undefined|NaN/.test(text))).toEqual([]);
	expect(names).toHaveLength(TEMPLATE_FIELDS.size + TEMPLATE_BLOCKS.length);
});
