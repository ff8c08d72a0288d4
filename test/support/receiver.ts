import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came over the wire. */
export interface Received {
	method: string;
	path: string;
	headers: Record<string, string | string[] | undefined>;
	/** The bytes of the body as text. */
	text: string;
}

export interface Receiver {
	readonly url: string;
	readonly received: Received[];
	/** Answers from now on, in this order; the last one is kept. 0 never answers. */
	answers(...statuses: number[]): void;
	/** Body of the answers with a 2xx, by path, with or without its query. */
	replies: Map<string, unknown>;
	stop(): Promise<void>;
}

/** An HTTP server that notes what it is sent and answers as told: 200 until told otherwise. */
export async function startReceiver(): Promise<Receiver> {
	const received: Received[] = [];
	const replies = new Map<string, unknown>();
	let statuses = [200];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const path = request.url ?? '/';
			received.push({
				method: request.method ?? '',
				path,
				headers: request.headers,
				text: Buffer.concat(chunks).toString('utf8'),
			});
			const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200;
			if (status === 0) return;
			response.writeHead(status, { 'content-type': 'application/json' });
			const reply = replies.get(path) ?? replies.get(path.replace(/\?.*$/, '')) ?? { ok: true };
			response.end(JSON.stringify(status < 300 ? reply : {}));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		received,
		replies,
		answers: (...next) => {
			statuses = next;
		},
		stop: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
