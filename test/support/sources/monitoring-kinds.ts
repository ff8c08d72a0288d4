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
];
