import type { HaloAnswer } from './http/answers';
import { FAULT_NAMES, type FaultName, type FaultRule } from './http/faults';
import type { Simulation } from './simulation';
import { ticketDetail } from './tickets/ticket-rows';
import { DEFAULT_SWITCHES } from './state/switches';

/** The control routes below `/__admin`, for other processes. They are in no journal and meet no fault. */
export function handleAdmin(
	simulation: Simulation,
	method: string,
	url: URL,
	body: unknown,
): HaloAnswer {
	const route = `${method} ${url.pathname.replace(/^\/__admin/, '').replace(/\/$/, '')}`;
	const record = typeof body === 'object' && body !== null ? body : {};
	try {
		return { status: 200, body: answerFor(simulation, route, url, record) };
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		return { status: error instanceof UnknownRoute ? 404 : 400, body: { error: error.message } };
	}
}

class UnknownRoute extends Error {}

function answerFor(simulation: Simulation, route: string, url: URL, body: object): unknown {
	const { journal, context, faults, clock } = simulation;
	switch (route) {
		case 'GET /journal': {
			const after = Number(url.searchParams.get('after') ?? 0);
			return journal.filter(({ sequence }) => sequence > after);
		}
		case 'DELETE /journal':
			journal.length = 0;
			return { ok: true };
		case 'GET /tickets': {
			const wanted = (url.searchParams.get('summary') ?? '').toLowerCase();
			return context.state.tickets
				.filter((ticket) => ticket.summary.toLowerCase().includes(wanted))
				.map((ticket) => ({ ...ticketDetail(context, ticket), actions: ticket.actions }));
		}
		case 'GET /mails':
			return context.state.mails;
		case 'GET /clients':
			return context.state.clients;
		case 'GET /deliveries':
			return context.state.hooks.log;
		case 'GET /failures':
			return simulation.failures;
		case 'POST /reset':
			simulation.reset();
			return { ok: true };
		case 'GET /clock':
			return { now: new Date(clock.now()).toISOString() };
		case 'POST /clock':
			return setClock(simulation, body);
		case 'GET /switches':
			return simulation.switches;
		case 'POST /switches':
			return setSwitches(simulation, body);
		case 'GET /rights':
			return context.state.rights;
		case 'POST /rights':
			return Object.assign(context.state.rights, body);
		case 'POST /scopes':
			context.state.application.scopes = strings(Reflect.get(body, 'scopes'));
			return { scopes: context.state.application.scopes };
		case 'GET /faults':
			return faults.list();
		case 'POST /faults':
			return { id: faults.add(readFault(body)).id };
		case 'DELETE /faults':
			faults.clear();
			return { ok: true };
		case 'POST /technician':
			return work(simulation, body);
		default:
			throw new UnknownRoute(`No such admin route: ${route}`);
	}
}

function setClock(simulation: Simulation, body: object): unknown {
	const { clock } = simulation;
	const set: unknown = Reflect.get(body, 'set');
	const advance: unknown = Reflect.get(body, 'advanceMs');
	if (typeof set === 'string' || typeof set === 'number') clock.set(set);
	if (typeof advance === 'number') clock.advance(advance);
	if (Reflect.get(body, 'follow') === true) clock.follow();
	return { now: new Date(clock.now()).toISOString() };
}

function setSwitches(simulation: Simulation, body: object): unknown {
	for (const [name, value] of Object.entries(body)) {
		if (!Object.hasOwn(DEFAULT_SWITCHES, name)) throw new RangeError(`No such switch: ${name}`);
		const known: unknown = Reflect.get(DEFAULT_SWITCHES, name);
		if (typeof value !== typeof known) {
			throw new TypeError(`Switch ${name} takes a ${typeof known}, not ${JSON.stringify(value)}`);
		}
		Reflect.set(simulation.switches, name, value);
	}
	return simulation.switches;
}

function readFault(body: object): FaultRule {
	const name: unknown = Reflect.get(body, 'name');
	const known = FAULT_NAMES.find((candidate: FaultName) => candidate === name);
	if (known === undefined) {
		throw new RangeError(`No such fault: ${String(name)}. There are: ${FAULT_NAMES.join(', ')}`);
	}
	const rule: FaultRule = { name: known };
	const method: unknown = Reflect.get(body, 'method');
	const path: unknown = Reflect.get(body, 'path');
	const message: unknown = Reflect.get(body, 'message');
	const times: unknown = Reflect.get(body, 'times');
	const retryAfter: unknown = Reflect.get(body, 'retryAfter');
	if (typeof method === 'string') rule.method = method;
	if (typeof path === 'string') rule.path = path;
	if (typeof message === 'string') rule.message = message;
	if (typeof times === 'number' || times === 'always') rule.times = times;
	if (retryAfter === 'none' || retryAfter === 'seconds' || retryAfter === 'date') {
		rule.retryAfter = retryAfter;
	}
	for (const member of ['skip', 'ms', 'retryAfterSeconds'] as const) {
		const value: unknown = Reflect.get(body, member);
		if (typeof value === 'number') rule[member] = value;
	}
	return rule;
}

/** `{ do: 'note', ticketId, … }`: what a technician does at the screen. */
function work(simulation: Simulation, body: object): unknown {
	const { technician } = simulation;
	const text = (name: string): string => String(Reflect.get(body, name) ?? '');
	const number = (name: string): number => Number(Reflect.get(body, name) ?? 0);
	const fields: unknown = Reflect.get(body, 'fields');
	const change = typeof fields === 'object' && fields !== null ? fields : {};
	const ticketId = number('ticketId');
	switch (Reflect.get(body, 'do')) {
		case 'create':
			return {
				ticketId: technician.create({
					...change,
					summary: text('summary'),
					client_id: number('clientId'),
				}),
			};
		case 'note':
			technician.note(ticketId, text('note'));
			break;
		case 'edit':
			technician.edit(ticketId, change);
			break;
		case 'close':
			technician.close(ticketId);
			break;
		case 'reopen':
			technician.reopen(ticketId);
			break;
		case 'merge':
			technician.merge(ticketId, number('intoId'));
			break;
		case 'delete':
			technician.delete(ticketId);
			break;
		case 'renameTeam':
			technician.renameTeam(text('from'), text('to'));
			break;
		default:
			throw new RangeError(
				'Name in `do`: create, note, edit, close, reopen, merge, delete, renameTeam.',
			);
	}
	return { ok: true };
}

function strings(value: unknown): string[] {
	if (!Array.isArray(value)) throw new TypeError('`scopes` takes a list of texts.');
	return value.map(String);
}
