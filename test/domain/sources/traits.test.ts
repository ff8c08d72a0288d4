import { SOURCES } from '../../../nodes/shared/domain/sources';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { traitsOf } from '../../../nodes/shared/domain/sources/traits';
import { contextFor } from './context';

/** As the documents of each tool say; `docs/sources` says which. */
const TRAITS: Record<string, [keys: string, ends: string]> = {
	alertmanager: ['shared', 'reported'],
	'azure-monitor': ['unique', 'reported'],
	canonical: ['shared', 'reported'],
	cipp: ['shared', 'never'],
	connectsecure: ['shared', 'reported'],
	cybercns: ['shared', 'reported'],
	'datto-rmm': ['unique', 'reported'],
	gravityzone: ['shared', 'reported'],
	grafana: ['shared', 'reported'],
	huntress: ['shared', 'reported'],
	'graph-security': ['shared', 'reported'],
	idemeum: ['shared', 'reported'],
	nagios: ['shared', 'reported'],
	ninjaone: ['unique', 'reported'],
	pagerduty: ['unique', 'reported'],
	'reported-mail': ['shared', 'never'],
	sentinel: ['shared', 'reported'],
	sentinelone: ['shared', 'reported'],
	snyk: ['shared', 'reported'],
	sophos: ['shared', 'reported'],
	'tactical-rmm': ['shared', 'reported'],
	tenable: ['unique', 'reported'],
	'tenable-sc': ['shared', 'reported'],
	trivy: ['shared', 'never'],
	'uptime-kuma': ['shared', 'reported'],
	wazuh: ['shared', 'reported'],
	zabbix: ['shared', 'reported'],
};

test('every source stands in the table below', () => {
	expect(SOURCES.map(({ id }) => id).sort()).toEqual(Object.keys(TRAITS).sort());
});

test.each(SOURCES.map(({ id, sample }) => ({ id, sample })))(
	'$id declares whether its keys are unique and whether it tells ends',
	({ id, sample }) => {
		const [event] = readPayload(id, sample, contextFor()).events;
		if (event === undefined) throw new Error(`The sample of ${id} gives no event`);
		const { ends, keys } = traitsOf(event);
		expect([keys, ends]).toEqual(TRAITS[id]);
	},
);
