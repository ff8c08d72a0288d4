import { describeMatrix, onlyEvent } from '../../../support/sources/matrix';

const alert = {
	'@odata.type': '#microsoft.graph.security.alert',
	id: 'da1_-1',
	providerAlertId: 'da1_-1',
	incidentId: '77',
	status: 'new',
	severity: 'medium',
	classification: null,
	determination: null,
	serviceSource: 'microsoftDefenderForEndpoint',
	detectionSource: 'antivirus',
	tenantId: 'B3C1B5FC-828C-45FA-A1E1-10D74F6D6E9C',
	title: 'Malware was found',
	description: 'It was stopped.',
	recommendedActions: 'Scan the device.',
	category: 'Malware',
	alertWebUrl: 'https://security.microsoft.com/alerts/da1_-1',
	createdDateTime: '2026-05-04T07:58:00.75Z',
	lastUpdateDateTime: '2026-05-04T08:00:00.6233333Z',
	evidence: [
		{ '@odata.type': '#microsoft.graph.security.fileEvidence', verdict: 'malicious' },
		{
			'@odata.type': '#microsoft.graph.security.deviceEvidence',
			mdeDeviceId: 'm-1',
			deviceDnsName: 'fs-02.tailwind.example',
		},
		{
			'@odata.type': '#microsoft.graph.security.userEvidence',
			userAccount: { accountName: 'ada', userPrincipalName: 'ada@tailwind.example' },
		},
	],
};
const only = (changes: object) => onlyEvent('graph-security', { ...alert, ...changes });
const incident = {
	id: '77',
	tenantId: alert.tenantId,
	displayName: 'Multi-stage incident on one endpoint',
	status: 'active',
	severity: 'high',
	incidentWebUrl: 'https://security.microsoft.com/incidents/77',
	lastUpdateDateTime: '2026-05-04T08:00:00.04Z',
	redirectIncidentId: null,
};

describeMatrix({
	source: 'graph-security',
	open: {
		'@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#security/alerts_v2',
		value: [alert],
	},
	repeat: {
		...alert,
		status: 'inProgress',
		severity: 'high',
		title: 'Malware was found again',
		assignedTo: 'ada@msp.example',
		lastUpdateDateTime: '2026-05-04T08:30:00Z',
		tenantId: alert.tenantId.toLowerCase(),
	},
	end: { ...alert, status: 'resolved', classification: 'truePositive', determination: 'malware' },
	otherProblem: { ...alert, id: 'da2_-1' },
	otherCompany: { ...alert, tenantId: '0d6f7f2a-1c1b-4d2e-9b57-6f0a3f1f2b11' },
	noCompany: { ...alert, tenantId: null },
	damaged: [
		[{ ...alert, status: 'closed' }, 'status'],
		[{ ...alert, status: null }, 'status'],
		[{ ...alert, id: '' }, 'id'],
		[{ value: [{ ...incident, status: 'merged' }] }, 'status'],
	],
});

describe('Microsoft Graph security', () => {
	test('the device, the user and what to do come from the evidence', () => {
		expect(only({})).toMatchObject({
			asset: { id: 'm-1', name: 'fs-02.tailwind.example' },
			user: { name: 'ada', email: 'ada@tailwind.example' },
			remediation: 'Scan the device.',
		});
	});

	test('an alert that is expected activity or a false positive, a person closed', () => {
		const over = (classification: string | null) =>
			only({ status: 'resolved', classification }).resolution?.reason;
		expect(
			['falsePositive', 'informationalExpectedActivity', 'truePositive', null].map(over),
		).toEqual(['manual', 'manual', 'remediated', 'remediated']);
	});

	test.each([
		['active', 'open'],
		['inProgress', 'open'],
		['awaitingAction', 'open'],
		['resolved', 'resolved'],
		['redirected', 'info'],
		['unknownFutureValue', 'info'],
	])('an incident that is %s is %s, a problem beside its alerts', (status, expected) => {
		const event = onlyEvent('graph-security', { ...incident, status });
		expect(event.status).toBe(expected);
		expect(event.dedupKey).not.toBe(only({ id: '77' }).dedupKey);
	});

	test('an alert of Defender for Endpoint is the same problem as that of Graph', () => {
		const own = {
			id: 'da1_-1',
			incidentId: 77,
			severity: 'Medium',
			status: 'New',
			classification: 'Unknown',
			title: 'Malware was found',
			category: 'Malware',
			alertCreationTime: '2026-05-04T07:58:00.75Z',
			lastUpdateTime: '2026-05-04T08:00:00.62Z',
			machineId: 'm-1',
			computerDnsName: 'fs-02.tailwind.example',
			aadTenantId: alert.tenantId,
		};
		const event = onlyEvent('detect', { value: [own] });
		expect(event).toMatchObject({
			dedupKey: only({}).dedupKey,
			status: 'open',
			severity: 'medium',
		});
		expect(event.asset.name).toBe('fs-02.tailwind.example');
		expect(onlyEvent('graph-security', { ...own, status: 'Resolved' }).status).toBe('resolved');
		expect(onlyEvent('graph-security', { ...own, severity: 'UnSpecified' }).severity).toBe(
			'unknown',
		);
	});
});
