import { entryOf, isRecord, type JsonRecord } from '../values/json';
import { memberText } from '../values/read';
import { sameText, signHmac } from '../webhook/signature';
import type { Question } from './question';

/** Words of the form, and what they decide. */
const DECISIONS = { Approve: 'approved', Deny: 'denied' } as const;
const SCOPES = { 'This user': 'user', 'The whole tenant': 'tenant' } as const;

export type Decision = (typeof DECISIONS)[keyof typeof DECISIONS];
export type Scope = (typeof SCOPES)[keyof typeof SCOPES];

/** What the form offers, in this order. */
export const FORM_DECISIONS = Object.keys(DECISIONS);
export const FORM_SCOPES = Object.keys(SCOPES);

/** What a form hands to the run that waits: its words, who is logged in, and the proof that this n8n says so. */
export type Handed = {
	decision: string;
	scope: string;
	email: string;
	ticket: string;
	proof: string;
};

/** A choice that somebody who is logged in made about the ticket of the question. */
export interface Choice {
	decision: Decision;
	scope: Scope;
	/** In lower case. */
	email: string;
}

/** Why a run goes on: somebody decided, the time is over, or neither. */
export type Resumed = { kind: 'choice'; choice: Choice } | { kind: 'over' } | { kind: 'nothing' };

type Words = Omit<Handed, 'proof'>;

function proofOf(secret: string, execution: string, words: Words): string {
	const { decision, email, scope, ticket } = words;
	// A list, and what is told to a source is an object: neither can stand for the other.
	const text = JSON.stringify([execution, decision, scope, email, ticket]);
	return signHmac(text, secret, { encoding: 'hex', prefix: '' });
}

/**
 * What a form hands over, proved.
 * @param form item of the Form Trigger, with the user that n8n knows
 * @param execution the run that it is for
 */
export function handOver(form: JsonRecord, execution: string, secret: string): Handed {
	const user = isRecord(form.user) ? form.user : {};
	const words = {
		decision: memberText(form, 'decision') ?? '',
		scope: memberText(form, 'scope') ?? '',
		email: memberText(user, 'email') ?? '',
		ticket: memberText(form, 'ticket') ?? '',
	};
	return { ...words, proof: proofOf(secret, execution, words) };
}

/** Who resumed the run that waits, and what counts there. */
export interface Waiting {
	question: Pick<Question, 'ticketId' | 'expiresAt'>;
	/** Number of the run. */
	execution: string;
	/** Current secret and, while it is being changed, the previous one; none proves nothing. */
	secrets: readonly string[];
	/** Milliseconds since the epoch. */
	now: number;
}

function wordsIn(body: unknown): Handed {
	const said = isRecord(body) ? body : {};
	const text = (name: string): string => {
		const value = said[name];
		return typeof value === 'string' ? value.trim() : '';
	};
	return {
		decision: text('decision'),
		scope: text('scope'),
		email: text('email'),
		ticket: text('ticket'),
		proof: text('proof'),
	};
}

/** True for what came by a request; the end of the time has no headers. */
export function isCall(resumed: JsonRecord): boolean {
	return Object.hasOwn(resumed, 'headers');
}

/**
 * What made a run go on.
 * @param resumed item of the Wait node: a request with headers and body, or what went into the node when its time is over
 */
export function readResumed(
	resumed: JsonRecord,
	{ execution, now, question, secrets }: Waiting,
): Resumed {
	if (!isCall(resumed)) {
		return { kind: now >= Date.parse(question.expiresAt) ? 'over' : 'nothing' };
	}
	const handed = wordsIn(resumed.body);
	const decision = entryOf<Decision>(DECISIONS, handed.decision);
	const scope = entryOf<Scope>(SCOPES, handed.scope);
	const isProved = secrets.some((secret) =>
		sameText(proofOf(secret, execution, handed), handed.proof),
	);
	const isSameTicket = handed.ticket === String(question.ticketId);
	if (!isProved || !isSameTicket || decision === undefined || scope === undefined) {
		return { kind: 'nothing' };
	}
	return { kind: 'choice', choice: { decision, scope, email: handed.email.toLowerCase() } };
}
