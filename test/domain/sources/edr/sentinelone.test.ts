import { parsePayload } from '../../../../nodes/shared/domain/sources/parse-payload';
import { describeMatrix, onlyEvent } from '../../../support/sources/matrix';

const threatInfo = {
	threatId: '991',
	threatName: 'mimi.exe',
	classification: 'Trojan',
	confidenceLevel: 'suspicious',
	incidentStatus: 'unresolved',
	mitigationStatus: 'not_mitigated',
	analystVerdict: 'undefined',
	automaticallyResolved: false,
	identifiedAt: '2026-05-04T07:59:00.551000Z',
	updatedAt: '2026-05-04T08:00:00.148494Z',
	sha1: 'cc76ef37e1aae0c2c8b10f9300f249ebefcb3835',
	filePath: '\\Device\\HarddiskVolume3\\mimi.exe',
};
const agentDetectionInfo = {
	accountId: '1',
	accountName: 'MSP Ltd',
	agentUuid: 'u-1',
	agentIpV4: '10.7.0.4,192.168.2.69',
	agentLastLoggedInUserName: 'ada',
	siteId: '55',
	siteName: 'Tailwind Toys',
	groupName: 'Default Group',
};
const agentRealtimeInfo = { agentId: '88', agentComputerName: 'FS-02', accountName: 'MSP Ltd' };
const row = { id: '991', threatInfo, agentDetectionInfo, agentRealtimeInfo };
const threat = (changes: object) => ({ ...row, threatInfo: { ...threatInfo, ...changes } });
const site = (siteId: string | null, siteName: string | null) => ({
	...row,
	agentDetectionInfo: { ...agentDetectionInfo, siteId, siteName },
});
const only = (changes: object) => onlyEvent('sentinelone', threat(changes));

describeMatrix({
	source: 'sentinelone',
	open: { data: [row], pagination: { nextCursor: null, totalItems: 1 } },
	repeat: {
		...threat({
			incidentStatus: 'in_progress',
			mitigationStatus: 'mitigated',
			confidenceLevel: 'malicious',
			updatedAt: '2026-05-04T08:30:00Z',
		}),
		agentRealtimeInfo: { ...agentRealtimeInfo, agentComputerName: 'RENAMED' },
	},
	end: threat({ incidentStatus: 'resolved', analystVerdict: 'true_positive' }),
	otherProblem: threat({ threatId: '992' }),
	otherCompany: site('56', 'Fabrikam'),
	noCompany: site(null, ''),
	damaged: [
		[threat({ incidentStatus: 'mitigated' }), 'threatInfo.incidentStatus'],
		[threat({ incidentStatus: null }), 'threatInfo.incidentStatus'],
		[{ ...threat({ threatId: null }), id: '' }, 'threatInfo.threatId'],
		[{ id: '1', agentDetectionInfo }, 'threatInfo'],
		[{ alertInfo: { incidentStatus: 'Unresolved' }, agentDetectionInfo }, 'alertInfo.alertId'],
	],
});

describe('SentinelOne', () => {
	test('a mitigated threat is not over until it is resolved', () => {
		expect(only({ mitigationStatus: 'mitigated' }).status).toBe('open');
		expect(only({ mitigationStatus: 'not_mitigated', incidentStatus: 'resolved' }).status).toBe(
			'resolved',
		);
	});

	test('who resolved it: the policy, or a person', () => {
		const over = { incidentStatus: 'resolved' };
		expect(only(over).resolution?.reason).toBe('manual');
		expect(only({ ...over, automaticallyResolved: true }).resolution?.reason).toBe('remediated');
	});

	test.each([
		['malicious', 'high'],
		['Suspicious', 'medium'],
		['n/a', 'unknown'],
	])('%s is %s', (confidenceLevel, severity) => {
		expect(only({ confidenceLevel }).severity).toBe(severity);
	});

	test('the site is the customer, the account is not', () => {
		expect(only({}).company).toMatchObject({ id: '55', name: 'Tailwind Toys' });
	});

	test('ids beyond 2^53 keep all their digits', () => {
		const text = JSON.stringify(threat({ threatId: 'X' })).replace('"X"', '1429600455345937931');
		const event = onlyEvent('sentinelone', parsePayload(text, 'sentinelone'));
		expect(event.dedupKey).toBe('v1|sentinelone|-|threat/1429600455345937931|-');
	});

	test('an alert of a custom rule has the severity of its rule', () => {
		const alert = {
			alertInfo: { alertId: '7', incidentStatus: 'Unresolved', createdAt: '2026-05-04T08:00:00Z' },
			ruleInfo: { id: '3', name: 'Shadow copies deleted', severity: 'Critical' },
			agentDetectionInfo: { siteId: '55', name: 'FS-02', uuid: 'u-1' },
			sourceProcessInfo: { commandline: 'vssadmin delete shadows', user: 'ada' },
		};
		const open = onlyEvent('sentinelone', alert);
		expect(open).toMatchObject({
			status: 'open',
			severity: 'critical',
			title: 'Shadow copies deleted on FS-02',
			company: { id: '55', name: null },
		});
		const over = { ...alert, alertInfo: { ...alert.alertInfo, incidentStatus: 'Resolved' } };
		expect(onlyEvent('sentinelone', over)).toMatchObject({
			status: 'resolved',
			dedupKey: open.dedupKey,
		});
		const looked = { ...alert, alertInfo: { ...alert.alertInfo, incidentStatus: 'In progress' } };
		expect(onlyEvent('sentinelone', looked).status).toBe('open');
	});
});
