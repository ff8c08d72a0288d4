/**
 * Beside `X.node.ts` lies its codex `X.node.json`, and Node tries `.json` before the `.ts` that tsx added: an import of
 * `X.node` would give the codex. Tried last, it is found only by its full name. Imported before everything else.
 */
const json = require.extensions['.json'];
if (json !== undefined) {
	Reflect.deleteProperty(require.extensions, '.json');
	require.extensions['.json'] = json;
}
