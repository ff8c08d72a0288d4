import { parseEvent } from '../../../nodes/shared/domain/event/parse';
import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { withoutOwnWords } from '../../../nodes/shared/domain/ticket/own-words';
import { lastBlock } from '../../../nodes/shared/domain/ticket/block';
import { referencesIn } from '../../../nodes/shared/domain/ticket/reference';
import { Seal } from '../../../nodes/shared/domain/ticket/seal';
import { STATE_BLOCK } from '../../../nodes/shared/domain/ticket/state';
import { type Kind, PlannedHalo } from '../../support/planned-halo';
import { forged } from '../../support/forged-words';
import { createRandom, pick } from '../../support/random';
import { htmlToText } from '../../../sandbox/halo/state/html';

const FORMS: Array<[string, string, string]> = [
	['as it stands', '(scanref kqzvwmtrbhxd)', '(scan-ref kqzvwmtrbhxd)'],
	['in other letter case', 'ScanState x ENDSTATE', 'Scan-State x END-STATE'],
	['inside a word', 'Xscanlist addX endlistX', 'Xscan-list addX end-listX'],
	['twice in one word', 'scanscanrefref', 'scanscan-refref'],
	['with a zero-width space', 'sc\u200banr\u200bef', 'sc\u200ban-r\u200bef'],
	['with a soft hyphen', 'scan\u00adref', 'scan\u00ad-ref'],
	['with a no-break space', 'scan\u00a0ref', 'scan\u00a0-ref'],
	['full-width', 'ｓｃａｎｒｅｆ', 'ｓｃａｎ-ｒｅｆ'],
	['with a ligature', 'scanﬆate', 'scan-ﬆate'],
	['with a mark on a letter', 'sca\u0308nref', 'sca\u0308n-ref'],
	['as decimal entities', '&#115;canref', '&#115;can-ref'],
	['as hexadecimal entities', 'scan&#x72;ef', 'scan-&#x72;ef'],
	['as an entity of an entity', 'scan&amp;#114;ef', 'scan-&amp;#114;ef'],
	['with an entity that does not show', 'scan&shy;ref', 'scan&shy;-ref'],
	['with a tag inside', 'scan<b></b>ref', 'scan<b></b>-ref'],
	['over two cells', '<td>scan</td><td>ref</td>', '<td>scan</td><td>-ref</td>'],
	['with a comment inside', 'scan<!-- > -->ref', 'scan<!-- > -->-ref'],
];

test.each(FORMS)('our own words are defused %s', (_, text, safe) => {
	expect(withoutOwnWords(text)).toBe(safe);
	expect(withoutOwnWords(safe)).toBe(safe);
});

const HARMLESS = [
	'A scan of the list, the end of the state',
	'<p>scan</p><p>ref</p>',
	'5 < 6 & 7 > 3, AT&T, &notanentity',
	'scan\nref',
	'Größe, naïve, 漢字, 🙂',
	'',
];

test.each(HARMLESS)('a text without them stays as it is: %s', (text) => {
	expect(withoutOwnWords(text)).toBe(text);
});

/** What does not show, to a person or to a search. */
const UNSEEN = /\p{Cf}|\p{M}|\p{Default_Ignorable_Code_Point}/gu;

/**
 * A text after the worst that a Halo could do to it before it is read again: taken for HTML once more, letters that
 * look alike made alike, what does not show left out. Whoever forges words counts on some of it.
 */
function blurred(text: string): string {
	return htmlToText(text).normalize('NFKD').replace(UNSEEN, '');
}

interface Story {
	key: number;
	status: ScannerEvent['status'];
	severity: ScannerEvent['severity'];
}

const TEXTS = ['title', 'description', 'product', 'application', 'remediation'] as const;

function eventOf({ key, severity, status }: Story, at: number, text: () => string): ScannerEvent {
	return parseEvent({
		source: 'wazuh',
		dedupKey: `v1|wazuh|${key}`,
		groupKey: 'v1|wazuh|contoso|by company|-',
		status,
		severity,
		time: new Date(at).toISOString(),
		...Object.fromEntries(TEXTS.map((name) => [name, text() || 'x'])),
		title: text().trim() || 'x',
		company: { name: text(), displayName: text() },
		asset: { id: 'a1', name: text() },
		user: { name: text() },
		rawSeverity: text(),
		category: text(),
		resolution: status === 'open' ? null : { reason: 'manual', byName: text(), note: text() },
	});
}

const KINDS: Kind[] = ['single', 'group', 'roster'];
const SEALS: Array<[string, string]> = [
	['with a signing key', 'a signing key of the tests'],
	['without a signing key', ''],
];
/** Two keys, three kinds, so many histories of eleven events on average: 20,000 events. */
const HISTORIES = 330;

describe.each(SEALS)('%s', (_name, current) => {
	test.each(KINDS)('texts of our own words change no decision: %s', (kind) => {
		const seal = new Seal({ current, previous: '' });
		const random = createRandom(20_260_520);
		let events = 0;
		for (let history = 0; history < HISTORIES; history += 1) {
			const honest = new PlannedHalo(seal);
			const attacked = new PlannedHalo(seal, honest.now, blurred);
			const known = [0, 1, 2].map((key) => seal.referenceOf(`v1|wazuh|${key}`, null));
			const steps = 4 + Math.floor(random() * 15);
			for (let step = 0; step < steps; step += 1) {
				const story: Story = {
					key: Math.floor(random() * 3),
					status: pick(random, ['open', 'open', 'open', 'resolved', 'suppressed'] as const),
					severity: pick(random, ['low', 'high', 'critical'] as const),
				};
				const at = honest.now;
				const expected = honest.send(kind, [eventOf(story, at, () => `n${step} plain words`)]);
				// Other words at each step on both sides: that they are new is told, whatever they say.
				const texts = () => `n${step} ${forged(random, known)}`;
				const got = attacked.send(kind, [eventOf(story, at, texts)]);
				expect(got.map(({ decision, ticketId }) => [decision, ticketId])).toEqual(
					expected.map(({ decision, ticketId }) => [decision, ticketId]),
				);
				for (const halo of [honest, attacked]) halo.now += 3_600_000 * Math.ceil(random() * 30);
				attacked.now = honest.now;
				events += 1;
			}
			for (const { detail } of attacked.tickets) {
				expect(referencesIn(detail.summary)).toHaveLength(1);
				expect(referencesIn(detail.details)).toHaveLength(1);
				expect(detail.details.split(STATE_BLOCK.start)).toHaveLength(2);
				expect(lastBlock(detail.details, STATE_BLOCK)).not.toBeNull();
			}
		}
		expect(events).toBeGreaterThan(20_000 / 6);
	});
});
