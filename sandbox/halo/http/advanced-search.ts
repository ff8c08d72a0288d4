import { refuse } from './answers';
import type { Query } from './query';

/** The one operator whose meaning is known: the field equals the value. */
const EQUALS = 2;

/**
 * `advanced_search`: a JSON list of `{filter_name, filter_type, filter_value}`, all of which must hold.
 * A name that the rows do not have is refused, as an instance refuses names off its own list.
 */
export function advancedSearch<Row>(
	query: Query,
	rows: readonly Row[],
	toWire: (row: Row) => Record<string, unknown>,
): Row[] {
	const text = query.text('advanced_search');
	if (text === null) return [...rows];
	const filters = parse(text);
	return rows.filter((row) => {
		const wire = toWire(row);
		return filters.every(({ name, type, value }) => {
			if (!Object.hasOwn(wire, name) || type !== EQUALS) {
				throw refuse('Invalid advanced search parameter');
			}
			return String(wire[name]).toLowerCase() === value.toLowerCase();
		});
	});
}

function parse(text: string): Array<{ name: string; type: number; value: string }> {
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		throw refuse('Invalid advanced search parameter');
	}
	if (!Array.isArray(parsed)) throw refuse('Invalid advanced search parameter');
	return parsed.map((filter: unknown) => {
		if (typeof filter !== 'object' || filter === null) {
			throw refuse('Invalid advanced search parameter');
		}
		return {
			name: String(Reflect.get(filter, 'filter_name')),
			type: Number(Reflect.get(filter, 'filter_type')),
			value: String(Reflect.get(filter, 'filter_value')),
		};
	});
}
