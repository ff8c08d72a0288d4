import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

/** Below this a secret can be guessed; the generators of all senders we know make longer ones. */
const SHORTEST_SECRET = 8;

function lengthOf(value: unknown): number {
	return typeof value === 'string' ? value.trim().length : 0;
}

/**
 * Test of the credential `webhookSecretApi`, for the `testedBy` of a trigger. There is nobody to ask whether a secret
 * is right before the sender calls, so it says only what can be known: that one is filled in, and how it is used.
 */
export async function checkWebhookSecret(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const length = lengthOf(credential.data?.secret);
	if (length === 0) {
		return await Promise.resolve({
			status: 'Error',
			message:
				'Secret is empty. Without it every webhook is refused. Fill in the one that the sender uses.',
		});
	}
	if (length < SHORTEST_SECRET) {
		return await Promise.resolve({
			status: 'Error',
			message: `Secret has ${length} characters and can be guessed. Use ${SHORTEST_SECRET} or more, at the sender too.`,
		});
	}
	return await Promise.resolve({
		status: 'OK',
		message: 'A secret is filled in. Whether it is the right one shows with the first webhook.',
	});
}
