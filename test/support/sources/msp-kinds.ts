import type { Kind } from '../../domain/sources/source-kinds';

/** One of each kind of record of the tools by which a service provider runs its customers' systems. */
export const MSP_KINDS: readonly Kind[] = [
	{
		source: 'tactical-rmm',
		of: 'alert',
		record: {
			tacticalrmm: 'failure',
			alert_id: '71',
			alert_type: 'check',
			severity: 'warning',
			message: 'Disk',
			alert_time: '2026-05-04T09:00:00Z',
			client: 'Tailwind Ltd',
			site: 'Main',
			agent_id: 'a-1',
			hostname: 'FS-02',
		},
		same: ['alert_type', 'severity', 'message', 'alert_time', 'site', 'agent_id', 'hostname'],
		other: ['alert_id'],
		word: 'tacticalrmm',
		over: ['resolved'],
	},
	{
		source: 'cipp',
		of: 'baseline',
		record: {
			schemaVersion: '1.0',
			source: 'Baselines',
			title: 'Baseline drift detected',
			tenant: 'tailwind.onmicrosoft.com',
			generatedAt: '2026-05-04T09:00:00.0000000Z',
			alertCount: 1,
			payload: {
				Event: 'Drift',
				Tenant: 'tailwind.onmicrosoft.com',
				Standard: 'DKIM',
				Baseline: 'Gold',
				Stage: 1,
				Differences: [],
			},
		},
		same: ['title', 'generatedAt', 'source', 'payload.Stage', 'payload.ConflictWith'],
		other: ['payload.Standard', 'payload.Baseline', 'payload.Tenant'],
		word: 'payload.Event',
		over: ['Remediated'],
	},
	{
		source: 'cipp',
		of: 'finding of an alert',
		record: {
			schemaVersion: '1.0',
			source: 'Alert',
			title: 'Alert',
			tenant: 'tailwind.onmicrosoft.com',
			generatedAt: '2026-05-04T09:00:00.0000000Z',
			alertCount: 1,
			payload: {
				tenant: 'tailwind.onmicrosoft.com',
				taskType: 'Alert',
				task: { name: 'Licences', command: 'Get-CIPPAlertExpiringLicenses', state: 'Running' },
				results: { Message: 'E3 expires', SkuId: 's-1', DaysUntilRenew: 12, CountUsed: 3 },
			},
		},
		same: [
			...['title', 'generatedAt', 'payload.task.name', 'payload.results.Message'],
			...['payload.results.DaysUntilRenew', 'payload.results.CountUsed'],
		],
		other: ['payload.results.SkuId', 'payload.task.command', 'payload.tenant'],
		word: 'payload.task.state',
		over: [],
	},
];
