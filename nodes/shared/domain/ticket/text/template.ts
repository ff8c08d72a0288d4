import { wholeCharacters } from '../../values/cut';
import { ProfileError } from '../../profile/profile';
import {
	TEMPLATE_BLOCKS,
	TEMPLATE_FIELDS,
	type TemplateBlock,
	type TemplateScope,
} from './placeholders';
import { factsTable, linkHtml, toHtml, toLine } from './details';
import { remediationsHtml } from './remediation';
import { withoutOwnWords } from '../own-words';

type Part =
	| { kind: 'literal'; text: string }
	| { kind: 'field'; name: string; fallback: string }
	| { kind: 'block'; name: TemplateBlock };

/** A template that was checked: every placeholder in it is known. */
export interface Template {
	parts: readonly Part[];
	/** True when people wrote HTML; else line breaks are kept and signs of HTML are shown as they are. */
	html: boolean;
}

/** `{name}` or `{{name}}`, with what stands there when the value is empty behind a bar. */
const PLACEHOLDER = /\{\{([^{}]*)\}\}|\{(\s*[A-Za-z][^{}]*)\}/g;

/** Longest value in a title; the summary itself is cut at Halo's 255 characters. */
const TITLE_VALUE_LENGTH = 300;

function refusal(where: string, problem: string): ProfileError {
	const allowed = [...TEMPLATE_FIELDS.keys()].map((name) => `{${name}}`).join(', ');
	const blocks = TEMPLATE_BLOCKS.map((name) => `{${name}}`).join(', ');
	return new ProfileError(
		`${where}: ${problem}. Allowed: ${allowed}; in details also ${blocks}`,
		'Correct the template. A word behind a bar stands for an empty value, e.g. {asset.name|no asset}.',
	);
}

function isBlock(name: string): name is TemplateBlock {
	return TEMPLATE_BLOCKS.some((block) => block === name);
}

function partOf(where: string, inside: string, blocks: boolean): Part {
	const [typed = '', ...rest] = inside.split('|');
	const wanted = typed.trim().toLowerCase();
	const block = TEMPLATE_BLOCKS.find((name) => name.toLowerCase() === wanted);
	if (block !== undefined && isBlock(block)) {
		if (blocks) return { kind: 'block', name: block };
		throw refusal(where, `{${block}} is more than one line`);
	}
	const name = [...TEMPLATE_FIELDS.keys()].find((known) => known.toLowerCase() === wanted);
	if (name === undefined) {
		const what = wanted.startsWith('$')
			? 'an expression of n8n stands in it,'
			: 'unknown placeholder';
		throw refusal(where, `${what} {${typed.trim()}}`);
	}
	return { kind: 'field', name, fallback: rest.join('|').trim() };
}

function parse(where: string, text: string, blocks: boolean): Template {
	const parts: Part[] = [];
	let end = 0;
	for (const match of text.matchAll(PLACEHOLDER)) {
		parts.push({ kind: 'literal', text: text.slice(end, match.index) });
		parts.push(partOf(where, match[1] ?? match[2] ?? '', blocks));
		end = match.index + match[0].length;
	}
	parts.push({ kind: 'literal', text: text.slice(end) });
	const open = parts.find((part) => part.kind === 'literal' && part.text.includes('{{'));
	if (open !== undefined) throw refusal(where, 'a placeholder is not closed');
	return { parts, html: /<[a-z][^<>]*>/i.test(text) };
}

/**
 * Checks a template for titles: one line, no blocks.
 * @param where names the field, for error texts
 * @throws ProfileError naming the placeholder and what is allowed
 */
export function parseTitleTemplate(where: string, text: string): Template {
	return parse(where, text, false);
}

/** As `parseTitleTemplate`, for details: HTML or text, blocks allowed. */
export function parseBodyTemplate(where: string, text: string): Template {
	return parse(where, text, true);
}

function valueOf(part: Extract<Part, { kind: 'field' }>, scope: TemplateScope): string {
	const value = TEMPLATE_FIELDS.get(part.name)?.(scope) ?? null;
	const text = value === null ? '' : String(value);
	return text.trim() === '' ? part.fallback : text;
}

/** The title of a ticket on one line, without the marker. Empty when every value is. */
export function renderTitle(template: Template, scope: TemplateScope): string {
	const text = template.parts
		.map((part) => {
			if (part.kind === 'literal') return part.text;
			return part.kind === 'field'
				? wholeCharacters(toLine(valueOf(part, scope)), TITLE_VALUE_LENGTH)
				: '';
		})
		.join('');
	return toLine(text);
}

function blockHtml(name: TemplateBlock, scope: TemplateScope): string {
	if (name === 'facts') return factsTable(scope.event);
	if (name === 'remediations') return remediationsHtml(scope.members);
	const url = scope.event.url?.trim() ?? '';
	return url === '' ? '' : linkHtml(url);
}

/** The body of a ticket as HTML, without state and marker; every value is escaped. */
export function renderBody(template: Template, scope: TemplateScope): string {
	const html = template.parts
		.map((part) => {
			if (part.kind === 'block') return blockHtml(part.name, scope);
			if (part.kind === 'field') return toHtml(valueOf(part, scope));
			return template.html ? part.text : toHtml(part.text);
		})
		.join('');
	// Two values that are harmless alone may stand side by side, and expressions of n8n are part of the template.
	return withoutOwnWords(html);
}
