import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

import type { N8nDatabase, N8nHost, N8nMode } from '../../../sandbox/host';

/** PostgreSQL and Redis of this machine, unless HALO_BRIDGE_POSTGRES and HALO_BRIDGE_REDIS name others. */
const POSTGRES = new URL(
	process.env.HALO_BRIDGE_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/postgres',
);
const REDIS = new URL(process.env.HALO_BRIDGE_REDIS ?? 'redis://127.0.0.1:6379');

/** A server that is there answers at once; starting the process that asks takes a busy machine seconds. */
const ANSWER_LIMIT_MS = 30_000;

const QUERY = `
const { Client } = require('pg');
const [connectionString, statement] = process.argv.slice(1);
(async () => {
	const client = new Client({ connectionString });
	await client.connect();
	await client.query(statement);
	await client.end();
})().catch((error) => { process.stderr.write(error.message); process.exit(1); });
`;

const FORGET = `
const Redis = require('ioredis');
const [url, prefix] = process.argv.slice(1);
(async () => {
	const client = new Redis(url, { maxRetriesPerRequest: 0, retryStrategy: null, lazyConnect: true });
	client.on('error', () => undefined);
	await client.connect();
	for await (const keys of client.scanStream({ match: prefix + '*' })) {
		if (keys.length > 0) await client.del(keys);
	}
	client.disconnect();
})().catch((error) => { process.stderr.write(error.message); process.exit(1); });
`;

/** Runs JavaScript with n8n's own packages, so that the project needs no database client. Null, or what went wrong. */
function failureOf(host: N8nHost, script: string, args: string[]): string | null {
	const { status, stderr } = spawnSync(host.node, ['-e', script, ...args], {
		cwd: host.folder,
		encoding: 'utf8',
		timeout: ANSWER_LIMIT_MS,
	});
	return status === 0 ? null : stderr || 'no answer';
}

function query(host: N8nHost, statement: string): string | null {
	return failureOf(host, QUERY, [POSTGRES.href, statement]);
}

/** Removes the keys of one prefix. */
function forget(host: N8nHost, prefix: string): string | null {
	return failureOf(host, FORGET, [REDIS.href, prefix]);
}

/** PostgreSQL and Redis, as something that a test needs. */
export function queueServices({ found, reason }: { found: N8nHost | null; reason: string }): {
	found: N8nHost | null;
	reason: string;
} {
	if (found === null) return { found, reason };
	const failures = [
		{ what: `PostgreSQL on ${POSTGRES.host}`, failure: query(found, 'SELECT 1') },
		{ what: `Redis on ${REDIS.host}`, failure: forget(found, 'halopsa-bridge-nothing') },
	].flatMap(({ what, failure }) =>
		failure === null ? [] : [`${what} does not answer: ${failure.replace(/\.$/, '')}.`],
	);
	if (failures.length === 0) return { found, reason };
	const next = 'Start it, or name another by HALO_BRIDGE_POSTGRES and HALO_BRIDGE_REDIS.';
	return { found: null, reason: `${failures.join(' ')} ${next}` };
}

/** A database and a Redis prefix of one run; `drop` removes both. Throws with PostgreSQL's words. */
export function makeQueue(host: N8nHost): { database: N8nDatabase; mode: N8nMode; drop(): void } {
	const name = `halopsa_bridge_${randomBytes(4).toString('hex')}`;
	const failed = query(host, `CREATE DATABASE ${name}`);
	if (failed !== null) throw new Error(`The database ${name} could not be made: ${failed}`);
	return {
		database: {
			kind: 'postgres',
			host: POSTGRES.hostname,
			port: Number(POSTGRES.port || 5432),
			user: decodeURIComponent(POSTGRES.username),
			password: decodeURIComponent(POSTGRES.password),
			database: name,
		},
		mode: {
			kind: 'queue',
			redisHost: REDIS.hostname,
			redisPort: Number(REDIS.port || 6379),
			prefix: name,
		},
		drop: () => {
			const left = [
				query(host, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
				forget(host, name),
			];
			for (const why of left) {
				if (why !== null) process.stdout.write(`${name} was not removed whole: ${why}\n`);
			}
		},
	};
}
