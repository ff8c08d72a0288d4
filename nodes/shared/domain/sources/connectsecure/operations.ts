import { foldedName, joinedPart } from '../../event/keys';
import { severityFromWord } from '../../event/severity';
import { partsOf } from './feeds';
import { adEvent, codeOf, jobCode, labelOf } from './names';
import type { Reader } from './row';
import { lines, on } from './row';
import { flagAt, neededText, numberAt, textAt, timeAt } from '../common/paths';

/** A job. A run that succeeds is the end of the one that failed. */
export const job: Reader = (row, status, context) => {
	const parts = partsOf(row);
	const type = textAt(row, 'type', 'job_type');
	const word = textAt(row, 'status') ?? '';
	const failed = /fail|error|abort|timed?\s?out/i.test(word);
	const succeeded = /success|complete|done|finished/i.test(word);
	return {
		// A job is run again under a new id: what fails is this kind of job on this agent.
		identity: {
			scope: parts.companyId,
			finding: joinedPart('job', foldedName(type)),
			asset: parts.agentId ?? foldedName(parts.hostName),
		},
		status: failed ? 'open' : succeeded || status === 'resolved' ? 'resolved' : 'info',
		category: 'Job Failed',
		event: jobCode(type),
		title: `Job ${type ?? 'without type'}${on(parts)}: ${word === '' ? 'no status' : word}`,
		severity: severityFromWord(parts.severity),
		extra: {
			deliveryId: `job/${neededText(row, 'It names the run.', 'job_id', 'jobId')}/${word}`,
			description: textAt(row, 'description'),
		},
		time: timeAt(row, context, 'updated', 'created'),
	};
};

/** An agent or probe: down until it is seen again. */
export const agent: Reader = (row, _status, context) => {
	const parts = partsOf(row);
	const id = neededText(row, 'It names the agent.', 'agent_id', 'agentId', 'id');
	const online =
		flagAt(row, 'is_online') || /online|active|running/i.test(textAt(row, 'status') ?? '');
	const probe = /probe/i.test(textAt(row, 'agent_type', 'agentType') ?? '');
	return {
		identity: { scope: parts.companyId, finding: 'agent connection', asset: id },
		status: online ? 'resolved' : 'open',
		category: 'Agent',
		event: online ? 'agent.up' : probe ? 'agent.probe_down' : 'agent.server_down',
		title: `${probe ? 'Probe' : 'Agent'}${on(parts)} is ${online ? 'online' : 'down'}`,
		severity: severityFromWord(parts.severity),
		time: timeAt(row, context, 'last_ping_time', 'updated'),
	};
};

/** A system event. The feed names no asset, so each occurrence is a problem of its own. */
export const systemEvent: Reader = (row, status, context) => {
	const name = neededText(row, 'It names the event.', 'event_name', 'eventName');
	const id = neededText(row, 'It names the occurrence.', 'id', '_id', 'event_id', 'eventId');
	const category = textAt(row, 'category_name', 'categoryName', 'category');
	const parts = partsOf(row);
	return {
		identity: { scope: parts.companyId, finding: joinedPart('event', id), asset: null },
		status,
		category: category ?? 'System Changes',
		event: codeOf(name, category),
		title: `${name}${on(parts)}`,
		severity: severityFromWord(parts.severity),
		extra: { deliveryId: `event/${id}/${status}`, description: textAt(row, 'description') },
		time: timeAt(row, context, 'created', 'updated'),
	};
};

/** A row of the AD audit, by its Windows id. */
export const adAudit: Reader = (row, _status, context) => {
	const parts = partsOf(row);
	const windowsId = numberAt(row, 'event_id', 'eventId') ?? 0;
	const known = adEvent(windowsId);
	const target = textAt(
		row,
		'target_sid',
		'target_user_name',
		'object_dn',
		'subject_user_sid',
		'subject_user_name',
	);
	const who = textAt(row, 'target_user_name', 'object_dn');
	const pair = known?.code.startsWith('ad.user.') === true && /locked$/.test(known.code);
	const label = known === null ? null : labelOf(known.code);
	const rowId = textAt(row, 'id');
	return {
		identity: {
			scope: parts.companyId,
			// Locked and unlocked are one problem; every other id is one of its own.
			finding: pair ? 'ad user locked' : joinedPart('ad', windowsId),
			asset: target ?? textAt(row, 'computer_name'),
		},
		status: known?.status ?? 'info',
		category: 'AD Audit',
		event: known?.code ?? null,
		title: `${label ?? textAt(row, 'description') ?? `Windows event ${windowsId}`}${who === null ? '' : `: ${who}`}`,
		severity:
			severityFromWord(parts.severity) === 'unknown'
				? (known?.severity ?? 'unknown')
				: severityFromWord(parts.severity),
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
		time: timeAt(row, context, 'datetime', 'created'),
	};
};
