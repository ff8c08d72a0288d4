import type { EventSource } from '../common/source';
import { COMPANY_LABEL, readAlert } from './alert';
import { alertsOf, isAlertBody, isGrafanaBody } from './body';

/**
 * Prometheus Alertmanager, webhook body version 4; Mimir and vmalert (through an Alertmanager) send the same shape, and so
 * does Grafana, which is a source of its own. Labels are those that somebody wrote into a rule, so two customers may have equal ones: its keys are
 * not unique in the world. The address of the server that sent is no part of them: each member of a cluster has its own.
 */
export const alertmanager: EventSource = {
	id: 'alertmanager',
	name: 'Prometheus Alertmanager',
	record: 'an Alertmanager webhook body',
	resolvesCarry: ['company', 'asset'],
	// Two customers may have rules and hosts of one name.
	keys: 'shared',
	ends: 'reported',
	companyField: `labels.${COMPANY_LABEL}`,
	sample: {
		version: '4',
		status: 'firing',
		receiver: 'halo',
		externalURL: 'https://alerts.example.net',
		alerts: [
			{
				status: 'firing',
				labels: {
					alertname: 'DiskAlmostFull',
					instance: 'srv-01:9100',
					severity: 'critical',
					[COMPANY_LABEL]: 'Contoso Ltd',
				},
				annotations: { summary: 'Disk C: on srv-01 is 97 % full' },
				startsAt: '2026-05-04T09:12:33Z',
				endsAt: '0001-01-01T00:00:00Z',
				fingerprint: '6f1d2b0a93c4e857',
			},
		],
	},

	recognises(payload) {
		return isAlertBody(payload) && !isGrafanaBody(payload);
	},

	records(payload) {
		return alertsOf(payload, 'Alertmanager');
	},

	read(record, context, envelope) {
		return readAlert(alertmanager.id, record, context, envelope);
	},
};
