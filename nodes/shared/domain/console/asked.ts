import { formToken, isFormToken } from '../pages/form-token';
import { isRecord, type JsonRecord } from '../values/json';
import { memberText, readInteger } from '../values/read';
import { type Fields, fieldsIn, valueOf } from './fields';

/** Pages of the console, as the address names them. */
export const CONSOLE_PAGES = [
	'overview',
	'companies',
	'company',
	'automap',
	'delete',
	'csv',
	'import',
	'inbox',
	'row',
	'sets',
	'set',
	'setact',
] as const;
export type ConsolePage = (typeof CONSOLE_PAGES)[number];

/** What somebody asked of the console. Goes from one node to the next as an item, so it holds plain JSON. */
export type Asked = {
	/** Null for an address that names no page. */
	page: ConsolePage | null;
	isPost: boolean;
	query: Fields;
	form: Fields;
	/** Whoever signed in. */
	user: string;
	/** Stands in every form of the answer. */
	token: string;
	/** Why nothing is done; null when it may be. */
	refusal: { status: number; message: string } | null;
	/** Ids of the Data Tables by their names; those that were not found are missing. */
	tables: Record<string, string>;
	/** What is wrong with the tables, in words. */
	faults: string[];
};

/** n8n stops reading a form after as many fields, without a word (`maxKeys` of its `body-parser`). */
const MOST_FIELDS = 1_000;

/** Stands last in every form, so that one which was cut is told from a whole one. */
export const END_FIELD = 'end';

function userOf(headers: JsonRecord): string | null {
	const given = memberText(headers, 'authorization') ?? '';
	if (!/^basic /i.test(given)) return null;
	const text = Buffer.from(given.slice('basic '.length).trim(), 'base64').toString('utf8');
	const user = text.split(':')[0] ?? '';
	return user === '' ? null : user;
}

function pageIn(query: Fields): ConsolePage | null {
	const name = valueOf(query, 'page');
	if (name === '') return 'overview';
	return CONSOLE_PAGES.find((page) => page === name) ?? null;
}

function refusalOf(
	user: string | null,
	isPost: boolean,
	form: Fields,
	isGenuine: () => boolean,
): Asked['refusal'] {
	if (user === null) {
		return {
			status: 401,
			message:
				'The console is shut: nobody has signed in. Open the node Console of the workflow, set Authentication to Basic Auth and choose a credential.',
		};
	}
	if (!isPost) return null;
	if (Object.keys(form).length >= MOST_FIELDS) {
		return { status: 413, message: 'The form has too many fields. Nothing was changed.' };
	}
	if (!isGenuine()) {
		return {
			status: 403,
			message:
				'The form is older than an hour, or was not made here. Nothing was changed: go back, reload the page and send it once more.',
		};
	}
	if (valueOf(form, END_FIELD) === '') {
		return {
			status: 413,
			message: 'A part of the form did not arrive. Nothing was changed: tick fewer rows.',
		};
	}
	return null;
}

/**
 * What a call of the console's webhook asks for.
 * @param json item of n8n's Webhook node: `headers`, `query`, `body`
 * @param key known to this n8n alone; forms are signed with it, for one user and about an hour
 * @param now milliseconds since the epoch
 */
export function readAsked(
	json: JsonRecord,
	key: string,
	now: number,
): Omit<Asked, 'tables' | 'faults'> {
	const headers = isRecord(json.headers) ? json.headers : {};
	const query = fieldsIn(json.query);
	const form = fieldsIn(json.body);
	// The Webhook node tells the method by its output, not in the item: only a form has fields in its body.
	const isPost = Object.keys(form).length > 0;
	const user = userOf(headers);
	const name = user ?? '';
	const token = valueOf(form, 'token');
	return {
		page: pageIn(query),
		isPost,
		query,
		form,
		user: name,
		token: formToken(key, now, name),
		refusal: refusalOf(user, isPost, form, () => isFormToken(key, token, now, name)),
	};
}

/** Reads what `readAsked` gave out, after it came through n8n as an item. */
export function askedIn(json: JsonRecord): Asked {
	const refusal = isRecord(json.refusal) ? json.refusal : null;
	const tables = isRecord(json.tables) ? Object.entries(json.tables) : [];
	const faults: unknown[] = Array.isArray(json.faults) ? json.faults : [];
	return {
		page: CONSOLE_PAGES.find((page) => page === json.page) ?? null,
		isPost: json.isPost === true,
		query: fieldsIn(json.query),
		form: fieldsIn(json.form),
		user: memberText(json, 'user') ?? '',
		token: memberText(json, 'token') ?? '',
		refusal:
			refusal === null
				? null
				: {
						status: readInteger(refusal.status) ?? 500,
						message: memberText(refusal, 'message') ?? '',
					},
		tables: Object.fromEntries(tables.map(([name, id]) => [name, String(id)])),
		faults: faults.map(String),
	};
}
