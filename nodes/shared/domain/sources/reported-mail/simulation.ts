import type { JsonRecord } from '../../values/json';
import { isRecord } from '../../values/json';
import { flagAt, textAt, valueAt } from '../common/paths';

/**
 * Headers that senders of phishing simulations put on their mails, by the senders' own pages for administrators: the
 * mark that their report buttons, and a customer's mail rules, tell a simulation by. Lower case, compared whole.
 */
const SIMULATION_HEADERS: ReadonlySet<string> = new Set([
	// KnowBe4, PhishingBox, FortiPhish
	'x-phishtest',
	'x-phish-test',
	'x-fortiphish-recipient-uuid',
	'x-knowbe4',
	// GoPhish
	'x-gophish',
	'x-gophish-contact',
	'x-gophish-header',
	'x-gophish-signature',
	// Proofpoint Security Awareness (ThreatSim, Wombat)
	'x-threatsim-id',
	'x-threatsim-header',
	// Cofense PhishMe
	'x-phishme',
	'x-phishme-tracking',
	'x-phishmetracking',
	'x-phish-crid',
	'x-cofense',
	// SMARTFENSE, Phishing Tackle, ePHISHiency
	'x-phishingsimulation',
	'x-phishing-simulation',
	'x-phish-simulation',
	'x-phishingtackle',
	'x-ephishiency',
	// Proposed for all of them (draft "Email Headers for Phishing Detection Training")
	'phishing-simulation',
	'phishing-simulation-provider',
	'phishing-simulation-auth',
	'phishing-simulation-report',
]);

/** Programs that send nothing but simulations, as they name themselves in `X-Mailer`. */
const SIMULATION_MAILERS: ReadonlySet<string> = new Set(['gophish', 'knowbe4', 'wombat']);

/** Members by which a flow, a report button or a platform says itself that a mail is a simulation. */
const FLAGS = [
	'simulation',
	'simulated',
	'isSimulation',
	'isSimulated',
	'is_simulation',
	'phishingSimulation',
	'isPhishingSimulation',
	'phishSim',
	'isPhishSim',
	'isPhishTest',
	'phishTest',
] as const;

/** Members whose word can say it: Microsoft's verdict (`submissionResultCategory`), and the category of a report. */
const WORDS = ['result.category', 'result.detail', 'category', 'originalCategory'] as const;
const SIMULATION_WORDS: ReadonlySet<string> = new Set([
	'phishingsimulation',
	'phishsimulation',
	'simulatedphishing',
	'attacksimulation',
	'simulation',
]);

/** Members that hold the headers of a mail, or a whole mail, as text. Lower case. */
const HEADER_TEXTS: ReadonlySet<string> = new Set(
	'headers,header,rawheaders,rawheader,internetheaders,internetmessageheaders,transportmessageheaders,headerlines,metadata,eml,mime,rawmessage,rawemail,source,content'.split(
		',',
	),
);
/** Deeper than any trigger or report button nests the reported mail in its report. */
const DEEPEST = 8;
/** Headers stand at the beginning of a mail; a whole mail can have megabytes behind them. */
const LONGEST_TEXT = 65_536;

function isMark(name: string, value: unknown): boolean {
	const header = name.trim().toLowerCase();
	if (SIMULATION_HEADERS.has(header)) return value !== false && value !== null;
	if (header !== 'x-mailer' || typeof value !== 'string') return false;
	const [program = ''] = value
		.trim()
		.toLowerCase()
		.split(/[^a-z\d]+/);
	return SIMULATION_MAILERS.has(program);
}

/**
 * True when the headers at the beginning of a text hold one of the marks. What stands after them is the mail's own text,
 * in which anybody may write anything.
 */
function hasMarkedHeader(text: string): boolean {
	for (const line of text.slice(0, LONGEST_TEXT).trimStart().split('\n')) {
		// A header that goes on in the next line begins that line with a space.
		if (line.startsWith(' ') || line.startsWith('\t')) continue;
		const colon = line.indexOf(':');
		const name = line.slice(0, Math.max(colon, 0));
		if (name === '' || name.includes(' ')) return false;
		if (isMark(name, line.slice(colon + 1))) return true;
	}
	return false;
}

/**
 * True when a mail, or the mail inside a report, carries the mark of a simulation, in any of the forms in which mail
 * triggers and APIs give headers: an object by name, a list of names and values, lines of text.
 */
function hasMark(value: unknown, depth: number): boolean {
	if (depth > DEEPEST || typeof value !== 'object' || value === null) return false;
	if (Array.isArray(value)) return value.some((entry) => hasMark(entry, depth + 1));
	const named = textAt(value, 'name', 'key', 'header');
	const written = valueAt(value, 'value') ?? valueAt(value, 'data');
	if (named !== null && isMark(named, written ?? '')) return true;
	return Object.entries(value).some(([name, member]: [string, unknown]) => {
		if (isMark(name, member)) return true;
		if (typeof member === 'string') {
			return HEADER_TEXTS.has(name.toLowerCase()) && hasMarkedHeader(member);
		}
		return hasMark(member, depth + 1);
	});
}

/**
 * True for a simulated phishing mail: Microsoft's own, by `attackSimulationInfo` or verdict; any other sender's, by the
 * mark on the mail; and what a flow marks itself. A training exercise must never become a ticket.
 */
export function isSimulation(mail: JsonRecord): boolean {
	const info = valueAt(mail, 'attackSimulationInfo');
	if (isRecord(info) || (typeof info === 'string' && info.trim() !== '') || info === true) {
		return true;
	}
	if (FLAGS.some((flag) => flagAt(mail, flag))) return true;
	const words = WORDS.map(
		(path) =>
			textAt(mail, path)
				?.toLowerCase()
				.replace(/[\s_-]/g, '') ?? '',
	);
	return words.some((word) => SIMULATION_WORDS.has(word)) || hasMark(mail, 0);
}
