import { randomUUID } from 'node:crypto';

import { type HaloAnswer, notFound, refuse } from '../http/answers';
import { type Draft, readRecords, writeAnswer } from '../http/body';
import type { HaloCall, HaloContext } from '../http/context';
import { requireAdministrator } from '../http/requirements';
import type { SimCondition, SimNotification, SimWebhook } from '../state/webhook-state';

/** The delivery method "webhook" of a notification. */
const TO_WEBHOOK = 6;
/** "Ticket updated" is told by what was changed, so it needs to be told what to look at. */
const UPDATED = 61;

/** A webhook as it is read out: its secret never is. */
function webhookRow(context: HaloContext, hook: SimWebhook, details: boolean): object {
	const row = { ...hook, basic_password: '' };
	const events = context.state.hooks.notifications.filter(
		({ webhook_id }) => webhook_id === hook.id,
	);
	return details ? { ...row, events } : row;
}

function findWebhook(context: HaloContext, id: string): SimWebhook {
	const hook = context.state.hooks.webhooks.find((row) => row.id === id.toLowerCase());
	if (hook === undefined) throw notFound();
	return hook;
}

/** `GET /Webhook`: a bare array; `type` 0 = webhooks, 1 = runbooks. */
export function listWebhooks(context: HaloContext, call: HaloCall): HaloAnswer {
	requireAdministrator(call.access);
	const type = call.query.number('type');
	const rows = context.state.hooks.webhooks.filter((hook) => type === null || hook.type === type);
	return { status: 200, body: rows.map((hook) => webhookRow(context, hook, false)) };
}

/** `GET /Webhook/{guid}`: with its events when `includedetails` is asked for. */
export function getWebhook(context: HaloContext, call: HaloCall): HaloAnswer {
	requireAdministrator(call.access);
	const hook = findWebhook(context, call.ids[0] ?? '');
	return { status: 200, body: webhookRow(context, hook, call.query.flag('includedetails')) };
}

/** `POST /Webhook`: creates what has no id, changes what has one; `_test` sends a delivery to try it. */
export function postWebhooks(context: HaloContext, call: HaloCall): HaloAnswer {
	requireAdministrator(call.access);
	let created = false;
	const written = readRecords(call.body).map((draft) => {
		const id = draft.text('id') ?? '';
		const stored = id === '' ? newWebhook() : findWebhook(context, id);
		const hook = Object.assign(stored, webhookFields(draft, stored));
		if (hook.url.trim() === '' || hook.name.trim() === '') {
			throw refuse('Please complete the following fields: Name, Payload URL');
		}
		if (id === '') {
			created = true;
			context.state.hooks.webhooks.push(hook);
		}
		if (draft.flag('_test') === true) context.deliveries.test(hook);
		return webhookRow(context, hook, false);
	});
	const { createStatus, wrapSingle } = context.switches;
	return writeAnswer(created ? createStatus : 200, call.query, written, wrapSingle);
}

function newWebhook(): SimWebhook {
	return {
		id: randomUUID(),
		name: '',
		note: '',
		url: '',
		active: true,
		disabled: false,
		type: 0,
		content_type: 'application/json',
		authentication_type: 0,
		authentication_header: '',
		basic_username: '',
		basic_password: '',
		signature_prefix: '',
		payload_type: 0,
		batch_method: 0,
		batch_delay_seconds: 0,
		batch_limit: 0,
		failures: 0,
	};
}

function webhookFields(draft: Draft, stored: SimWebhook): Omit<SimWebhook, 'id' | 'failures'> {
	const text = (name: keyof SimWebhook) => draft.text(name) ?? String(stored[name]);
	const number = (name: keyof SimWebhook) => draft.integer(name) ?? Number(stored[name]);
	return {
		name: text('name'),
		note: text('note'),
		url: text('url'),
		active: draft.flag('active') ?? stored.active,
		disabled: draft.flag('disabled') ?? stored.disabled,
		type: number('type'),
		content_type: text('content_type'),
		authentication_type: number('authentication_type'),
		authentication_header: text('authentication_header'),
		basic_username: text('basic_username'),
		basic_password: text('basic_password'),
		signature_prefix: text('signature_prefix'),
		payload_type: number('payload_type'),
		batch_method: number('batch_method'),
		batch_delay_seconds: number('batch_delay_seconds'),
		batch_limit: number('batch_limit'),
	};
}

/** `DELETE /Webhook/{guid}`: its events go with it. */
export function deleteWebhook(context: HaloContext, call: HaloCall): HaloAnswer {
	requireAdministrator(call.access);
	const hook = findWebhook(context, call.ids[0] ?? '');
	const { hooks } = context.state;
	hooks.webhooks = hooks.webhooks.filter(({ id }) => id !== hook.id);
	hooks.notifications = hooks.notifications.filter(({ webhook_id }) => webhook_id !== hook.id);
	return { status: 200, body: webhookRow(context, hook, false) };
}

/** `GET /Notification?webhook_id=`: a bare array. */
export function listNotifications(context: HaloContext, call: HaloCall): HaloAnswer {
	requireAdministrator(call.access);
	const wanted = call.query.text('webhook_id') ?? undefined;
	const rows = context.state.hooks.notifications.filter(
		({ webhook_id }) => wanted === undefined || webhook_id === wanted,
	);
	return { status: 200, body: rows };
}

/** `POST /Notification`: attaches events to webhooks; numbers may be sent as text. */
export function postNotifications(context: HaloContext, call: HaloCall): HaloAnswer {
	requireAdministrator(call.access);
	const written = readRecords(call.body).map((draft) => writeNotification(context, draft));
	const { createStatus, wrapSingle } = context.switches;
	return writeAnswer(createStatus, call.query, written, wrapSingle);
}

function writeNotification(context: HaloContext, draft: Draft): SimNotification {
	const { hooks } = context.state;
	const id = draft.integer('id') ?? 0;
	const stored = hooks.notifications.find((row) => row.id === id);
	if (id > 0 && stored === undefined) throw notFound();
	const webhook = draft.text('webhook_id') ?? stored?.webhook_id ?? '';
	const eventno = draft.integer('eventno') ?? stored?.eventno ?? 0;
	const method = draft.integer('delivery_method') ?? stored?.delivery_method ?? 0;
	if (eventno <= 0) throw refuse('Please select an Event.');
	if (method === TO_WEBHOOK) findWebhook(context, webhook);
	const conditions = draft.list('conditions')?.map(readCondition) ?? stored?.conditions ?? [];
	if (eventno === UPDATED && conditions.length === 0) {
		throw refuse('Please add at least one condition.');
	}
	const notification: SimNotification = {
		id: stored?.id ?? hooks.nextNotificationId,
		webhook_id: webhook,
		name: draft.text('name') ?? stored?.name ?? '',
		eventno,
		delivery_method: method,
		conditions,
	};
	if (stored === undefined) {
		hooks.nextNotificationId += 1;
		hooks.notifications.push(notification);
	} else Object.assign(stored, notification);
	return notification;
}

function readCondition(draft: Draft): SimCondition {
	return {
		tablename: draft.text('tablename') ?? '',
		fieldname: draft.text('fieldname') ?? '',
		type: draft.integer('type') ?? 0,
		value_string: draft.text('value_string') ?? '',
	};
}

/** `DELETE /Notification/{id}`. */
export function deleteNotification(context: HaloContext, call: HaloCall): HaloAnswer {
	requireAdministrator(call.access);
	const { hooks } = context.state;
	const stored = hooks.notifications.find(({ id }) => id === Number(call.ids[0]));
	if (stored === undefined) throw notFound();
	hooks.notifications = hooks.notifications.filter(({ id }) => id !== stored.id);
	return { status: 200, body: stored };
}

/** `GET /WebhookEvent?webhook_id=`: the delivery log, newest first. Secrets in headers are masked. */
export function listWebhookEvents(context: HaloContext, call: HaloCall): HaloAnswer {
	requireAdministrator(call.access);
	const wanted = call.query.text('webhook_id') ?? undefined;
	const rows = context.state.hooks.log
		.filter(({ webhook_id }) => wanted === undefined || webhook_id === wanted)
		.map(({ requestheaders, ...row }) => ({
			...row,
			requestheaders: Object.keys(requestheaders).join(', '),
		}))
		.reverse();
	return { status: 200, body: rows };
}

/** `POST /WebhookEvent`: sends a logged delivery again. */
export function resendWebhookEvents(context: HaloContext, call: HaloCall): HaloAnswer {
	requireAdministrator(call.access);
	const { log } = context.state.hooks;
	const written = readRecords(call.body).map((draft) => {
		const entry = log.find(({ id }) => id === draft.text('id'));
		if (entry === undefined) throw notFound();
		context.deliveries.resend(entry.id);
		return { id: entry.id };
	});
	return writeAnswer(200, call.query, written, context.switches.wrapSingle);
}
