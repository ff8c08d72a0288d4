import { isRecord } from '../../values/json';

function shown(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Every detail that a sender added, one a line, in whatever form it sent them: object, list, text. */
export function detailLines(details: unknown): string[] {
	if (details === null || details === undefined || details === '') return [];
	if (Array.isArray(details)) return details.flatMap((entry) => detailLines(entry));
	if (!isRecord(details)) return [shown(details)];
	return Object.entries(details).map(([key, value]) => `${key}: ${shown(value)}`);
}
