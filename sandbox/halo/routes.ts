import { deleteAction, getAction, listActions, postActions } from './tickets/actions';
import { getAgent, getMe, listAgents } from './lists/agents';
import type { HaloAnswer } from './http/answers';
import { getAsset, listAssets, postAssets } from './lists/assets';
import { listAttachments, postAttachments } from './tickets/attachments';
import { getClient, listClients, postClients } from './lists/clients';
import type { HaloCall, HaloContext } from './http/context';
import { administrationList, administrationWrite, instanceInfo } from './lists/instance';
import * as lookups from './lists/lookups';
import { getSite, getUser, listSites, listUsers } from './lists/sites-users';
import { listTickets } from './tickets/ticket-list';
import { deleteTicket, getTicket, postTickets } from './tickets/tickets';
import * as webhooks from './webhooks/webhook-routes';

export type Handler = (context: HaloContext, call: HaloCall) => HaloAnswer | Promise<HaloAnswer>;

interface Route {
	method: 'GET' | 'POST' | 'DELETE';
	pattern: RegExp;
	handler: Handler;
}

/** `/Name/{id}` as a pattern, in any case; `{id}` is a whole number, which may be negative. */
function route(method: Route['method'], path: string, handler: Handler): Route {
	const source = path.replace(/\{id\}/g, '(-?\\d+)').replace(/\{any\}/g, '([^/]+)');
	return { method, pattern: new RegExp(`^${source}/?$`, 'i'), handler };
}

const ADMINISTRATION = ['Tabs', 'CustomButton'];

const ROUTES: readonly Route[] = [
	route('GET', '/Tickets', listTickets),
	route('POST', '/Tickets', postTickets),
	route('GET', '/Tickets/{id}', getTicket),
	route('DELETE', '/Tickets/{id}', deleteTicket),
	route('GET', '/Actions', listActions),
	route('POST', '/Actions', postActions),
	route('GET', '/Actions/{id}', getAction),
	route('DELETE', '/Actions/{id}', deleteAction),
	route('GET', '/Client', listClients),
	route('POST', '/Client', postClients),
	route('GET', '/Client/{id}', getClient),
	route('GET', '/Site', listSites),
	route('GET', '/Site/{id}', getSite),
	route('GET', '/Users', listUsers),
	route('GET', '/Users/{id}', getUser),
	route('GET', '/Asset', listAssets),
	route('POST', '/Asset', postAssets),
	route('GET', '/Asset/{id}', getAsset),
	route('GET', '/Attachment', listAttachments),
	route('POST', '/Attachment', postAttachments),
	route('GET', '/Agent', listAgents),
	route('GET', '/Agent/me', getMe),
	route('GET', '/Agent/{id}', getAgent),
	route('GET', '/TicketType', lookups.listTicketTypes),
	route('GET', '/TicketType/{id}', lookups.getTicketType),
	route('GET', '/Status', lookups.listStatuses),
	route('GET', '/Priority', lookups.listPriorities),
	route('GET', '/SLA', lookups.listSlas),
	route('GET', '/Team', lookups.listTeams),
	route('GET', '/Category', lookups.listCategories),
	route('GET', '/Lookup', lookups.listLookup),
	route('GET', '/Outcome', lookups.listOutcomes),
	route('GET', '/FieldInfo', lookups.listFields),
	route('GET', '/InstanceInfo', instanceInfo),
	route('GET', '/Webhook', webhooks.listWebhooks),
	route('POST', '/Webhook', webhooks.postWebhooks),
	route('GET', '/Webhook/{any}', webhooks.getWebhook),
	route('DELETE', '/Webhook/{any}', webhooks.deleteWebhook),
	route('GET', '/Notification', webhooks.listNotifications),
	route('POST', '/Notification', webhooks.postNotifications),
	route('DELETE', '/Notification/{id}', webhooks.deleteNotification),
	route('GET', '/WebhookEvent', webhooks.listWebhookEvents),
	route('POST', '/WebhookEvent', webhooks.resendWebhookEvents),
	...ADMINISTRATION.flatMap((name) => [
		route('GET', `/${name}`, administrationList),
		route('POST', `/${name}`, administrationWrite),
		route('GET', `/${name}/{any}`, administrationWrite),
		route('DELETE', `/${name}/{any}`, administrationWrite),
	]),
];

/** The handler for a method and a path below `/api`; a path that exists with other methods only says so. */
export function findRoute(
	method: string,
	path: string,
): { handler: Handler; ids: string[] } | 'other-method' | null {
	const onPath = ROUTES.filter(({ pattern }) => pattern.test(path));
	const found = onPath.find((candidate) => candidate.method === method);
	if (found === undefined) return onPath.length > 0 ? 'other-method' : null;
	return { handler: found.handler, ids: [...(found.pattern.exec(path) ?? [])].slice(1) };
}
