/**
 * True when a parameter, or anything in it, is written as an expression, which may give another value for every item.
 * @param parameter as the node keeps it, unresolved
 */
export function hasExpression(parameter: unknown): boolean {
	return (JSON.stringify(parameter) ?? '').includes('"=');
}
