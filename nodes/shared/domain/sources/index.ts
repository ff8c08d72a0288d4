import { describe, EventInputError } from '../values/input-error';
import { grafana } from './alertmanager/grafana-source';
import { alertmanager } from './alertmanager/source';
import { canonical } from './canonical';
import { cipp } from './cipp/source';
import { snyk } from './code-scanners/snyk';
import { trivy } from './code-scanners/trivy';
import { connectSecure, cyberCns } from './connectsecure/source';
import { dattoRmm } from './datto-rmm/source';
import { gravityZone } from './edr/gravityzone';
import { huntress } from './edr/huntress';
import { idemeum } from './idemeum';
import { nagios } from './monitoring/nagios';
import { uptimeKuma } from './monitoring/uptime-kuma';
import { azureMonitor } from './microsoft/azure-monitor';
import { graphSecurity } from './microsoft/graph-security';
import { sentinel } from './microsoft/sentinel';
import { zabbix } from './monitoring/zabbix';
import { ninjaOne } from './ninjaone/source';
import { pagerDuty } from './pagerduty';
import { reportedMail } from './reported-mail/source';
import { sentinelOne } from './edr/sentinelone';
import { sophos } from './edr/sophos';
import { tacticalRmm } from './rmm/tactical-rmm';
import type { EventSource } from './common/source';
import { asError } from '../values/read';
import { tenable } from './tenable';
import { tenableSc } from './tenable-sc';
import { wazuh } from './wazuh/source';

/** Every source, in the order of the list in the editor. A new one is a file, a fixture folder and a line here. */
export const SOURCES: readonly EventSource[] = [
	azureMonitor,
	canonical,
	cipp,
	connectSecure,
	cyberCns,
	dattoRmm,
	grafana,
	gravityZone,
	huntress,
	idemeum,
	graphSecurity,
	sentinel,
	nagios,
	ninjaOne,
	pagerDuty,
	alertmanager,
	reportedMail,
	sentinelOne,
	snyk,
	sophos,
	tacticalRmm,
	tenableSc,
	tenable,
	trivy,
	uptimeKuma,
	wazuh,
	zabbix,
];

/** Value of the source field that leaves the choice to the payload. */
export const DETECT = 'detect';

/** Source by its id. @throws EventInputError listing the known ones */
export function sourceById(id: string): EventSource {
	const source = SOURCES.find((candidate) => candidate.id === id);
	if (source !== undefined) return source;
	throw new EventInputError(
		'source',
		`one of ${SOURCES.map((known) => known.id).join(', ')}`,
		describe(id),
		'Pick the source from the list of the node.',
	);
}

function isRecognised(source: EventSource, payload: unknown): boolean {
	try {
		return source.recognises(payload);
	} catch (error) {
		// The reader of the source that is picked says what is wrong with the record.
		if (error instanceof EventInputError) return false;
		throw asError(error);
	}
}

/** Every source that takes a payload for its own: none, one, or several, of which nobody can tell which it is from. */
export function recognisedBy(payload: unknown): EventSource[] {
	return SOURCES.filter((source) => isRecognised(source, payload));
}

/** The one source that a payload is certainly from; null when none or several recognise it. */
export function detectSource(payload: unknown): EventSource | null {
	const [found, ...others] = recognisedBy(payload);
	return others.length === 0 ? (found ?? null) : null;
}

/** True when a body of this source may hold one record a line; one whose source is to be detected may, too. */
export function readsLines(id: string): boolean {
	return id === DETECT || SOURCES.some((source) => source.id === id && source.lines === true);
}

/** True when bodies of this source are worth mending before they are given up as no JSON. */
export function repairsBodies(id: string): boolean {
	return SOURCES.some((source) => source.id === id && source.repairs === true);
}

/** True when senders of this source may write its body as the fields of a form. */
export function readsForms(id: string): boolean {
	return SOURCES.some((source) => source.id === id && source.forms === true);
}
