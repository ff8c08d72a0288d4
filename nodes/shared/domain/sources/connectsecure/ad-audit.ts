import { foldedName, hostPart, joinedPart } from '../../event/keys';
import { severityFromWord } from '../../event/severity';
import type { JsonRecord } from '../../values/json';
import { momentAt, numberAt, textAt } from '../common/paths';
import type { RowParts } from './feeds';
import { partsOf } from './feeds';
import type { AdEvent } from './names';
import { adEvent, labelOf } from './names';
import type { Reader } from './row';
import { lines } from './row';

/** What Windows writes as the target of a logon that failed: nobody (well-known SIDs of Microsoft's documentation). */
const NULL_SID = 'S-1-0-0';

/** What the event was done to: an account, a group, an object. */
function targetOf(row: JsonRecord): string | null {
	const sid = textAt(row, 'target_sid')?.trim() ?? NULL_SID;
	return sid === NULL_SID ? foldedName(textAt(row, 'target_user_name', 'object_dn')) : sid;
}

function actorOf(row: JsonRecord): string | null {
	return foldedName(textAt(row, 'subject_user_sid', 'subject_user_name'));
}

/**
 * What names the problem of an event. Directory events are written by whichever domain controller did it, so the
 * computer stays out; an event of one machine (its log, its policy, a logon on it) is of that machine.
 */
function identityOf(row: JsonRecord, parts: RowParts, windowsId: number, known: AdEvent | null) {
	const { companyId } = parts;
	const computer = hostPart(textAt(row, 'computer_name'));
	const target = targetOf(row);
	const code = known?.code ?? '';
	const finding = joinedPart('ad', windowsId);
	// Locked and unlocked are one problem; every other id is one of its own.
	if (code === 'ad.user.locked' || code === 'ad.user.unlocked') {
		return { scope: companyId, finding: 'ad user locked', asset: target ?? computer };
	}
	// The row names the group, not who was added to it: each addition is a problem of its own.
	if (code === 'ad.group.member_added') {
		return {
			scope: companyId,
			finding,
			asset: target ?? computer,
			discriminator: textAt(row, 'id'),
		};
	}
	const ofMachine = ['ad.logon.', 'ad.session.', 'ad.audit.'].some((kind) => code.startsWith(kind));
	if (ofMachine || target === null) {
		return { scope: companyId, finding, asset: computer, discriminator: target ?? actorOf(row) };
	}
	return { scope: companyId, finding, asset: target };
}

/** A row of the AD audit, by its Windows id. */
export const adAudit: Reader = (row, _status, context) => {
	const parts = partsOf(row);
	const windowsId = numberAt(row, 'event_id', 'eventId') ?? 0;
	const known = adEvent(windowsId);
	const who = textAt(row, 'target_user_name', 'object_dn');
	const label = known === null ? null : labelOf(known.code);
	const rowId = textAt(row, 'id');
	const severity = severityFromWord(parts.severity);
	return {
		identity: identityOf(row, parts, windowsId, known),
		status: known?.status ?? 'info',
		category: 'AD Audit',
		event: known?.code ?? null,
		title: `${label ?? textAt(row, 'description') ?? `Windows event ${windowsId}`}${who === null ? '' : `: ${who}`}`,
		severity: severity === 'unknown' ? (known?.severity ?? 'unknown') : severity,
		extra: {
			...(rowId !== null && { deliveryId: `ad/${rowId}` }),
			description: lines([
				['Windows event', String(windowsId)],
				['Description', textAt(row, 'description')],
				['By', textAt(row, 'subject_user_name')],
				['Target', who],
				['Computer', textAt(row, 'computer_name')],
				['Address', textAt(row, 'ip_address')],
			]),
			user: { name: who, email: null },
		},
		time: momentAt(row, context, 'datetime', 'created'),
	};
};
