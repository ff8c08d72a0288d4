import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type JsonRecord, asRecord, asRecords } from '../../sandbox/host';
import { sampleWaves } from '../../sandbox/samples';
import { START_LIMIT_MS, describeWith, pinnedN8n } from '../support/host';

const ROOT = join(__dirname, '..', '..');

/** A finding alone costs look-up, create and duplicate check; one without news costs its look-up. */
const PER_CREATED = 3;
const PER_UNCHANGED = 1;
/** A critical finding is looked up once more, in the details, before its ticket is made. */
const PER_CRITICAL_CREATED = 1;
/** Look-up, the ticket in full, its actions (has a person touched it?) and the write. */
const PER_CLOSED = 4;

/** Priority of the template's profiles P1 and P2, by the severity that they serve. */
const PRIORITIES = { critical: 'Critical', high: 'High' } as const;

/** Id of the simulator's status Closed. */
const CLOSED_STATUS = 9;

interface Ended {
	code: number | null;
	output: string;
}

function npmStart(args: string[], env: Record<string, string>): Promise<Ended> {
	const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('HALO_'));
	return new Promise((resolve, reject) => {
		const child = spawn('npm', ['start', '--', ...args], {
			cwd: ROOT,
			env: { ...Object.fromEntries(inherited), ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let output = '';
		const collect = (chunk: Buffer) => {
			output += chunk.toString('utf8');
		};
		child.stdout.on('data', collect);
		child.stderr.on('data', collect);
		child.once('error', reject);
		child.once('close', (code) => resolve({ code, output }));
	});
}

describeWith('npm start', pinnedN8n(), () => {
	let folder: string;
	let ended: Ended;
	let results: JsonRecord[];
	let journal: JsonRecord[];

	const read = (name: string): JsonRecord[] =>
		asRecords(JSON.parse(readFileSync(join(folder, name), 'utf8')), name);

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'halopsa-bridge-start-'));
		ended = await npmStart(['--once'], { HALO_BRIDGE_RUN_FOLDER: folder });
		if (!existsSync(join(folder, 'journal.json'))) throw new Error(ended.output);
		results = read('samples.json');
		journal = read('journal.json');
	}, START_LIMIT_MS);

	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it('CS-02 ends with 0 when every sample of a scan ends in the decision expected of it', () => {
		const expected = sampleWaves('any')
			.flat()
			.flatMap((sample) => sample.expected.map(({ decision }) => decision));

		expect({ code: ended.code, output: ended.output.match(/(FAILED|NOT AS EXPECTED).*/g) }).toEqual(
			{
				code: 0,
				output: null,
			},
		);
		expect(results.map(({ decision }) => decision)).toEqual(expected);
		expect(expected).toHaveLength(10);
	});

	it('CS-26 CS-27 CS-28 CS-30 CS-37 puts type, priority, status and team of the profile on each new ticket', () => {
		const created = results.filter(({ decision }) => decision === 'created');

		expect(created).toHaveLength(6);
		for (const { ticketId, title } of created) {
			const ticket = read('tickets.json').find(({ id }) => id === ticketId);
			const severity = sampleWaves('any')
				.flat()
				.filter((sample) => sample.title === title)
				.flatMap((sample) => sample.expected.map((expected) => expected.severity));
			expect(ticket).toMatchObject({ tickettype_id: 1, team: 'Service Desk' });
			expect(severity.map((word) => PRIORITIES[word])).toContain(
				asRecord(ticket?.priority, 'priority').name,
			);
		}
	});

	it('CS-29 ID-33 closes with the close status of the profile and says why', () => {
		const closed = results.filter(({ decision }) => decision === 'closed');

		expect(closed).toHaveLength(2);
		for (const { ticketId } of closed) {
			expect(read('tickets.json').find(({ id }) => id === ticketId)).toMatchObject({
				status_id: CLOSED_STATUS,
				closure_note: expect.stringMatching(/\S/),
			});
		}
	});

	it('prints each decision with its ticket, the address of the editor and the login', () => {
		for (const { decision, title, ticketId } of results) {
			expect(ended.output).toMatch(new RegExp(`${String(decision)} .*: ${String(title)}`));
			if (ticketId !== null) expect(ended.output).toContain(`ticket ${String(ticketId)}  `);
		}
		expect(ended.output).toMatch(/Editor +http:\/\/127\.0\.0\.1:\d+/);
		expect(ended.output).toMatch(/Login +owner@sandbox\.example +password \S+/);
	});

	it('writes the addresses to endpoints.json, for nobody else to read', () => {
		const path = join(folder, 'endpoints.json');
		const endpoints = asRecord(JSON.parse(readFileSync(path, 'utf8')), path);

		expect(endpoints).toEqual({
			editor: expect.stringMatching(/^http:/),
			email: expect.stringContaining('@'),
			password: expect.any(String),
			halo: {
				resourceServer: expect.stringMatching(/\/api$/),
				journal: expect.stringMatching(/^http:/),
			},
			webhooks: {
				canonical: { url: expect.any(String), headers: { 'X-Webhook-Token': expect.any(String) } },
				pagerduty: { url: expect.any(String), headers: { 'X-Webhook-Token': expect.any(String) } },
				alertmanager: {
					url: expect.any(String),
					headers: { 'X-Webhook-Token': expect.any(String) },
				},
				wazuh: { url: expect.any(String), headers: { 'X-Webhook-Token': expect.any(String) } },
			},
		});
		if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
	});

	it('stays within the request budget', () => {
		const count = (decision: string) =>
			results.filter((result) => result.decision === decision).length;
		const critical = sampleWaves('any')
			.flat()
			.flatMap((sample) => sample.expected)
			.filter(({ decision, severity }) => decision === 'created' && severity === 'critical').length;
		const most =
			PER_CREATED * count('created') +
			PER_CRITICAL_CREATED * critical +
			PER_UNCHANGED * count('unchanged') +
			PER_CLOSED * count('closed');
		const about = (pattern: RegExp) => journal.filter(({ path }) => pattern.test(String(path)));
		const lists = journal
			.filter(({ path }) => !/\/(Tickets|Actions|token)/i.test(String(path)))
			.map(({ path, query }) => `${String(path)} ${JSON.stringify(query)}`);

		expect(about(/\/token$/i)).toHaveLength(1);
		expect(about(/\/(Tickets|Actions)/i).length).toBeLessThanOrEqual(most);
		expect(new Set(lists).size).toBe(lists.length);
	});

	it('writes one ticket per problem and one change per resolve, and nothing for a company without mapping', () => {
		const writes = journal.filter(
			({ method, path }) => method !== 'GET' && !/\/token$/i.test(String(path)),
		);
		const created = results.filter(({ decision }) => decision === 'created');
		const closed = results.filter(({ decision }) => decision === 'closed');
		const held = results.filter(({ decision }) => decision === 'held_unmapped');

		expect(writes).toHaveLength(created.length + closed.length);
		expect(new Set(created.map(({ ticketId }) => ticketId)).size).toBe(6);
		expect(held).toHaveLength(1);
		expect(JSON.stringify(writes)).not.toContain('srv-99');
	});

	it('mails no end user', () => {
		expect(read('mails.json')).toEqual([]);
	});
});

describeWith('npm start with half a tenant', pinnedN8n(), () => {
	it(
		'ends with 1 and names what is missing',
		async () => {
			const folder = mkdtempSync(join(tmpdir(), 'halopsa-bridge-start-'));
			const { code, output } = await npmStart(['--once'], {
				HALO_BRIDGE_RUN_FOLDER: folder,
				HALO_RESOURCE_SERVER: 'https://acme.halopsa.com/api',
			});
			rmSync(folder, { recursive: true, force: true });

			expect(code).toBe(1);
			expect(output).toContain('HALO_CLIENT_ID, HALO_CLIENT_SECRET not set');
		},
		START_LIMIT_MS,
	);
});
