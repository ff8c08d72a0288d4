import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Received } from './receiver';

/** Hosts of the internet, as a program sees them whose proxy this is. */
export interface Internet {
	/** Environment for the program: the proxy, and the authority that signed the hosts' certificate. */
	readonly env: Record<string, string>;
	/** What came over HTTPS; `headers.host` says to whom. */
	readonly received: Received[];
	stop(): Promise<void>;
}

/** A certificate for these hosts, made for this run only. */
function certificate(hosts: string[], folder: string): { key: Buffer; cert: Buffer; path: string } {
	const [keyPath, path] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	const names = hosts.map((host) => `DNS:${host}`).join(',');
	execFileSync(
		'openssl',
		[
			...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=test'],
			...['-addext', `subjectAltName=${names}`, '-keyout', keyPath, '-out', path],
		],
		{ stdio: 'ignore' },
	);
	return { key: readFileSync(keyPath), cert: readFileSync(path), path };
}

/**
 * Stands in for `hosts` behind a proxy: every HTTPS request to them is kept and answered 200 with the JSON of `reply`.
 * A connection to any other host is refused.
 */
export async function startInternet(
	hosts: string[],
	reply: (host: string) => unknown,
): Promise<Internet> {
	const folder = mkdtempSync(join(tmpdir(), 'halopsa-bridge-hosts-'));
	const { key, cert, path } = certificate(hosts, folder);
	const received: Received[] = [];
	const sockets = new Set<Socket>();
	const secure = createSecureServer({ key, cert }, (request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push({
				method: request.method ?? '',
				path: request.url ?? '/',
				headers: request.headers,
				text: Buffer.concat(chunks).toString('utf8'),
			});
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify(reply(request.headers.host ?? '')));
		});
	});
	const proxy = createServer((_, response) => response.writeHead(403).end());
	proxy.on('connect', (request, socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		if (!hosts.includes((request.url ?? '').replace(/:443$/, ''))) {
			socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
		secure.emit('connection', socket);
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	return {
		env: { HTTPS_PROXY: url, https_proxy: url, NODE_EXTRA_CA_CERTS: path },
		received,
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((resolve) => proxy.close(() => resolve()));
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
