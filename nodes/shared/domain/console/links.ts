import { forHtml } from '../values/escape';
import type { ConsolePage } from './asked';

/**
 * An address of the console, for an attribute of HTML: relative, so that it holds behind any proxy.
 * @param fields what stands in the address; empty ones are left out
 */
export function linkTo(page: ConsolePage, fields: Readonly<Record<string, string>> = {}): string {
	return forHtml(consoleAddress(page, fields));
}

/** As `linkTo`, for a header. */
export function consoleAddress(
	page: ConsolePage,
	fields: Readonly<Record<string, string>> = {},
): string {
	const query = new URLSearchParams({ page });
	for (const [name, value] of Object.entries(fields)) {
		if (value !== '') query.set(name, value);
	}
	return `?${query.toString()}`;
}
