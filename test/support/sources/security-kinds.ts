import type { Kind } from '../../domain/sources/source-kinds';

/** One of each kind of record of the tools that look for attackers. */
export const SECURITY_KINDS: readonly Kind[] = [
	{
		source: 'sophos',
		of: 'event',
		record: {
			id: 'e-1',
			customer_id: 't-1',
			type: 'Event::Endpoint::SavDisabled',
			name: 'Real time protection disabled',
			severity: 'medium',
			group: 'PROTECTION',
			endpoint_id: 'd-1',
			location: 'FS-02',
			when: '2026-05-04T09:12:33.000Z',
		},
		same: ['id', 'name', 'severity', 'group', 'location', 'when', 'source', 'description'],
		other: ['endpoint_id', 'customer_id'],
		word: 'type',
		over: ['Event::Endpoint::SavEnabled'],
	},
	{
		source: 'sentinelone',
		of: 'threat',
		record: {
			id: '991',
			threatInfo: {
				threatId: '991',
				threatName: 'mimi.exe',
				confidenceLevel: 'malicious',
				incidentStatus: 'unresolved',
				mitigationStatus: 'not_mitigated',
				updatedAt: '2026-05-04T09:12:33.148494Z',
			},
			agentDetectionInfo: { siteId: '55', siteName: 'Tailwind Ltd', agentIpV4: '10.0.0.5' },
			agentRealtimeInfo: { agentId: '88', agentComputerName: 'FS-02' },
		},
		same: [
			...['threatInfo.threatName', 'threatInfo.confidenceLevel', 'threatInfo.mitigationStatus'],
			...['threatInfo.updatedAt', 'agentRealtimeInfo.agentComputerName', 'id'],
		],
		other: ['threatInfo.threatId'],
		word: 'threatInfo.incidentStatus',
		over: ['resolved'],
	},
	{
		source: 'huntress',
		of: 'incident report',
		record: {
			event_type: 'incident_report.created',
			id: 48213,
			account: { id: 11 },
			organization: { id: 42, name: 'Tailwind Ltd' },
			agent_id: 9012,
			severity: 'critical',
			status: 'sent',
			subject: 'Incident on PC',
			summary: 'Found',
			updated_at: '2026-05-04T09:12:33Z',
		},
		same: ['agent_id', 'severity', 'subject', 'summary', 'updated_at', 'platform'],
		other: ['id', 'account.id'],
		word: 'status',
		over: ['closed', 'dismissed', 'partner_dismissed'],
	},
];
