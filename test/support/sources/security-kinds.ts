import type { Kind } from '../../domain/sources/source-kinds';

/** One of each kind of record of the tools that look for attackers. */
export const SECURITY_KINDS: readonly Kind[] = [
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
