/**
 * Lints the source and the built files the way n8n's package scanner does after a release:
 * its rule sets, and no comment may switch a rule off.
 */
import { ESLint } from 'eslint';
import { defineConfig } from 'eslint/config';
import { createRequire } from 'node:module';
import nodesBase from 'eslint-plugin-n8n-nodes-base';

// The scanner's own plugin and parser come with n8n's command line tool: the versions that it pins.
const fromNodeCli = createRequire(import.meta.resolve('@n8n/node-cli/eslint'));
const { n8nCommunityNodesPlugin } = fromNodeCli('@n8n/eslint-plugin-community-nodes');
const { parser } = fromNodeCli('typescript-eslint');

const contradicted = {
	'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
	'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
	'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
	'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
	'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
};

const rules = defineConfig(
	n8nCommunityNodesPlugin.configs.recommended,
	{ rules: { 'no-console': 'error' }, plugins: { 'n8n-nodes-base': nodesBase } },
	{ files: ['package.json'], rules: nodesBase.configs.community.rules },
	{
		files: ['**/credentials/**/*.ts'],
		rules: { ...nodesBase.configs.credentials.rules, ...contradicted },
	},
	{ files: ['**/nodes/**/*.ts'], rules: { ...nodesBase.configs.nodes.rules, ...contradicted } },
	{ files: ['**/*.json', '**/*.ts'], languageOptions: { parser } },
);

const eslint = new ESLint({
	allowInlineConfig: false,
	overrideConfigFile: true,
	overrideConfig: rules,
	errorOnUnmatchedPattern: true,
});

const passes = [
	['source', ['package.json', '{nodes,credentials}/**/*.{js,ts,json}']],
	['built package', ['package.json', 'dist/**/*.js']],
];

let errors = 0;
for (const [name, patterns] of passes) {
	const results = await eslint.lintFiles(patterns);
	const count = results.reduce((sum, result) => sum + result.errorCount, 0);
	errors += count;
	process.stdout.write(`scan of the ${name}: ${results.length} files, ${count} errors\n`);
	const formatter = await eslint.loadFormatter('stylish');
	process.stdout.write(await formatter.format(ESLint.getErrorResults(results)));
}
process.exitCode = errors === 0 ? 0 : 1;
