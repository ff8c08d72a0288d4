const { sep } = require('node:path');

const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * The files that take longest, by the report of `npm test`, longest first, suite by suite. A machine that runs the tests
 * for the first time knows no durations; a long file that begins last leaves a core idle for minutes.
 */
const LONGEST = [
	['own-words', 'regular-expressions', 'mutated-property', 'auto-map', 'adding-a-source'],
	[
		'variants',
		'fault-matrix',
		'ScannerTrigger/fuzz',
		'HaloTrigger/fuzz',
		'requests',
		'forged-words',
	],
	[
		'notices',
		'approvals',
		'chaos',
		'callback',
		'queue',
		'start',
		'approvals-several',
		'inbox',
		'intake',
		'companies',
		'replay-prune',
		'map-companies-form',
		'pages',
		'silence',
		'phishing',
		'halo-trigger',
		'lease',
	],
].flatMap((suite) => suite.map((name) => `/${name}.test.ts`));

/** Jest's own order, but for the files that are known to be long: they begin first. */
module.exports = class extends Sequencer {
	sort(tests) {
		const place = ({ path }) => {
			const known = LONGEST.findIndex((name) => path.split(sep).join('/').endsWith(name));
			return known === -1 ? LONGEST.length : known;
		};
		return [...super.sort(tests)].sort((left, right) => place(left) - place(right));
	}
};
