import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import type {
	WebhookAuthentication,
	WebhookSecrets,
} from '../shared/domain/webhook/authentication';
import type { TriggerSettings } from './settings';

export const SECRET_CREDENTIAL = 'webhookSecretApi';

/** What the credential holds, blank where it holds nothing. */
export async function readSecrets(
	context: IHookFunctions | IWebhookFunctions,
): Promise<WebhookSecrets> {
	const credential: object = await context.getCredentials(SECRET_CREDENTIAL);
	const member = (name: string): string => {
		const value: unknown = Reflect.get(credential, name);
		return typeof value === 'string' ? value : '';
	};
	return {
		user: member('user'),
		secret: member('secret'),
		previousSecret: member('previousSecret'),
	};
}

/** How a delivery is checked: Halo signs with HMAC-SHA256 in Base64 over the bytes of the body. */
export function authenticationOf(settings: TriggerSettings): WebhookAuthentication {
	if (settings.authentication !== 'signature') return { kind: settings.authentication };
	return {
		kind: 'hmac',
		header: settings.signatureHeader,
		scheme: { encoding: 'base64', prefix: settings.signaturePrefix },
	};
}
