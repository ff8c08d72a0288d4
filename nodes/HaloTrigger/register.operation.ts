import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { DeliveryEvent } from '../shared/domain/webhook/delivery';
import { usableSecrets } from '../shared/domain/webhook/signature';
import { HaloPermissionError } from '../shared/halo/http/errors';
import type { Registration } from '../shared/halo/webhook-registration';
import { register, unregister } from '../shared/halo/webhook-registration';
import type { WebhookDraft } from '../shared/halo/webhooks';
import { HaloWebhooks } from '../shared/halo/webhooks';
import { createRuntime, credentialOptions } from '../shared/n8n/create-halo-api';
import { toNodeError } from '../shared/n8n/errors';
import { createHaloTransport } from '../shared/n8n/halo-transport';
import { readSecrets } from './secrets';
import type { Authentication, TriggerSettings } from './settings';
import { readTriggerSettings } from './settings';

/** Halo's numbers of ticket events, as production clients use them. */
const EVENT_NUMBERS: Readonly<Record<Exclude<DeliveryEvent, 'other'>, number>> = {
	created: 3,
	updated: 61,
	statusChanged: 76,
	closed: 39,
	deleted: 1072,
};

/** Halo's numbers of authentication: 1 and 3 are proven, 2 is what one public client assumes. */
const AUTHENTICATION_NUMBERS: Readonly<Record<Authentication, number>> = {
	basic: 1,
	bearer: 2,
	signature: 3,
};

/** In the node's static data: a cache, and nothing depends on it. */
const REMEMBERED = 'webhookId';

async function haloWebhooks(context: IHookFunctions): Promise<HaloWebhooks> {
	return new HaloWebhooks(
		createHaloTransport(context),
		createRuntime(context),
		await credentialOptions(context),
	);
}

/** Name and address by which the webhook is found again. */
function identityOf(context: IHookFunctions): { name: string; url: string } {
	const url = context.getNodeWebhookUrl('default');
	if (url === undefined) {
		throw new NodeOperationError(context.getNode(), 'n8n gave this node no address', {
			description: 'Check WEBHOOK_URL of n8n, then publish again.',
		});
	}
	const { id } = context.getWorkflow();
	const test = context.getMode() === 'manual' ? ' (test)' : '';
	return { name: `n8n Halo Trigger ${id ?? 'unsaved'}${test}`, url };
}

async function webhookOf(
	context: IHookFunctions,
	settings: TriggerSettings,
): Promise<WebhookDraft> {
	const { secret, user } = await readSecrets(context);
	if (usableSecrets(secret).length === 0) {
		throw new NodeOperationError(context.getNode(), 'The webhook credential has no secret', {
			description: 'Open the credential Webhook Secret API of this node and fill in Secret.',
		});
	}
	const { authentication } = settings;
	const { name } = context.getWorkflow();
	return {
		...identityOf(context),
		note: `Made by n8n for the workflow "${name ?? ''}". Unpublishing it removes this webhook.`,
		authentication_type: settings.authenticationType ?? AUTHENTICATION_NUMBERS[authentication],
		authentication_header: settings.signatureHeader,
		basic_username: authentication === 'basic' ? user : '',
		basic_password: secret,
		signature_prefix: settings.signaturePrefix,
		algorithm: settings.algorithm,
		digest: settings.digest,
		payload_type: settings.payloadType,
		batch_method: settings.batchMethod,
		batch_delay_seconds: settings.batchDelay,
		batch_limit: settings.batchLimit,
	};
}

function eventNumbers({ events, moreEvents }: TriggerSettings): number[] {
	const chosen = events.flatMap((event) => (event === 'other' ? [] : [EVENT_NUMBERS[event]]));
	return [...new Set([...chosen, ...moreEvents])];
}

function toRegistrationError(error: unknown, context: IHookFunctions) {
	const shown = toNodeError(error, context.getNode());
	if (error instanceof HaloPermissionError) {
		shown.description = `${error.nextStep} Or set Registration to By Hand: the steps stand in the node, and no more rights are needed.`;
	}
	return shown;
}

/** Makes the webhook in Halo, or makes the one that is there true. Registered by hand, only the secret is checked. */
export async function addRegistration(context: IHookFunctions): Promise<void> {
	try {
		const settings = readTriggerSettings(context);
		const webhook = await webhookOf(context, settings);
		if (!settings.automatic) return;
		const events = eventNumbers(settings);
		if (events.length === 0) {
			throw new NodeOperationError(context.getNode(), 'No event is chosen', {
				description: 'Choose at least one under Events: Halo never calls a webhook without one.',
			});
		}
		const registration: Registration = { webhook, events };
		const id = await register(await haloWebhooks(context), registration);
		context.getWorkflowStaticData('node')[REMEMBERED] = id;
	} catch (error) {
		throw toRegistrationError(error, context);
	}
}

/** Removes the webhook from Halo. Registered by hand, it is left to who made it. */
export async function removeRegistration(context: IHookFunctions): Promise<void> {
	try {
		if (!readTriggerSettings(context).automatic) return;
		const data = context.getWorkflowStaticData('node');
		const remembered: unknown = data[REMEMBERED];
		const rememberedId = typeof remembered === 'string' ? remembered : null;
		await unregister(await haloWebhooks(context), identityOf(context), rememberedId);
		delete data[REMEMBERED];
	} catch (error) {
		throw toRegistrationError(error, context);
	}
}
