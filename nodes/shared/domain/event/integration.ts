/** The integration of a trigger, poll or mapping row that names none. */
export const DEFAULT_INTEGRATION = 'default';

/** Any letters, so that people can name it after a tool, an office or a customer; no sign that parts a key. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u;

/** What counts when two names are compared: neither letter case nor the form of an accent. */
export function integrationKey(name: string): string {
	return name.normalize('NFC').trim().toLowerCase();
}

/**
 * Rows of a table that serve an integration: its own where one fits, else those that name no integration.
 * @param fits whether a row is meant, e.g. by its name
 */
export function servingRows<Row extends { integration: string | null }>(
	rows: readonly Row[],
	integration: string,
	fits: (row: Row) => boolean = () => true,
): Row[] {
	const fitting = rows.filter(fits);
	const own = fitting.filter(
		(row) =>
			row.integration !== null && integrationKey(row.integration) === integrationKey(integration),
	);
	return own.length > 0 ? own : fitting.filter((row) => row.integration === null);
}

/**
 * The name of an integration as a person typed it; empty means the default.
 * @returns null for a text that is no name: letters, digits, spaces, dots, dashes and underscores, at most 60
 */
export function readIntegration(text: string): string | null {
	const name = text.normalize('NFC').trim();
	if (name === '') return DEFAULT_INTEGRATION;
	return NAME.test(name) ? name : null;
}
