import type { HaloAnswer } from '../http/answers';
import { notFound } from '../http/answers';
import type { HaloCall, HaloContext } from '../http/context';
import { list } from './lookups';
import type { SimAgent } from '../state/state';

/** `GET /Agent`: API agents and disabled ones only when asked for; without a default team only oneself. */
export function listAgents(context: HaloContext, call: HaloCall): HaloAnswer {
	const { query, access } = call;
	const asked = (name: string, otherwise: boolean) =>
		query.has(name) ? query.flag(name) : otherwise;
	const term = query.text('search')?.toLowerCase();
	const teamId = query.number('team_id');
	const rows = context.state.agents
		.filter((agent) => access.rights.hasDefaultTeam || agent.id === access.agentId)
		.filter((agent) =>
			asked(agent.isdisabled ? 'includedisabled' : 'includeenabled', !agent.isdisabled),
		)
		.filter((agent) => !agent.isapiagent || query.flag('includeapiagents'))
		.filter((agent) => agent.id !== 1 || asked('includeunassigned', true))
		.filter((agent) => teamId === null || agent.teams.includes(teamId))
		.filter(
			(agent) => term === undefined || `${agent.name} ${agent.email}`.toLowerCase().includes(term),
		)
		.map((agent) => agentRow(context, agent));
	const paged = query.flag('pageinate');
	return paged ? { status: 200, body: { results: rows } } : list(call, rows);
}

/** `GET /Agent/me`: the agent that the application logs in as. */
export function getMe(context: HaloContext, call: HaloCall): HaloAnswer {
	const agent = context.state.agents.find(({ id }) => id === call.access.agentId);
	if (agent === undefined) throw notFound();
	return { status: 200, body: agentRow(context, agent) };
}

/** `GET /Agent/{id}`. */
export function getAgent(context: HaloContext, call: HaloCall): HaloAnswer {
	const agent = context.state.agents.find(({ id }) => id === Number(call.ids[0]));
	if (agent === undefined) throw notFound();
	return { status: 200, body: agentRow(context, agent) };
}

function agentRow(context: HaloContext, agent: SimAgent): Record<string, unknown> {
	const [firstname = '', ...rest] = agent.name.split(' ');
	const teams = agent.teams.flatMap((id) => {
		const team = context.state.teams.find((row) => row.id === id);
		return team === undefined ? [] : [{ team_id: id, team_name: team.name, forrequests: true }];
	});
	return {
		id: agent.id,
		name: agent.name,
		email: agent.email,
		isdisabled: agent.isdisabled,
		isapiagent: agent.isapiagent,
		initials: `${firstname.charAt(0)}${rest.join(' ').charAt(0)}`,
		firstname,
		surname: rest.join(' '),
		team: teams[0]?.team_name ?? '',
		teams,
		colour: '#2b6cb0',
		jobtitle: '',
		onlinestatus: 0,
	};
}
