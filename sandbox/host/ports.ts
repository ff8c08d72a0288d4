import { createServer } from 'node:net';

function reserve(): Promise<{ port: number; release: () => Promise<void> }> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			if (address === null || typeof address === 'string') {
				reject(new Error('The system gave no TCP port'));
				return;
			}
			resolve({
				port: address.port,
				release: () => new Promise((done) => server.close(() => done())),
			});
		});
	});
}

/** `count` different TCP ports of 127.0.0.1 that nobody listens on now. */
export async function freePorts(count: number): Promise<number[]> {
	const reserved = await Promise.all(Array.from({ length: count }, () => reserve()));
	await Promise.all(reserved.map(({ release }) => release()));
	return reserved.map(({ port }) => port);
}

/** `wanted` when nobody listens on it, else a free port; 0 asks for any. */
export async function freePortOr(wanted: number): Promise<number> {
	const taken = (): Promise<boolean> =>
		new Promise((resolve) => {
			const server = createServer();
			server.once('error', () => resolve(true));
			server.listen(wanted, '127.0.0.1', () => server.close(() => resolve(false)));
		});
	if (wanted > 0 && !(await taken())) return wanted;
	const [port] = await freePorts(1);
	return port ?? 0;
}
