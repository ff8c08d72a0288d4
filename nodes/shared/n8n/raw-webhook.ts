import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** A request that starts no execution, and the answer that its sender gets. */
export class Refusal {
	constructor(
		readonly status: 400 | 401 | 413 | 415 | 429 | 503,
		readonly message: string,
		readonly nextStep: string | null = null,
		/** Seconds after which the sender may try again; null = it is not told. */
		readonly retryAfter: number | null = null,
	) {}
}

function typeOf(error: unknown): unknown {
	return typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined;
}

/**
 * The bytes of a webhook's body, for a node that n8n hands it over unread (version 1, `options.binaryData`).
 * @returns a Refusal when they are too many, or cannot be read
 */
export async function readRawBody(context: IWebhookFunctions): Promise<Buffer | Refusal> {
	const request = context.getRequestObject();
	try {
		await request.readRawBody();
		return request.rawBody;
	} catch (error) {
		return typeOf(error) === 'entity.too.large'
			? new Refusal(413, 'The body is too large.', 'Send fewer records per request.')
			: new Refusal(400, 'The body could not be read.');
	}
}

/** Answers a refused request; no execution starts. */
export function refuseDelivery(context: IWebhookFunctions, refusal: Refusal): IWebhookResponseData {
	const response = context.getResponseObject();
	// Reads and drops what is left of the body: a sender that is cut off while it writes never sees the answer.
	context.getRequestObject().resume();
	if (refusal.retryAfter !== null) response.setHeader('Retry-After', String(refusal.retryAfter));
	response.status(refusal.status).json({
		error: refusal.message,
		...(refusal.nextStep !== null && { nextStep: refusal.nextStep }),
	});
	return { noWebhookResponse: true };
}
