const { basename } = require('node:path');

const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * The e2e files that take longest, by the report of `npm test`, longest first. A machine that runs the tests for the
 * first time knows no durations; a long file that begins last leaves a core idle for minutes.
 */
const LONGEST = [
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
];

/** Jest's own order, but for the files that are known to be long: they begin first. */
module.exports = class extends Sequencer {
	sort(tests) {
		const place = ({ path }) => {
			const known = path.includes('e2e') ? LONGEST.indexOf(basename(path, '.test.ts')) : -1;
			return known === -1 ? LONGEST.length : known;
		};
		return [...super.sort(tests)].sort((left, right) => place(left) - place(right));
	}
};
