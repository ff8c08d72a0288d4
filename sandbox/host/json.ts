/** A JSON object whose members nobody has looked at yet. */
export type JsonRecord = Record<string, unknown>;

/** An answer that has another shape than expected; says where and what came. */
export class ShapeError extends Error {
	constructor(where: string, expected: string, got: unknown) {
		super(`${where}: expected ${expected}, got ${JSON.stringify(got)?.slice(0, 300) ?? 'nothing'}`);
		this.name = 'ShapeError';
	}
}

export function isRecord(value: unknown): value is JsonRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `value` as an object. Throws `ShapeError` naming `where`. */
export function asRecord(value: unknown, where: string): JsonRecord {
	if (!isRecord(value)) throw new ShapeError(where, 'an object', value);
	return value;
}

/** `value` as a list of objects. Throws `ShapeError` naming `where`. */
export function asRecords(value: unknown, where: string): JsonRecord[] {
	if (!Array.isArray(value)) throw new ShapeError(where, 'a list', value);
	return value.map((entry, index) => asRecord(entry, `${where}[${index}]`));
}

/** `value` as text; an id that came as a number is text too. Throws `ShapeError` naming `where`. */
export function asText(value: unknown, where: string): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return String(value);
	throw new ShapeError(where, 'text', value);
}
