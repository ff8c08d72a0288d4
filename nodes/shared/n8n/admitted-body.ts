import type { IWebhookFunctions } from 'n8n-workflow';

import type { WebhookAuthentication, WebhookSecrets } from '../domain/webhook/authentication';
import { headerOf, isAuthentic, provesByBody } from '../domain/webhook/authentication';
import { BodyError, bodyText } from '../domain/webhook/body-text';
import { usableSecrets } from '../domain/webhook/signature';
import { readRawBody, Refusal } from './raw-webhook';
import { unpackedBody } from './unpacked-body';

/** How senders are checked, and by what. */
export interface Gate {
	/** Name of the node, for its log. */
	node: string;
	authentication: WebhookAuthentication;
	/** @throws when there is no credential */
	readSecrets(): Promise<WebhookSecrets>;
}

/** The secrets to check by; a Refusal while there are none. */
async function secretsOf(
	context: IWebhookFunctions,
	gate: Gate,
): Promise<WebhookSecrets | Refusal> {
	const none = { user: '', secret: '', previousSecret: '' };
	if (gate.authentication.kind === 'none') return none;
	const secrets = await gate.readSecrets().catch((error: unknown) => {
		context.logger.error(`${gate.node} has no usable credential: ${String(error)}`);
		return none;
	});
	return usableSecrets(secrets.secret, secrets.previousSecret).length > 0
		? secrets
		: // A fault on this side: the sender may try again once it is mended.
			new Refusal(503, 'This webhook has no secret yet and takes nothing.');
}

/**
 * The bytes of a sender that may send. While a header alone tells that it may not, nothing of the body is read, so that
 * a stranger costs nothing; a signature is made over the body, which is then read first. A refusal says nothing about
 * what was wrong with a secret.
 */
async function admittedBytes(context: IWebhookFunctions, gate: Gate): Promise<Buffer | Refusal> {
	const secrets = await secretsOf(context, gate);
	if (secrets instanceof Refusal) return secrets;
	const refuse = (body: Buffer): Refusal | null => {
		const request = { headers: context.getHeaderData(), body };
		if (isAuthentic(gate.authentication, request, secrets, Date.now())) return null;
		context.logger.warn(
			`${gate.node} refused a delivery: its ${gate.authentication.kind} authentication is missing or wrong`,
			{ node: context.getNode().name },
		);
		return new Refusal(401, 'Unauthorized');
	};
	if (!provesByBody(gate.authentication)) {
		return refuse(Buffer.alloc(0)) ?? (await readRawBody(context));
	}
	const bytes = await readRawBody(context);
	return bytes instanceof Refusal ? bytes : (refuse(bytes) ?? bytes);
}

/**
 * The text of a sender that may send, unpacked and in whatever charset it came.
 * @returns a Refusal for who may not send, and for a body that is no text
 */
export async function readAdmittedBody(
	context: IWebhookFunctions,
	gate: Gate,
): Promise<string | Refusal> {
	const bytes = await admittedBytes(context, gate);
	if (bytes instanceof Refusal) return bytes;
	const headers = context.getHeaderData();
	try {
		const body = await unpackedBody(bytes, headerOf(headers, 'content-encoding'));
		return bodyText(body, headerOf(headers, 'content-type'));
	} catch (error) {
		if (!(error instanceof BodyError)) return await Promise.reject(error);
		return new Refusal(error.status, error.message, error.nextStep);
	}
}
