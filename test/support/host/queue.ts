import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

import type { N8nDatabase, N8nHost, N8nMode } from '../../../sandbox/host';

/** What the machine is asked for; PostgreSQL trusts local connections there, as in CI's service containers. */
const POSTGRES = {
	host: process.env.PGHOST ?? '127.0.0.1',
	port: Number(process.env.PGPORT ?? 5432),
	user: process.env.PGUSER ?? 'postgres',
};
const REDIS = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT ?? 6379) };

/** A server on this machine answers at once or not at all. */
const ANSWER_LIMIT_MS = 10_000;

/** Runs JavaScript with n8n's own packages, so that the project needs no PostgreSQL client of its own. */
function runInHost(host: N8nHost, script: string, args: string[]) {
	return spawnSync(host.node, ['-e', script, ...args], {
		cwd: host.folder,
		encoding: 'utf8',
		timeout: ANSWER_LIMIT_MS,
	});
}

const SQL = `
const { Client } = require('pg');
const [connection, statement] = process.argv.slice(1);
(async () => {
	const client = new Client(JSON.parse(connection));
	await client.connect();
	await client.query(statement);
	await client.end();
})().catch((error) => { process.stderr.write(error.message); process.exit(1); });
`;

const PING = `
const [host, port] = process.argv.slice(1);
const socket = require('node:net').connect(Number(port), host, () => socket.write('PING\\r\\n'));
socket.once('data', (data) => process.exit(String(data).startsWith('+PONG') ? 0 : 1));
socket.once('error', () => process.exit(1));
`;

function query(host: N8nHost, statement: string): string | null {
	const connection = JSON.stringify({ ...POSTGRES, database: 'postgres' });
	const { status, stderr } = runInHost(host, SQL, [connection, statement]);
	return status === 0 ? null : stderr || 'no answer';
}

/** PostgreSQL and Redis on this machine, as something that a test needs. */
export function queueServices(host: N8nHost | null): { found: N8nHost | null; reason: string } {
	if (host === null) return { found: null, reason: 'The pinned n8n is not installed.' };
	const failed = query(host, 'SELECT 1');
	if (failed !== null) {
		return {
			found: null,
			reason: `PostgreSQL does not answer on ${POSTGRES.host}:${POSTGRES.port} for user ${POSTGRES.user} (${failed}).`,
		};
	}
	const { status } = runInHost(host, PING, [REDIS.host, String(REDIS.port)]);
	return {
		found: status === 0 ? host : null,
		reason: `Redis does not answer on ${REDIS.host}:${REDIS.port}.`,
	};
}

/** A database and a Redis prefix of this run's own. `drop` removes the database. Throws with PostgreSQL's words. */
export function makeQueue(host: N8nHost): { database: N8nDatabase; mode: N8nMode; drop(): void } {
	const name = `halopsa_bridge_${randomBytes(4).toString('hex')}`;
	const failed = query(host, `CREATE DATABASE ${name}`);
	if (failed !== null) throw new Error(`The database ${name} could not be made: ${failed}`);
	return {
		database: { kind: 'postgres', ...POSTGRES, database: name },
		mode: { kind: 'queue', redisHost: REDIS.host, redisPort: REDIS.port, prefix: name },
		drop: () => {
			const left = query(host, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
			if (left !== null) process.stdout.write(`The database ${name} is left over: ${left}\n`);
		},
	};
}
