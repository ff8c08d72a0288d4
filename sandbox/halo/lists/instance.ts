import type { HaloAnswer } from '../http/answers';
import type { HaloCall, HaloContext } from '../http/context';
import { requireAdministrator } from '../http/requirements';

/** `GET /AuthInfo`: the one call without a token. */
export function authInfo(context: HaloContext, tenant: string): HaloAnswer {
	return { status: 200, body: { auth_url: `${context.origin}/auth`, tenant_id: tenant } };
}

/** `GET /InstanceInfo`. */
export function instanceInfo(context: HaloContext): HaloAnswer {
	return {
		status: 200,
		body: {
			dbid: 1,
			app_name: 'Halo PSA',
			app_version: '2.214.1',
			database_version: '2.214.1',
			agent_count: context.state.agents.length,
			licensed_agent_count: context.state.agents.filter((agent) => !agent.isapiagent).length,
			agent_url: context.origin,
			portal_url: `${context.origin}/portal`,
			auth_url: `${context.origin}/auth`,
		},
	};
}

/**
 * Tabs, CustomButton: refused without administration rights, which is what a client must cope with; with them the
 * lists are empty.
 */
export function administrationList(_context: HaloContext, call: HaloCall): HaloAnswer {
	requireAdministrator(call.access);
	return { status: 200, body: [] };
}

/** Writes of the same: 403 without the rights, else an honest 501. */
export function administrationWrite(_context: HaloContext, call: HaloCall): HaloAnswer {
	requireAdministrator(call.access);
	return { status: 501, body: 'The simulator does not keep these records yet.' };
}
