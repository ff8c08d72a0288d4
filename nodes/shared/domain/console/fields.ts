import { isRecord } from '../values/json';

/** Fields of an address or a form, each with every value that came under its name. */
export type Fields = Readonly<Record<string, readonly string[]>>;

/**
 * Fields that n8n's Webhook node gives: texts, or lists of texts where a name comes more than once.
 * @param value `query` or `body` of its item; anything else holds no field
 */
export function fieldsIn(value: unknown): Fields {
	if (!isRecord(value)) return {};
	return Object.fromEntries(
		Object.entries(value).map(([name, held]) => [
			name,
			(Array.isArray(held) ? held : [held]).filter(
				(one: unknown): one is string => typeof one === 'string',
			),
		]),
	);
}

/** All values of a field; none when it did not come. */
export function valuesOf(fields: Fields, name: string): readonly string[] {
	return Object.hasOwn(fields, name) ? (fields[name] ?? []) : [];
}

/** The first value of a field, without spaces around it; '' when it did not come. */
export function valueOf(fields: Fields, name: string): string {
	return valuesOf(fields, name)[0]?.trim() ?? '';
}

/** True for a tick: browsers send nothing for a box that is not ticked. */
export function isTicked(fields: Fields, name: string): boolean {
	return valueOf(fields, name) === 'yes';
}
