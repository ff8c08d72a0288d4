import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { titlesIn } from '../support/test-titles';

const root = join(__dirname, '..', '..');

/** A file below `test/e2e` and a part of a test's title in it. */
type Proof = [file: string, part: string];

/**
 * Each template is imported, published and run in a real n8n: as it is meant to be, while Halo (or what it calls in
 * Halo's place) is down, and with input that is none.
 */
const MATRIX: Record<string, { works: Proof; down: Proof; badInput: Proof }> = {
	'check-setup': {
		works: ['pages', 'the set-up page says what is wrong'],
		down: ['pages', 'Halo down, a profile row that is none'],
		badInput: ['pages', 'the test page without tick or client'],
	},
	console: {
		works: ['console/overview', 'the overview shows what happened'],
		down: ['console/overview', 'Halo down: the overview comes all the same'],
		badInput: ['console/overview', 'a forged form changes nothing'],
	},
	'custom-tab-url': {
		works: ['editor/custom-tab', 'the address to paste, and each customer'],
		down: ['editor/custom-tab', 'Halo being down is said, too'],
		badInput: ['editor/custom-tab', 'what is no tenant is said on a page'],
	},
	'elevation-approval': {
		works: ['approvals', 'approve: the source is told, then the ticket is closed'],
		down: ['approvals', 'Halo is down for a while: the request becomes a ticket'],
		badInput: ['approvals', 'a forged link is a page that says so'],
	},
	intake: {
		works: ['intake', 'tickets a finding after the restart when n8n is killed'],
		down: ['inbox', 'a Halo that answers 503 leaves the rows failed'],
		badInput: ['intake', 'takes the good events of a batch and keeps the bad one for a person'],
	},
	'jit-disable': {
		works: ['callback', 'a closed ticket disables the JIT account'],
		down: ['callback', 'when idemeum is down the call is kept'],
		badInput: ['callback', 'a ticket whose people have no e-mail in Halo disables nobody'],
	},
	'map-companies-form': {
		works: ['map-companies-form', 'a held company is mapped on the form'],
		down: ['map-companies-form', 'Halo is down: the form says so'],
		badInput: ['map-companies-form', 'a CSV file is uploaded: every row has its outcome'],
	},
	notices: {
		works: ['notices', 'without an error nobody is told anything'],
		down: ['notices', 'Halo answering 503 for the length of 40 findings'],
		badInput: ['notices', 'a mail server that refuses'],
	},
	'phishing-report': {
		works: ['phishing', 'three reports of one campaign'],
		down: ['phishing', 'Halo is down: the sender gets an error and repeats'],
		badInput: ['phishing', 'what is no mail, or no JSON, is refused'],
	},
	'poll-connectsecure': {
		works: ['poll-connectsecure', 'a row of the resolved feed closes the ticket'],
		down: ['poll-connectsecure', 'with Halo down new findings are stored all the same'],
		badInput: ['poll-connectsecure', 'HTTP 200 with status false ends the run red'],
	},
	'poll-tickets': {
		works: ['halo-trigger', 'a webhook that is lost is brought by poll-tickets'],
		down: ['halo-trigger', 'when Halo is down poll-tickets says so'],
		badInput: ['halo-trigger', 'a checkpoint of poll-tickets that is no date'],
	},
	'process-inbox': {
		works: ['inbox', 'a held row is released when its mapping appears'],
		down: ['inbox', 'a Halo that answers 503 leaves the rows failed'],
		badInput: ['bad-input', 'rows that are no JSON are named, are dead'],
	},
	'prune-inbox': {
		works: ['replay-prune', 'pruning takes done, dead and held rows that are old and no others'],
		down: ['replay-prune', 'pruning keeps the newest rows'],
		badInput: ['replay-prune', 'a setting that is no number is refused by name'],
	},
	'quick-start': {
		works: ['intake', 'opens a ticket by one webhook and closes it by the next'],
		down: ['intake', 'a Halo %s: the sender gets 500 and sends again'],
		badInput: ['intake', 'a body that is no event gets 400'],
	},
	'replay-form': {
		works: ['replay-prune', 'one finding, all of a company, all of a cause'],
		down: ['replay-prune', 'Halo down: the form works all the same'],
		badInput: ['replay-prune', 'an event that is markup stays text on the form'],
	},
	setup: {
		works: ['intake', 'run again it changes nothing'],
		down: ['intake', 'with Halo down it makes what is missing'],
		badInput: ['intake', 'a table whose name only begins with ours'],
	},
	'status-page': {
		works: ['pages', 'the status page shows what happened'],
		down: ['pages', 'Halo down: the status page comes all the same'],
		badInput: ['pages', 'damaged rows and missing tables are named on the status page'],
	},
	'sync-companies': {
		works: ['companies', 'every company has its mapping'],
		down: ['companies', 'Halo failing at page 7'],
		badInput: ['companies', 'more than half of the mapped clients are gone'],
	},
	'ticket-closed-callback': {
		works: ['callback', 'a close in Halo is one signed call'],
		down: ['callback', 'a receiver that is down is tried again'],
		badInput: ['callback', 'a delivery that was changed on the way'],
	},
};

const cases = Object.entries(MATRIX).flatMap(([template, proofs]) =>
	Object.entries(proofs).map(([what, proof]) => ({ name: `${template}: ${what}`, proof })),
);

describe('every template is run in a real n8n', () => {
	test('each file of workflows/ has its line here: when it works, when Halo is down, with bad input', () => {
		const templates = readdirSync(join(root, 'workflows'))
			.filter((name) => name.endsWith('.json'))
			.map((name) => name.replace(/\.json$/, ''));
		expect(Object.keys(MATRIX).sort()).toEqual(templates.sort());
		expect(cases).toHaveLength(3 * templates.length);
	});

	test.each(cases)('$name has its test', ({ proof: [file, part] }) => {
		const path = join(root, 'test', 'e2e', `${file}.test.ts`);
		expect(existsSync(path)).toBe(true);
		expect(titlesIn(path).filter((title) => title.includes(part))).toHaveLength(1);
	});

	afterAll(() => {
		const line = ({ name, proof: [file, part] }: (typeof cases)[number]): string =>
			`${name.padEnd(34)} ${file}: ${part}`;
		process.stdout.write(`Templates in a real n8n\n${cases.map(line).join('\n')}\n`);
	});
});
