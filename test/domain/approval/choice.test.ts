import {
	FORM_DECISIONS,
	FORM_SCOPES,
	type Handed,
	handOver,
	readResumed,
} from '../../../nodes/shared/domain/approval/choice';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { HOUR_MS, NOW, questionOf, SECRET } from './question';

const FORM: JsonRecord = {
	decision: 'Approve',
	scope: 'This user',
	ticket: 7,
	user: { email: 'Sam.Okafor@msp.example' },
};
const EXECUTION = '42';

function resumed(call: JsonRecord, { leftMs = HOUR_MS, secrets = [SECRET] } = {}) {
	const expiresAt = new Date(NOW + leftMs).toISOString();
	const question = questionOf({ expiresAt });
	return readResumed(call, { question, execution: EXECUTION, secrets, now: NOW });
}

const handed = (form: JsonRecord = {}, execution = EXECUTION): Handed =>
	handOver({ ...FORM, ...form }, execution, SECRET);
const sent = (body: unknown): JsonRecord => ({ headers: {}, body });
const NOTHING = { kind: 'nothing' };

test('the words of the form decide, by the e-mail of the login', () => {
	expect(resumed(sent(handed()))).toEqual({
		kind: 'choice',
		choice: { decision: 'approved', scope: 'user', email: 'sam.okafor@msp.example' },
	});
	const other = { decision: 'Deny', scope: 'The whole tenant' };
	expect(resumed(sent(handed(other)))).toMatchObject({
		choice: { decision: 'denied', scope: 'tenant' },
	});
	expect([FORM_DECISIONS, FORM_SCOPES]).toEqual([
		['Approve', 'Deny'],
		['This user', 'The whole tenant'],
	]);
});

test('a choice is good until the wait ends, also when it comes as the time runs out', () => {
	expect(resumed(sent(handed()), { leftMs: -1 }).kind).toBe('choice');
});

test('a call without a choice chooses nothing and is not the end of the time, however late', () => {
	for (const body of [undefined, null, '', {}, [], 'text', { decision: ['Approve'] }]) {
		for (const leftMs of [HOUR_MS, -HOUR_MS]) {
			expect(resumed(sent(body), { leftMs })).toEqual(NOTHING);
		}
	}
	expect(resumed({ ticketId: 7 })).toEqual(NOTHING);
	expect(resumed({ ticketId: 7 }, { leftMs: 0 })).toEqual({ kind: 'over' });
});

test('a word that is none of the form chooses nothing, proved or not', () => {
	for (const word of ['approve', 'constructor', 'toString', '__proto__', 'valueOf', 'approved']) {
		expect(resumed(sent(handed({ decision: word })))).toEqual(NOTHING);
		expect(resumed(sent(handed({ scope: word })))).toEqual(NOTHING);
	}
});

test('a proof holds for its own words, its own run and its own key alone', () => {
	const whole = handed();
	const changed: Array<[string, Handed]> = [
		['another decision', { ...whole, decision: 'Deny' }],
		['another scope', { ...whole, scope: 'The whole tenant' }],
		['another e-mail', { ...whole, email: 'alex.rivera@msp.example' }],
		['no proof', { ...whole, proof: '' }],
		['half a proof', { ...whole, proof: whole.proof.slice(0, 32) }],
		['a proof for another run', handed({}, '43')],
		['a proof with another key', handOver(FORM, EXECUTION, 'guessed')],
	];
	for (const [what, body] of changed) expect([what, resumed(sent(body))]).toEqual([what, NOTHING]);
	expect(resumed(sent(whole), { secrets: [] })).toEqual(NOTHING);
});

test('a decision about another ticket counts for none, although it is proved', () => {
	expect(resumed(sent(handed({ ticket: 8 })))).toEqual(NOTHING);
	expect(resumed(sent(handed({ ticket: '7.0' })))).toEqual(NOTHING);
});

test('while the secret is being changed a proof by the previous one counts', () => {
	expect(resumed(sent(handed()), { secrets: ['new', SECRET] }).kind).toBe('choice');
});
