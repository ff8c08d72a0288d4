import type { Kind } from '../../domain/sources/source-kinds';

/** One of each kind of record of the tools that watch whether something works. */
export const MONITORING_KINDS: readonly Kind[] = [
	{
		source: 'uptime-kuma',
		of: 'beat',
		record: {
			heartbeat: {
				monitorID: 31,
				status: 0,
				time: '2026-05-04 09:12:33.412',
				msg: 'Request failed with status code 502',
				ping: null,
			},
			monitor: {
				id: 31,
				name: 'Portal',
				type: 'http',
				url: 'https://portal.tailwind.example/',
				hostname: null,
				tags: [{ name: 'company', value: 'Tailwind Ltd' }],
			},
			msg: '[Portal] [🔴 Down] Request failed with status code 502',
		},
		same: [
			'heartbeat.time',
			'heartbeat.msg',
			'monitor.name',
			'monitor.url',
			'monitor.hostname',
			'msg',
		],
		other: ['heartbeat.monitorID'],
		word: 'heartbeat.status',
		over: ['1'],
	},
	{
		source: 'zabbix',
		of: 'event',
		record: {
			sent_by: 'zabbix',
			sent_at: '2026-05-04T09:12:33.412Z',
			event_id: '482911',
			event_source: '0',
			event_value: '1',
			event_update_status: '0',
			event_name: 'Disk C: is 97 % full',
			event_nseverity: '4',
			event_tags: '[{"tag":"company","value":"Tailwind Ltd"}]',
			host_id: '10643',
			host_name: 'srv-01',
			trigger_id: '23981',
		},
		same: [
			...['sent_at', 'event_name', 'event_nseverity', 'event_opdata', 'host_name', 'host_id'],
			'trigger_id',
		],
		other: ['event_id'],
		word: 'event_value',
		over: ['0'],
	},
];
