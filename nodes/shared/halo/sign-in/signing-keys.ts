import { NO_KEY_BEFORE, type SigningKeys } from '../../domain/ticket/seal';

/** 16 signs of a generated key are some 90 bits; a shorter one is a word that somebody thought of. */
const SHORTEST_KEY = 16;

/** A signing key of the credential cannot be used. */
export class SigningKeyError extends Error {
	readonly nextStep: string;

	constructor(field: string, length: number) {
		super(`${field} has ${length} characters; ${SHORTEST_KEY} or more are needed`);
		this.name = 'SigningKeyError';
		this.nextStep =
			'Make a key with "openssl rand -base64 32" or a password generator, and put the same one into every credential that shares this Halo.';
	}
}

function keyOf(value: unknown, field: string): string {
	const key = typeof value === 'string' ? value.trim() : '';
	if (key !== '' && key.length < SHORTEST_KEY) throw new SigningKeyError(field, key.length);
	return key;
}

/**
 * The signing keys out of a credential as n8n decrypts it.
 * @throws SigningKeyError for a key that is too short
 */
export function readSigningKeys(credential: Record<string, unknown>): SigningKeys {
	const previous = credential.previousSigningKey;
	const isNone = typeof previous === 'string' && previous.trim().toLowerCase() === NO_KEY_BEFORE;
	return {
		current: keyOf(credential.signingKey, 'Signing Key'),
		previous: isNone ? NO_KEY_BEFORE : keyOf(previous, 'Previous Signing Key'),
	};
}
