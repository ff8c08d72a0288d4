/** A webhook as the tenant keeps it. The secret stands in `basic_password`, also for signatures. */
export interface SimWebhook {
	/** A GUID. */
	id: string;
	name: string;
	note: string;
	url: string;
	active: boolean;
	/** Set by the tenant after too many failures. */
	disabled: boolean;
	/** 0 = webhook, 1 = runbook. */
	type: number;
	content_type: string;
	/** 0 none, 1 basic, 2 bearer, 3 signature. */
	authentication_type: number;
	authentication_header: string;
	basic_username: string;
	basic_password: string;
	signature_prefix: string;
	/** 0 full, 1 small, 2 event only: numbers of this program's own, Halo's are not published. */
	payload_type: number;
	/** 0 one delivery per event; 1 same event and ticket, 2 same event, 3 any. */
	batch_method: number;
	batch_delay_seconds: number;
	batch_limit: number;
	/** Deliveries that failed in a row. */
	failures: number;
}

/** One field that must hold before event 61 is reported. */
export interface SimCondition {
	tablename: string;
	fieldname: string;
	/** 0 = is, 1 = is not. */
	type: number;
	value_string: string;
}

/** An event that a webhook is told of. A webhook without one is never called. */
export interface SimNotification {
	id: number;
	webhook_id: string;
	name: string;
	eventno: number;
	delivery_method: number;
	conditions: SimCondition[];
}

/** One line of the delivery log. */
export interface SimWebhookEvent {
	/** The delivery's id, as in its body; of a batch, that of its first event. */
	id: string;
	webhook_id: string;
	notification_id: number;
	timestamp: string;
	entity_id: number;
	requestheaders: Record<string, string>;
	requestbody: string;
	/** 0 while nobody has answered. */
	responsestatus: number;
	responsebody: string;
	error: string;
	attempts: number;
	/** True once it was answered with a 2xx. */
	delivered: boolean;
}

export interface WebhookState {
	webhooks: SimWebhook[];
	notifications: SimNotification[];
	log: SimWebhookEvent[];
	nextNotificationId: number;
}

/** A tenant without webhooks. Ids of notifications start where a tenant that is in use would be. */
export function noWebhooks(): WebhookState {
	return { webhooks: [], notifications: [], log: [], nextNotificationId: 118 };
}
