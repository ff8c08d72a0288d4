import { isRecord, type JsonRecord } from '../../../nodes/shared/domain/values/json';
import { pick } from '../random';

/** Changes one payload; the paths are those of that source. */
export type Change = (payload: JsonRecord, random: () => number) => void;

export interface Subject {
	source: string;
	name: string;
	payload: JsonRecord;
	/** Changes that leave the problem the same, in any number and order. */
	same: Change[];
	/** Changes of which each alone makes another problem. */
	other: Change[];
}

export function copy<Value>(value: Value): Value {
	return structuredClone(value);
}

/** The parent of a path's last member; a list's entry is named by its number. */
function parentOf(payload: JsonRecord, path: string): [JsonRecord, string] {
	const names = path.split('/');
	const last = names.pop() ?? '';
	let parent: unknown = payload;
	for (const name of names) {
		parent = isRecord(parent) || Array.isArray(parent) ? Reflect.get(parent, name) : undefined;
	}
	if (!isRecord(parent)) throw new Error(`Nothing at ${path}`);
	return [parent, last];
}

export function set(path: string, ...values: unknown[]): Change {
	return (payload, random) => {
		const [parent, last] = parentOf(payload, path);
		parent[last] = pick(random, values);
	};
}

export function without(path: string): Change {
	return (payload) => {
		const [parent, last] = parentOf(payload, path);
		delete parent[last];
	};
}

/** Letters of a text in another case. */
export function otherCase(path: string): Change {
	return (payload, random) => {
		const [parent, last] = parentOf(payload, path);
		const text = String(parent[last]);
		const turned = [...text].map((letter) =>
			random() < 0.5 ? letter.toUpperCase() : letter.toLowerCase(),
		);
		parent[last] = turned.join('');
	};
}

/** Like it, but never the text itself. */
export function certainlyOtherCase(path: string): Change {
	return (payload) => {
		const [parent, last] = parentOf(payload, path);
		const text = String(parent[last]);
		parent[last] = text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
	};
}

/** All members of all objects in another order. */
export function reordered(value: unknown, random: () => number): unknown {
	if (Array.isArray(value)) return value.map((entry) => reordered(entry, random));
	if (!isRecord(value)) return value;
	const entries = Object.entries(value)
		.map(([key, member]): [number, string, unknown] => [random(), key, reordered(member, random)])
		.sort(([left], [right]) => left - right);
	return Object.fromEntries(entries.map(([, key, member]) => [key, member]));
}
