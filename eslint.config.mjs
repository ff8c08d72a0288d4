import { config } from '@n8n/node-cli/eslint';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import regexp from 'eslint-plugin-regexp';

/**
 * n8n's own configuration carries an older release of eslint-plugin-n8n-nodes-base under the usual
 * prefix, and a plugin name may be taken only once: the newer release stands under a prefix of its own.
 */
const prefixed = (rules) =>
	Object.fromEntries(
		Object.entries(rules).map(([name, level]) => [
			name.replace('n8n-nodes-base/', 'nodes-base/'),
			level,
		]),
	);

// n8n switches these off in its own configuration, each of them contradicting a newer rule or type.
const contradicted = {
	'nodes-base/cred-class-field-documentation-url-miscased': 'off',
	'nodes-base/cred-class-field-type-options-password-missing': 'off',
	'nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
	'nodes-base/node-class-description-outputs-wrong': 'off',
	'nodes-base/node-param-type-options-max-value-present': 'off',
};

export default [
	{ ignores: ['dist/', 'node_modules/', 'sandbox/.run/', 'sandbox/n8n/node_modules/'] },
	...config,
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'nodes-base': nodesBase },
		rules: { ...prefixed(nodesBase.configs.credentials.rules), ...contradicted },
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'nodes-base': nodesBase },
		rules: { ...prefixed(nodesBase.configs.nodes.rules), ...contradicted },
	},
	{
		// A text from outside may be as long and as odd as its sender likes; test/domain/regular-expressions.test.ts measures.
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		plugins: { regexp },
		rules: {
			'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
			'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
		},
	},
	{
		// Tests and the sandbox run in plain Node.js, print to a terminal and never reach a user's n8n.
		files: ['test/**/*.ts', 'sandbox/**/*.ts', 'workflows/**/*.ts'],
		rules: {
			'no-console': 'off',
			'import-x/no-named-as-default-member': 'off',
			'@n8n/community-nodes/no-restricted-imports': 'off',
			'@n8n/community-nodes/no-restricted-globals': 'off',
			'@n8n/community-nodes/no-http-request-with-manual-auth': 'off',
			'@n8n/community-nodes/require-node-api-error': 'off',
			'@n8n/community-nodes/no-hardcoded-secrets': 'off',
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			'@n8n/community-nodes/node-usable-as-tool': 'off',
			'@n8n/community-nodes/node-connection-type-literal': 'off',
			'@typescript-eslint/no-require-imports': 'off',
		},
	},
];
