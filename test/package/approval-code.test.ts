import { runCode } from '../support/template-code';

const APPROVAL = 'elevation-approval';
const HOUR_MS = 3_600_000;

type Json = Record<string, unknown>;

const EVENT = { user: { name: 'Grace Hopper', email: 'grace@contoso.example' } };
const SAM = { id: 3, name: 'Sam Okafor', email: 'Sam.Okafor@msp.example' };
const ANSWER = {
	ticketId: 7,
	timeIsOver: false,
	decision: 'approved',
	scope: 'user',
	email: 'sam.okafor@msp.example',
};

interface Case {
	question?: Json;
	answer?: Json;
	ticket?: Json;
	agents?: unknown;
}

/** What the node Verdict makes of an answer; each part may differ from an answer that is all right. */
function verdictOf({ agents = [SAM], answer, question, ticket }: Case): Json | undefined {
	return runCode(APPROVAL, 'Verdict', {
		input: [{ body: agents }],
		nodes: {
			'The question': [
				{ requestId: 'er-1', ticketId: 7, ownAllowed: false, event: EVENT, ...question },
			],
			'Check the login': [{ ...ANSWER, ...answer }],
			'Ticket now': [{ id: 7, open: true, mergedIntoId: null, ...ticket }],
		},
	})[0];
}

const by = (user: Json): Case => ({ question: { event: { user } } });

const REFUSED: Array<[string, string, Case]> = [
	['Halo gives another ticket for the number', 'over', { ticket: { id: 8 } }],
	['the ticket was merged', 'over', { ticket: { mergedIntoId: 8 } }],
	['the ticket is closed', 'over', { ticket: { open: false } }],
	['Halo does not give the ticket', 'again', { ticket: { id: undefined } }],
	['Halo does not give its agents', 'again', { agents: 'an error' }],
	['nobody has the e-mail', 'again', { answer: { email: 'kim@msp.example' } }],
	['the agent is disabled', 'again', { agents: [{ ...SAM, isdisabled: true }] }],
	["the agent is an application's", 'again', { agents: [{ ...SAM, isapiagent: true }] }],
	["the agent is Halo's own", 'again', { agents: [{ ...SAM, id: 1 }] }],
	[
		'an agent without e-mail meets a login without one',
		'again',
		{ answer: { email: '' }, agents: [{ ...SAM, email: null }] },
	],
	['the e-mail is the own', 'again', by({ name: 'X', email: 'SAM.okafor@msp.example ' })],
	['the name is the own', 'again', by({ name: 'sam okafor', email: 'x@home.example' })],
	['the name is the own e-mail', 'again', by({ name: ANSWER.email, email: null })],
	['the account is the own', 'again', by({ name: 'CONTOSO\\sam.okafor', email: null })],
	['the request names nobody', 'again', by({ name: null, email: null })],
];

test('an answer that is all right decides: exactly that request is told', () => {
	const verdict = verdictOf({});
	expect(verdict).toMatchObject({ verdict: 'decided', key: 'elevation|er-1|approved' });
	expect(JSON.parse(String(verdict?.body))).toEqual({
		elevationRequestId: 'er-1',
		decision: 'approved',
		scope: 'user',
		approver: { name: SAM.name, email: ANSWER.email },
		ticketId: 7,
		decidedAt: verdict?.decidedAt,
	});
});

test('an id that no header can hold is told all the same', () => {
	const { body, key } = verdictOf({ question: { requestId: 'er\n漢 1\ud800' } }) ?? {};
	expect(key).toMatch(/^elevation\|[!-~]+\|approved$/);
	expect(JSON.parse(String(body))).toMatchObject({ elevationRequestId: 'er\n漢 1\ud800' });
});

test.each(REFUSED)('nothing is decided when %s: %s', (_, verdict, changed) => {
	const got = verdictOf(changed);
	expect(got).toMatchObject({ verdict, title: expect.stringMatching(/./) });
	expect(got).not.toHaveProperty('body');
});

test('the own request is decided where the setting allows it', () => {
	const question = { ownAllowed: true, event: { user: { name: SAM.name, email: SAM.email } } };
	expect(verdictOf({ question })).toMatchObject({ verdict: 'decided' });
});

test('the end of the time decides without agents, and not while the ticket cannot be read', () => {
	const answer = { timeIsOver: true, email: '' };
	expect(verdictOf({ answer, agents: null })).toMatchObject({ verdict: 'expired' });
	expect(() => verdictOf({ answer, ticket: { id: undefined } })).toThrow('is over, but Halo');
});

const FORM = { decision: 'Approve', scope: 'This user', email: SAM.email, ticket: '7', proof: 'p' };

/** What the node Answer takes out of a call. @param leftMs until the time is over; negative = it is */
function answerOf(call: Json, leftMs = HOUR_MS): Json | undefined {
	const expiresAt = new Date(Date.now() + leftMs).toISOString();
	const question = { ticketId: 7, expiresAt };
	return runCode(APPROVAL, 'Answer', { input: [call], nodes: { 'The question': [question] } })[0];
}

test('a call without a choice chooses nothing and is not the end of the time, however late', () => {
	for (const body of [undefined, null, '', {}, [], 'text', { decision: ['Approve'] }]) {
		for (const leftMs of [HOUR_MS, -HOUR_MS]) {
			const none = { timeIsOver: false, decision: '', scope: '', sameTicket: false, proof: '' };
			expect(answerOf({ headers: {}, body }, leftMs)).toMatchObject(none);
		}
	}
	expect(answerOf({}, HOUR_MS)).toMatchObject({ timeIsOver: false });
	expect(answerOf({}, -HOUR_MS)).toMatchObject({ timeIsOver: true });
});

test('a choice that is none of the form chooses nothing', () => {
	expect(answerOf({ headers: {}, body: FORM })).toMatchObject({
		decision: 'approved',
		scope: 'user',
		sameTicket: true,
	});
	for (const word of ['approve', 'constructor', 'toString', '__proto__', 'valueOf', 'approved']) {
		const body = { ...FORM, decision: word, scope: word };
		expect(answerOf({ headers: {}, body })).toMatchObject({ decision: '', scope: '' });
	}
});
