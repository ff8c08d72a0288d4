import type { Question } from '../../../nodes/shared/domain/approval/question';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';

export const NOW = Date.parse('2026-05-04T09:00:00.000Z');
export const HOUR_MS = 3_600_000;
export const SECRET = 'signs decisions, for the tests only';

/** An elevation request as an event, as far as approvals look at it. */
export const REQUEST: JsonRecord = {
	dedupKey: 'v1|idemeum|er-1',
	title: 'Elevation requested: setup.exe',
	status: 'open',
	time: '2026-05-04T08:59:00.000Z',
	user: { name: 'Grace Hopper', email: 'grace@contoso.example' },
	mapping: { haloClientId: 11 },
};

/** A question that waits for an hour from `NOW`. */
export function questionOf(change: Partial<Question> = {}): Question {
	return {
		requestId: 'er-1',
		ticketId: 7,
		ticketUrl: 'https://halo.example/ticket?id=7',
		event: REQUEST,
		expiresAt: new Date(NOW + HOUR_MS).toISOString(),
		callbackUrl: 'https://source.example/decisions',
		ownAllowed: false,
		...change,
	};
}
