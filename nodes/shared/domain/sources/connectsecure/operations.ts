import { foldedName, hostPart, joinedPart } from '../../event/keys';
import { severityFromWord } from '../../event/severity';
import { partsOf } from './feeds';
import { codeOf, jobCode } from './names';
import type { Reader } from './row';
import { on } from './row';
import { flagAt, momentAt, neededText, textAt, timeAt } from '../common/paths';
import type { SourceContext } from '../common/source';
import type { JsonRecord } from '../../values/json';
import { agentState, flagOrNull, jobEnd } from './words';

/** A job. A run that succeeds is the end of the one that failed; what is under way or not known is neither. */
export const job: Reader = (row, _status, context) => {
	const parts = partsOf(row);
	const type = textAt(row, 'type', 'job_type');
	const word = textAt(row, 'status') ?? '';
	const end = jobEnd(word);
	return {
		// A job is run again under a new id: what fails is this kind of job on this agent.
		identity: {
			scope: parts.companyId,
			finding: joinedPart('job', foldedName(type)),
			asset: parts.agentId ?? hostPart(parts.hostName),
		},
		status: end === null ? 'info' : end === 'failed' ? 'open' : 'resolved',
		category: 'Job Failed',
		event: jobCode(type),
		title: `Job ${type ?? 'without type'}${on(parts)}: ${word === '' ? 'no status' : word}`,
		severity: severityFromWord(parts.severity),
		extra: {
			deliveryId: `job/${neededText(row, 'It names the run.', 'job_id', 'jobId')}/${word}`,
			description: textAt(row, 'description'),
		},
		time: momentAt(row, context, 'updated', 'created'),
	};
};

const HOUR = 3_600_000;
/** An agent pings every few minutes: one that did within the hour is there. */
const FRESH = HOUR;
/**
 * A probe or server that did not ping for a day is down, even where its time is read in a wrong zone: those are apart
 * by 14 hours at most.
 */
const STALE = 24 * HOUR;

/** Whether a row says that its agent is there; null when it does not. */
function presenceOf(row: JsonRecord, context: SourceContext): 'online' | 'offline' | null {
	if (flagAt(row, 'is_deprecated')) return null;
	const flag = flagOrNull(row, 'is_online');
	const word = agentState(textAt(row, 'status') ?? '');
	const byFlag = flag === null ? null : flag ? 'online' : 'offline';
	if (byFlag !== null && word !== null) return byFlag === word ? word : null;
	if (byFlag !== null || word !== null) return byFlag ?? word;
	const ping = timeAt(row, context, 'last_ping_time');
	if (ping === null) return null;
	const age = Date.parse(context.receivedAt) - Date.parse(ping);
	if (age >= 0 && age <= FRESH) return 'online';
	return age >= STALE ? 'offline' : null;
}

/** True for what is meant to be there at all times: a probe, a server. A laptop that is off is no fault. */
function isAlwaysOn(row: JsonRecord): boolean {
	if (isProbe(row) || flagAt(row, 'ad_controller')) return true;
	const words = (textAt(row, 'os_name', 'osName') ?? '').toLowerCase().split(/[^a-z]+/);
	return words.includes('server');
}

function isProbe(row: JsonRecord): boolean {
	return textAt(row, 'agent_type', 'agentType')?.trim().toLowerCase() === 'probe';
}

/** True when the row itself says how its agent is, rather than the time of its last ping. */
function saysPresence(row: JsonRecord): boolean {
	return flagOrNull(row, 'is_online') !== null || agentState(textAt(row, 'status') ?? '') !== null;
}

/** An agent or probe: down until it is seen again. A row that does not say how it is only informs. */
export const agent: Reader = (row, _status, context) => {
	const parts = partsOf(row);
	const id = neededText(row, 'It names the agent.', 'agent_id', 'agentId', 'id');
	const counts = saysPresence(row) || isAlwaysOn(row);
	const presence = counts ? presenceOf(row, context) : null;
	const probe = isProbe(row);
	const down = probe ? 'agent.probe_down' : 'agent.server_down';
	const words = { online: 'is online', offline: 'is down' };
	return {
		identity: { scope: parts.companyId, finding: 'agent connection', asset: id },
		status: presence === null ? 'info' : presence === 'online' ? 'resolved' : 'open',
		category: 'Agent',
		event: presence === null ? null : presence === 'online' ? 'agent.up' : down,
		title: `${probe ? 'Probe' : 'Agent'}${on(parts)} ${presence === null ? 'was listed' : words[presence]}`,
		severity: severityFromWord(parts.severity),
		time: momentAt(row, context, ...(presence === 'offline' ? [] : ['last_ping_time']), 'updated'),
	};
};

/** A system event. The feed names no asset, so each occurrence is a problem of its own. */
export const systemEvent: Reader = (row, status, context) => {
	const name = neededText(row, 'It names the event.', 'event_name', 'eventName');
	// `event_id` is the number of the event's kind, the same for every occurrence.
	const id = neededText(row, 'It names the occurrence.', 'id', '_id');
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
		time: momentAt(row, context, 'created', 'updated'),
	};
};
