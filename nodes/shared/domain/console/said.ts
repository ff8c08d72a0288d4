import { forHtml } from '../values/escape';
import { type Fields, valueOf } from './fields';

/** What was done, as the address of the next page says it; words of its own, so that no address puts others there. */
const DONE: Readonly<Record<string, readonly [one: string, many: string]>> = {
	approved: ['1 company is mapped', 'companies are mapped'],
	deleted: ['1 mapping is deleted', 'mappings are deleted'],
	gone: ['It is deleted', 'are deleted'],
	imported: ['1 company is imported', 'companies are imported'],
	read: ['1 row of the file is stored', 'rows of the file are stored'],
	released: ['1 finding is handled again', 'findings are handled again'],
	stored: ['It is stored', 'are stored'],
	saved: ['The mapping is saved', 'mappings are saved'],
};

/** The fields of an address that say what was done. */
export function saying(what: keyof typeof DONE, count: number): Record<string, string> {
	return { done: what, count: String(count) };
}

/** A line on top of the page that says what the form before did; '' for an address that says nothing. */
export function saidBanner(query: Fields): string {
	const what = valueOf(query, 'done');
	const words = Object.hasOwn(DONE, what) ? DONE[what] : undefined;
	if (words === undefined) return '';
	const count = Number(valueOf(query, 'count'));
	const [one, many] = words;
	const said = count === 1 || !Number.isSafeInteger(count) ? one : `${count} ${many}`;
	return `<div class="banner good" role="status">${forHtml(said)}.</div>`;
}
