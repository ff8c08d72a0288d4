import type { HaloAnswer } from '../http/answers';
import { notFound } from '../http/answers';
import type { HaloCall, HaloContext } from '../http/context';
import type { SimPriority, SimTicketType } from '../state/state';
import { typeFields } from '../tickets/ticket-type-fields';

/** The one approval process of the seed. */
const APPROVAL_PROCESS = 3;

/** Look-ups are bare arrays without paging; an agent without a role gets them empty. */
export function list(call: HaloCall, rows: readonly unknown[]): HaloAnswer {
	return { status: 200, body: call.access.rights.hasRole ? rows : [] };
}

/** `GET /TicketType`. */
export function listTicketTypes(context: HaloContext, call: HaloCall): HaloAnswer {
	const { query } = call;
	const all = query.flag('showall');
	const { onlyTicketTypes } = call.access.rights;
	const rows = context.state.ticketTypes
		.filter((type) => all || type.visible)
		.filter((type) => all || query.flag('showinactive') || !type.inactive)
		.filter((type) => !query.flag('can_create_only') || type.cancreate)
		.filter((type) => onlyTicketTypes === null || onlyTicketTypes.includes(type.id));
	return list(call, rows.map(ticketTypeRow));
}

/** `GET /TicketType/{id}`; its fields only with `includedetails=true`. */
export function getTicketType(context: HaloContext, call: HaloCall): HaloAnswer {
	const type = context.state.ticketTypes.find(({ id }) => id === Number(call.ids[0]));
	if (type === undefined) throw notFound();
	const details = call.query.flag('includedetails') ? { fields: typeFields(context, type) } : {};
	const approval = type.startsApproval ? APPROVAL_PROCESS : 0;
	const body = {
		...ticketTypeRow(type),
		workflow_id: type.workflow === undefined ? 0 : 1,
		workflow_name: type.workflow ?? '',
		statusaftertechupdate: type.statusAfterUpdate ?? 0,
		mustclosechildbeforeclosurebool: type.mustCloseChildren ?? false,
		approval_process_id: approval,
	};
	return { status: 200, body: { ...body, ...details } };
}

function ticketTypeRow(type: SimTicketType): Record<string, unknown> {
	return {
		id: type.id,
		guid: `7d1c0000-0000-4000-8000-${String(type.id).padStart(12, '0')}`,
		name: type.name,
		use: 'ticket',
		sequence: type.id,
		default_sla: type.default_sla,
		default_priority: type.default_priority,
		default_agent: type.default_agent,
		default_team: type.default_team,
		group_id: 1,
		group_name: 'Service Desk',
		cancreate: type.cancreate,
		agentscanselect: type.cancreate,
		visible: type.visible,
		itilrequesttype: 1,
	};
}

/** `GET /Status`: all kinds mixed; the `type` parameter does nothing. */
export function listStatuses(context: HaloContext, call: HaloCall): HaloAnswer {
	const rows = context.state.statuses
		.filter((status) => !(call.query.flag('excludeclosed') && status.closed))
		.map(({ id, name, type }, index) => ({
			id,
			guid: `57a70000-0000-4000-8000-${String(id).padStart(12, '0')}`,
			name,
			shortname: name,
			type,
			sequence: index + 1,
			colour: '#555555',
			slaaction: 'N',
		}));
	return list(call, rows);
}

/** `GET /Priority`: one row per priority of each SLA; `id` is a GUID, tickets take `priorityid`. */
export function listPriorities(context: HaloContext, call: HaloCall): HaloAnswer {
	const slaId = call.query.number('slaid');
	const rows = context.state.priorities.filter((row) => slaId === null || row.slaid === slaId);
	return list(call, rows.map(priorityRow));
}

function priorityRow({ guid, ...row }: SimPriority): Record<string, unknown> {
	return { id: guid, ...row, fixunits: 'H', responseunits: 'H' };
}

/** `GET /SLA`; priorities only with `showpriorities=true`. */
export function listSlas(context: HaloContext, call: HaloCall): HaloAnswer {
	const rows = context.state.slas.map(({ id, name }) => ({
		id,
		guid: `51a00000-0000-4000-8000-${String(id).padStart(12, '0')}`,
		name,
		workday_id: 1,
		...(call.query.flag('showpriorities')
			? {
					priorities: context.state.priorities
						.filter((priority) => priority.slaid === id)
						.map(priorityRow),
				}
			: {}),
	}));
	return list(call, rows);
}

/** `GET /Team`; `type` narrows to reqs, opps or prjs. */
export function listTeams(context: HaloContext, call: HaloCall): HaloAnswer {
	const { query } = call;
	const kind = query.text('type');
	const rows = context.state.teams
		.filter((team) => !team.inactive || query.flag('includedisabled') || query.flag('showall'))
		.filter((team) => kind === null || team.kind === kind)
		.map((team) => ({
			id: team.id,
			guid: `7ea30000-0000-4000-8000-${String(team.id).padStart(12, '0')}`,
			name: team.name,
			sequence: team.id,
			forrequests: team.kind === 'reqs',
			foropps: team.kind === 'opps',
			forprojects: team.kind === 'prjs',
			department_id: 1,
			department_name: 'Support',
			inactive: team.inactive,
		}));
	return list(call, rows);
}

/** `GET /Category?type_id=`: `type_id` 1 to 4 is the category field that a row belongs to. */
export function listCategories(context: HaloContext, call: HaloCall): HaloAnswer {
	const typeId = call.query.number('type_id');
	const rows = context.state.categories
		.filter((category) => typeId === null || category.type_id === typeId)
		.map(({ id, type_id, value }) => ({
			id,
			guid: `ca7e0000-0000-4000-8000-${String(id).padStart(12, '0')}`,
			value,
			category_name: value,
			type_id,
			sla_id: 0,
			priority_id: 0,
		}));
	return list(call, rows);
}

/** `GET /Lookup?lookupid=`. */
export function listLookup(context: HaloContext, call: HaloCall): HaloAnswer {
	const lookupid = call.query.number('lookupid');
	const wanted = [...context.state.lookups].filter(([id]) => lookupid === null || id === lookupid);
	const rows = wanted.flatMap(([id, values]) => values.map((row) => ({ lookupid: id, ...row })));
	return list(call, rows);
}

/** `GET /Outcome`: hidden ones (Halo's own) only when asked for. */
export function listOutcomes(context: HaloContext, call: HaloCall): HaloAnswer {
	const { query } = call;
	const rows = context.state.outcomes
		.filter((outcome) => !outcome.hidden || query.flag('showhidden'))
		.filter((outcome) => outcome.systemid === 0 || !query.flag('excludesystemactions'))
		.map((outcome) => ({
			...outcome,
			guid: `0c000000-0000-4000-8000-${String(outcome.id).padStart(12, '0')}`,
			buttonname: outcome.outcome,
			labellong: outcome.outcome,
			sequence: outcome.id,
			workflow_id: 0,
			requesttype: 0,
		}));
	return list(call, rows);
}

/** `GET /FieldInfo?typeid=`; picked values only with `includevalues=true`. */
export function listFields(context: HaloContext, call: HaloCall): HaloAnswer {
	const typeId = call.query.number('typeid');
	const rows = context.state.fields
		.filter((field) => typeId === null || field.typeid === typeId)
		.map(({ values, ...field }) => ({
			...field,
			inputtype: 0,
			usage: field.typeid,
			mandatory: false,
			readonly: false,
			searchable: true,
			...(call.query.flag('includevalues') ? { values } : {}),
		}));
	return list(call, rows);
}
