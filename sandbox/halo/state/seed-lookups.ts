import type {
	HaloState,
	SimAgent,
	SimField,
	SimLookup,
	SimOutcome,
	SimPriority,
	SimStatus,
	SimTeam,
	SimTicketType,
} from './state';

const NO_TEMPLATE = { inactive: false, startsApproval: false, template: null };
const STANDARD = {
	default_sla: 1,
	default_priority: 3,
	default_team: 'Service Desk',
	default_agent: 1,
	default_status: 1,
};

function ticketTypes(): SimTicketType[] {
	return [
		{ id: 1, name: 'Incident', ...STANDARD, cancreate: true, visible: true, ...NO_TEMPLATE },
		{ id: 2, name: 'Service Request', ...STANDARD, cancreate: true, visible: true, ...NO_TEMPLATE },
		{
			id: 3,
			name: 'Internal Project Task',
			...STANDARD,
			cancreate: false,
			visible: false,
			...NO_TEMPLATE,
		},
		{
			id: 4,
			name: 'Change Request',
			...STANDARD,
			cancreate: true,
			visible: true,
			inactive: false,
			startsApproval: true,
			template: null,
		},
		{
			id: 5,
			name: 'Monitoring Alert',
			...STANDARD,
			cancreate: true,
			visible: true,
			inactive: false,
			startsApproval: false,
			template: { priority_id: 4, team: 'Network' },
		},
		{
			id: 6,
			name: 'Retired Request',
			...STANDARD,
			cancreate: true,
			visible: true,
			inactive: true,
			startsApproval: false,
			template: null,
		},
	];
}

function statuses(): SimStatus[] {
	return [
		{ id: 1, name: 'New', type: 0, closed: false },
		{ id: 2, name: 'In Progress', type: 0, closed: false },
		{ id: 4, name: 'With User', type: 0, closed: false },
		{ id: 5, name: 'With Supplier', type: 0, closed: false },
		{ id: 9, name: 'Closed', type: 0, closed: true },
		{ id: 23, name: 'Risk Accepted', type: 0, closed: true },
		{ id: 31, name: 'Quote Sent', type: 1, closed: false },
		{ id: 32, name: 'New', type: 3, closed: false },
	];
}

function priority(
	slaid: number,
	priorityid: number,
	name: string,
	fixtime: number,
	ishidden = false,
): SimPriority {
	const serial = String(slaid * 100 + priorityid).padStart(12, '0');
	return {
		guid: `5a0f1c3e-0000-4000-8000-${serial}`,
		slaid,
		priorityid,
		name,
		ishidden,
		fixtime,
		responsetime: Math.max(1, Math.round(fixtime / 4)),
		colour: '#3fa9f5',
	};
}

function priorities(): SimPriority[] {
	return [
		priority(1, 1, 'Critical', 4),
		priority(1, 2, 'High', 8),
		priority(1, 3, 'Medium', 24),
		priority(1, 4, 'Low', 72),
		priority(1, 5, 'Planned Work', 240, true),
		priority(2, 1, 'P1 Emergency', 1),
		priority(2, 2, 'P2 Urgent', 4),
		priority(2, 3, 'P3 Normal', 16),
		priority(2, 4, 'P4 Minor', 40),
	];
}

function teams(): SimTeam[] {
	return [
		{ id: 1, name: 'Service Desk', inactive: false, kind: 'reqs' },
		{ id: 2, name: 'Security', inactive: false, kind: 'reqs' },
		{ id: 3, name: 'Network', inactive: false, kind: 'reqs' },
		{ id: 4, name: 'Sales', inactive: false, kind: 'opps' },
		{ id: 5, name: 'Night Shift', inactive: true, kind: 'reqs' },
	];
}

function agents(): SimAgent[] {
	const person = { isdisabled: false, isapiagent: false };
	return [
		{ id: 1, name: 'Unassigned', email: '', ...person, teams: [1] },
		{ id: 2, name: 'Alex Rivera', email: 'alex.rivera@msp.example', ...person, teams: [1] },
		{ id: 3, name: 'Sam Okafor', email: 'Sam.Okafor@msp.example', ...person, teams: [1, 2] },
		{
			id: 4,
			name: 'Kim Lind',
			email: 'kim.lind@msp.example',
			isdisabled: true,
			isapiagent: false,
			teams: [3],
		},
		{
			id: 9,
			name: 'Scanner Bridge',
			email: 'scanner-bridge@msp.example',
			isdisabled: false,
			isapiagent: true,
			teams: [1, 2, 3],
		},
	];
}

function categories(): HaloState['categories'] {
	const first = [
		'Security',
		'Security>Vulnerability',
		'Security>Patching',
		'Security>Ports',
		'Security>Identity',
		'Monitoring',
		'Monitoring>Disk',
	];
	const second = ['Endpoint', 'Endpoint>Server', 'Network>Firewall'];
	return [
		...first.map((value, index) => ({ id: 61 + index, type_id: 1, value })),
		...second.map((value, index) => ({ id: 81 + index, type_id: 2, value })),
	];
}

function lookup(...names: string[]): SimLookup[] {
	return names.map((name, index) => ({
		id: index + 1,
		name,
		sequence: index + 1,
		inactive: false,
	}));
}

/** Ids of the outcomes that Halo itself uses when a ticket is logged, changed or re-assigned. */
export const SYSTEM_OUTCOMES = { logged: 90, statusChanged: 91, reassigned: 92, updated: 93 };

function outcomes(): SimOutcome[] {
	const plain = { sendemail: false, newstatus: 0, hidden: false, systemid: 0 };
	const system = { hidefromuser: true, sendemail: false, newstatus: 0, hidden: true };
	return [
		{ id: 7, outcome: 'Internal Note', hidefromuser: true, ...plain },
		{ id: 8, outcome: 'Note', hidefromuser: false, ...plain },
		{ id: 2, outcome: 'Email User', hidefromuser: false, ...plain, sendemail: true },
		{ id: 12, outcome: 'Close Ticket', hidefromuser: false, ...plain, newstatus: 9 },
		{ id: SYSTEM_OUTCOMES.logged, outcome: 'Ticket Logged', ...system, systemid: 1 },
		{ id: SYSTEM_OUTCOMES.statusChanged, outcome: 'Changed Status', ...system, systemid: 2 },
		{ id: SYSTEM_OUTCOMES.reassigned, outcome: 'Re-Assign', ...system, systemid: 3 },
		{ id: SYSTEM_OUTCOMES.updated, outcome: 'Updated', ...system, systemid: 4 },
	];
}

function fields(): SimField[] {
	return [
		{
			id: 205,
			typeid: 1,
			name: 'CFscannerReference',
			label: 'Scanner reference',
			type: 0,
			values: [],
		},
		{
			id: 206,
			typeid: 1,
			name: 'CFscannerSeverity',
			label: 'Scanner severity',
			type: 2,
			values: [
				{ id: 1, name: 'Critical' },
				{ id: 2, name: 'High' },
				{ id: 3, name: 'Medium' },
				{ id: 4, name: 'Low' },
			],
		},
		{ id: 278, typeid: 2, name: 'CFscannerCompany', label: 'Scanner company', type: 0, values: [] },
	];
}

/** The tenant's set-up lists: types, statuses, priorities, teams, agents, categories and the like. */
export function seedLookups(): Pick<
	HaloState,
	| 'ticketTypes'
	| 'statuses'
	| 'slas'
	| 'priorities'
	| 'teams'
	| 'agents'
	| 'categories'
	| 'lookups'
	| 'outcomes'
	| 'fields'
> {
	return {
		ticketTypes: ticketTypes(),
		statuses: statuses(),
		slas: [
			{ id: 1, name: 'Standard SLA' },
			{ id: 2, name: 'Gold SLA' },
		],
		priorities: priorities(),
		teams: teams(),
		agents: agents(),
		categories: categories(),
		lookups: new Map([
			[12, lookup('Company Wide', 'Multiple Users Affected', 'Single User Affected')],
			[22, lookup('E-mail', 'Web', 'Phone', 'Monitoring', 'API')],
			[27, lookup('High', 'Medium', 'Low')],
		]),
		outcomes: outcomes(),
		fields: fields(),
	};
}
