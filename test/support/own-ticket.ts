import { recognise, sealDetails } from '../../nodes/shared/domain/ticket/recognise';
import { referenceMarker } from '../../nodes/shared/domain/ticket/reference';
import { Seal } from '../../nodes/shared/domain/ticket/seal';
import { encodeState, newState, type TicketState } from '../../nodes/shared/domain/ticket/state';

/** The seal of a credential without a signing key. */
export const UNSIGNED = new Seal({ current: '', previous: '' });

/** The reference of a problem where there is no signing key. */
export function referenceOf(key: string, owner: string | null = null): string {
	return UNSIGNED.referenceOf(key, owner);
}

/** Contoso of the simulator's seed. */
const CONTOSOS = { clientId: 11, userId: null };

/** Summary and details of a ticket as the pack itself would have made it. */
export function ownTexts(
	title: string,
	reference: string,
	state: TicketState = newState('high'),
	seal = UNSIGNED,
	bound = CONTOSOS,
): { summary: string; details: string } {
	const marker = referenceMarker(reference);
	return {
		summary: `${title} ${marker}`,
		details: sealDetails(`${title}\n${encodeState(state)} ${marker}`, reference, bound, seal),
	};
}

/** What the pack sees of a ticket's texts. */
export function seen(texts: { summary: string; details: string }, seal = UNSIGNED) {
	const nobody = { client_id: null, user_id: null, reporter: null };
	return recognise({ ...texts, ...nobody }, seal);
}
