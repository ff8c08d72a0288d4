import type { JsonRecord } from '../../values/json';
import { listAt, textAt } from '../common/paths';

const PATHS = [
	'internetMessageId',
	'messageId',
	'metadata.message-id',
	'headers.message-id',
] as const;

/** Members that hold the headers of a mail as a list: Graph's, those of n8n's mail triggers, PhishER's. */
const LISTS = ['internetMessageHeaders', 'headerLines', 'headers'] as const;

/** A header by its name, from a list of names and values. */
function listedHeader(mail: JsonRecord, name: string): string | null {
	for (const header of LISTS.flatMap((path) => listAt(mail, path))) {
		const named = textAt(header, 'name', 'key', 'header')?.trim().toLowerCase();
		const value = named === name ? textAt(header, 'value', 'data', 'line') : null;
		if (value !== null) return value;
	}
	return null;
}

/**
 * Id of a message, without brackets; null when it gives none. n8n's mail trigger gives a header as its whole line.
 * @param mail a message or a submission, in any of the forms in which triggers and APIs give them
 */
export function messageIdOf(mail: JsonRecord): string | null {
	const id = (textAt(mail, ...PATHS) ?? listedHeader(mail, 'message-id'))
		?.replace(/^message-id:/i, '')
		.trim()
		.replace(/^<|>$/g, '');
	return id === undefined || id === '' ? null : id;
}
