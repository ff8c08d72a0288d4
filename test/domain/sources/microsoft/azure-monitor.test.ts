import { readPayload } from '../../../../nodes/shared/domain/sources/read-payload';
import { traitsOf } from '../../../../nodes/shared/domain/sources/traits';
import { describeMatrix, onlyEvent } from '../../../support/sources/matrix';
import { contextFor } from '../context';

const ALERT = '/subscriptions/s-1/providers/Microsoft.AlertsManagement/alerts/';
const essentials = {
	alertId: `${ALERT}g-1`,
	alertRule: 'CPU high',
	severity: 'Sev2',
	signalType: 'Metric',
	monitorCondition: 'Fired',
	monitoringService: 'Platform',
	alertTargetIDs: [
		'/subscriptions/s-1/resourcegroups/rg/providers/microsoft.compute/virtualmachines/fs-02',
	],
	configurationItems: ['fs-02'],
	originAlertId: 's-1_rg_microsoft.insights_metricAlerts_CPU high_-117781227',
	firedDateTime: '2026-05-04T08:00:00.3713213Z',
	description: 'More than 95 %',
	essentialsVersion: '1.0',
};
const condition = {
	allOf: [
		{ metricName: 'Percentage CPU', operator: 'GreaterThan', threshold: '95', metricValue: 97.7 },
	],
};
const body = (
	changes: object = {},
	alertContext: object = { condition },
	customProperties: object = { company: 'Tailwind Toys' },
) => ({
	schemaId: 'azureMonitorCommonAlertSchema',
	data: { essentials: { ...essentials, ...changes }, alertContext, customProperties },
});
const only = (...parts: Parameters<typeof body>) => onlyEvent('azure-monitor', body(...parts));

describeMatrix({
	source: 'azure-monitor',
	open: body(),
	repeat: body({ severity: 'Sev0', description: 'Worse', alertId: `${ALERT}G-1` }),
	end: body({ monitorCondition: 'Resolved', resolvedDateTime: '2026-05-04T08:30:00.2246313Z' }),
	otherProblem: body({ alertId: `${ALERT}g-2` }),
	otherCompany: body({}, {}, { company: 'Fabrikam' }),
	noCompany: body({}, {}, { Owner: 'Contoso Ltd' }),
	damaged: [
		[body({ monitorCondition: 'Mitigated' }), 'data.essentials.monitorCondition'],
		[body({ monitorCondition: null }), 'data.essentials.monitorCondition'],
		[body({ alertId: '' }), 'data.essentials.alertId'],
		[{ schemaId: 'AzureMonitorMetricAlert', data: { status: 'Activated' } }, 'schemaId'],
	],
});

describe('Azure Monitor', () => {
	test.each([
		['Sev0', 'critical'],
		['Sev1', 'high'],
		['Sev2', 'medium'],
		['Sev3', 'low'],
		['Sev4', 'informational'],
		['Sev5', 'unknown'],
	])('%s is %s', (severity, expected) => {
		expect(only({ severity }).severity).toBe(expected);
	});

	test('what was measured stands in the description', () => {
		expect(only().description).toBe(
			'More than 95 %\nPercentage CPU: 97.7 (GreaterThan 95)\ncompany: Tailwind Toys',
		);
	});

	test('an incident of Azure is over when its context says so, although it is always Fired', () => {
		const stage = (status: string, stageOf: string) =>
			only(
				{
					monitoringService: 'ServiceHealth',
					alertId: `${ALERT}${stageOf}`,
					alertTargetIDs: ['/subscriptions/s-1'],
				},
				{
					status,
					properties: { trackingId: 'ABC1-D2E', title: 'Log Analytics is slow', stage: stageOf },
				},
			);
		const [open, over] = [stage('Active', 'Active'), stage('Resolved', 'Resolved')];
		expect([open.status, over.status]).toEqual(['open', 'resolved']);
		expect(over.dedupKey).toBe(open.dedupKey);
		expect(stage('Active report', 'RCA').status).toBe('info');
		expect([traitsOf(open).keys, traitsOf(only()).keys]).toEqual(['shared', 'unique']);
	});

	test.each([
		['Unavailable', 'open'],
		['Degraded', 'open'],
		['Available', 'resolved'],
		['Unknown', 'info'],
		['Odd', 'info'],
	])(
		'a resource whose health is %s is %s, one problem for the resource',
		(currentHealthStatus, status) => {
			const health = (word: string) =>
				only(
					{ monitoringService: 'Resource Health', alertId: `${ALERT}${word}` },
					{ properties: { currentHealthStatus: word } },
				);
			expect(health(currentHealthStatus).status).toBe(status);
			expect(health(currentHealthStatus).dedupKey).toBe(health('Unavailable').dedupKey);
		},
	);

	test('the button that tests an action group starts nothing', () => {
		const alertId =
			'/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.AlertsManagement/alerts/1';
		const result = readPayload('detect', body({ alertId }), contextFor());
		expect(result).toMatchObject({ ping: true, events: [] });
	});
});
