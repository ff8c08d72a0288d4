import { shortened } from '../../domain/values/cut';
import { hideSecrets } from '../../domain/values/secrets';

/** Halo's answers are cut to this many characters: enough for its own sentence, too short for a page of HTML. */
const LONGEST_QUOTE = 500;

/** A secret as it stands in a text, in a form or address, and in JSON. */
function formsOf(secret: string): string[] {
	const form = new URLSearchParams({ '': secret }).toString().slice(1);
	return [secret, form, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
}

/**
 * Takes secrets out of a text that a person or a log may see, and cuts it to 500 characters on one line.
 * @param text anything that came from outside
 * @param secrets values that must not appear, whatever stands around them
 */
export function redact(text: string, secrets: readonly string[] = []): string {
	let clean = text;
	for (const secret of secrets.flatMap(formsOf)) {
		if (secret !== '') clean = clean.split(secret).join('[hidden]');
	}
	clean = hideSecrets(clean).replace(/\s+/g, ' ').trim();
	return shortened(clean, LONGEST_QUOTE - 1);
}
