/** Letters that may follow a backslash inside a JSON text. */
const ESCAPES: ReadonlySet<string> = new Set(['"', '\\', '/', 'b', 'f', 'n', 'r', 't', 'u']);
const CONTROL_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** True when a quote at this place ends a text: what follows is a separator, an end, or the next member. */
function endsText(body: string, place: number): boolean {
	const rest = body.slice(place + 1, place + 200);
	return /^\s*(?::|[}\]]|$|,\s*["{[\d\-tfn])/.test(rest);
}

function escaped(body: string, place: number): { text: string; taken: number } {
	const character = body[place] ?? '';
	if (character === '\\') {
		const next = body[place + 1] ?? '';
		const whole = next === 'u' ? /^[\da-f]{4}/i.test(body.slice(place + 2)) : ESCAPES.has(next);
		return whole ? { text: character + next, taken: 2 } : { text: '\\\\', taken: 1 };
	}
	if (character === '"') return { text: '\\"', taken: 1 };
	if (character < ' ') return { text: CONTROL_ESCAPES[character] ?? '', taken: 1 };
	return { text: character, taken: 1 };
}

/**
 * Mends a body that was made from a template without escaping: line breaks, backslashes of paths and quotes inside
 * texts are escaped. A quote counts as the end of a text only where JSON could go on behind it.
 * @param body what `JSON.parse` refused
 * @returns text to parse once more; it may still be no JSON
 */
export function repairJson(body: string): string {
	let out = '';
	let inside = false;
	for (let place = 0; place < body.length; ) {
		if (!inside || (body[place] === '"' && endsText(body, place))) {
			if (body[place] === '"') inside = !inside;
			out += body[place] ?? '';
			place += 1;
			continue;
		}
		const { text, taken } = escaped(body, place);
		out += text;
		place += taken;
	}
	return out;
}
