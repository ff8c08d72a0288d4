import type { PossibleApprover } from '../../../nodes/shared/domain/approval/approver';
import type { Choice } from '../../../nodes/shared/domain/approval/choice';
import type { HaloNow, TicketNow } from '../../../nodes/shared/domain/approval/verdict';
import { verdictOf } from '../../../nodes/shared/domain/approval/verdict';
import type { Question } from '../../../nodes/shared/domain/approval/question';
import { questionOf, REQUEST } from './question';

const SAM: PossibleApprover = {
	id: 3,
	name: 'Sam Okafor',
	email: 'Sam.Okafor@msp.example',
	isdisabled: false,
	isapiagent: false,
};
const CHOICE: Choice = { decision: 'approved', scope: 'user', email: 'sam.okafor@msp.example' };

interface Case {
	question?: Partial<Question>;
	choice?: Partial<Choice> | null;
	ticket?: Partial<TicketNow>;
	agents?: PossibleApprover[];
	halo?: HaloNow;
}

/** The verdict about an answer; each part may differ from one that is all right. */
function verdict({ agents = [SAM], choice = {}, halo, question, ticket }: Case) {
	const open = { id: 7, open: true, mergedIntoId: null, ...ticket };
	return verdictOf(
		questionOf(question),
		choice === null ? null : { ...CHOICE, ...choice },
		halo ?? { kind: 'read', ticket: open, agents },
	);
}

const by = (name: string | null, email: string | null): Case => ({
	question: { event: { ...REQUEST, user: { name, email } } },
});
const DOWN: HaloNow = { kind: 'unread', problem: 'No answer from Halo' };

const REFUSED: Array<[string, string, Case]> = [
	['Halo gives another ticket for the number', 'ended', { ticket: { id: 8 } }],
	['the ticket was merged', 'ended', { ticket: { mergedIntoId: 8 } }],
	['the ticket is closed', 'ended', { ticket: { open: false } }],
	['Halo cannot be read', 'again', { halo: DOWN }],
	['nobody has the e-mail', 'again', { choice: { email: 'kim@msp.example' } }],
	['the agent is disabled', 'again', { agents: [{ ...SAM, isdisabled: true }] }],
	["the agent is an application's", 'again', { agents: [{ ...SAM, isapiagent: true }] }],
	["the agent is Halo's own", 'again', { agents: [{ ...SAM, id: 1 }] }],
	[
		'an agent without e-mail meets a login without one',
		'again',
		{ choice: { email: '' }, agents: [{ ...SAM, email: null }] },
	],
	['the e-mail is the own', 'again', by('X', 'SAM.okafor@msp.example ')],
	['the name is the own', 'again', by('sam okafor', 'x@home.example')],
	['the name is the own e-mail', 'again', by(CHOICE.email, null)],
	['the account is the own', 'again', by('CONTOSO\\sam.okafor', null)],
	['the request names nobody', 'again', by(null, null)],
	['the request names a domain alone', 'again', by('CONTOSO\\', '')],
	['the request has no user', 'again', { question: { event: {} } }],
];

test.each(REFUSED)('nothing is decided when %s: %s', (_, kind, changed) => {
	expect(verdict(changed)).toMatchObject({ kind, page: { title: expect.stringMatching(/./) } });
});

test('an answer that is all right decides, in the name that Halo has', () => {
	expect(verdict({})).toEqual({ kind: 'decided', approver: 'Sam Okafor' });
	expect(verdict({ ticket: { open: null } })).toMatchObject({ kind: 'decided' });
	expect(verdict(by('CONTOSO\\sam.okafor', 'grace@contoso.example'))).toMatchObject({
		kind: 'decided',
	});
});

test('the own request, and one that names nobody, are decided where the setting allows it', () => {
	for (const { question } of [by('sam okafor', SAM.email), by(null, null)]) {
		expect(verdict({ question: { ...question, ownAllowed: true } }).kind).toBe('decided');
	}
	const nobody = { ...by('sam okafor', null).question, ownAllowed: true };
	expect(verdict({ question: nobody, agents: [] }).kind).toBe('again');
});

test('the end of the time expires an open ticket, without agents', () => {
	expect(verdict({ choice: null, agents: [] })).toEqual({ kind: 'expired' });
	expect(verdict({ choice: null, ticket: { open: false } }).kind).toBe('ended');
});

test('the end of the time fails while Halo cannot be read, so that it is tried again', () => {
	expect(() => verdict({ choice: null, halo: DOWN })).toThrow(
		'The time for ticket 7 is over, but Halo could not be read: No answer from Halo',
	);
});
