import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';

import { type JsonRecord, type WorkflowFile, asRecord, waitFor } from '../../sandbox/host';
import { START_LIMIT_MS, describeWith, pinnedN8n } from '../support/host';
import { type Operations, finding, openOperations, rowsWhen } from './operations-support';

/** Tables of the tests stay far below this; five large events do not fit. */
const STORE_BYTES = 6 * 1024 * 1024;
const LARGE = 1_200_000;
/** The outage ends at a pause of the process, at most 4 minutes after a few failures. */
const RECOVERY_MS = 400_000;

interface Mail {
	from: string;
	to: string;
	subject: string;
	body: string;
}

/** A mail server that keeps what it is given. */
async function startMailbox(): Promise<{ port: number; mails: Mail[]; server: Server }> {
	const mails: Mail[] = [];
	const server = createServer((socket) => {
		let buffer = '';
		let data: string[] | null = null;
		let envelope = { from: '', to: '' };
		socket.write('220 mailbox\r\n');
		socket.on('error', () => socket.destroy());
		socket.on('data', (chunk) => {
			buffer += chunk.toString('utf8');
			for (let end = buffer.indexOf('\r\n'); end !== -1; end = buffer.indexOf('\r\n')) {
				const line = buffer.slice(0, end);
				buffer = buffer.slice(end + 2);
				if (data !== null) {
					if (line !== '.') {
						data.push(line);
						continue;
					}
					const split = data.indexOf('');
					const head = data.slice(0, split).join('\n').replace(/\n\s+/g, ' ');
					mails.push({
						...envelope,
						subject: /^Subject: (.*)$/im.exec(head)?.[1] ?? '',
						body: data.slice(split).join('\n').replaceAll('=\n', ''),
					});
					data = null;
					socket.write('250 kept\r\n');
				} else if (/^DATA/i.test(line)) {
					data = [];
					socket.write('354 go on\r\n');
				} else if (/^QUIT/i.test(line)) {
					socket.end('221 bye\r\n');
				} else {
					const address = /<(.*)>/.exec(line)?.[1] ?? '';
					if (/^MAIL/i.test(line)) envelope = { ...envelope, from: address };
					if (/^RCPT/i.test(line)) envelope = { ...envelope, to: address };
					socket.write('250 ok\r\n');
				}
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	return { port: (server.address() as AddressInfo).port, mails, server };
}

/** The template as a user has set it up: own addresses, and no quiet time, so that the test need not wait for it. */
function filledIn(templates: Map<string, WorkflowFile>): void {
	const notices = templates.get('notices');
	if (notices === undefined) throw new Error('There is no template notices');
	const text = JSON.stringify(notices)
		.replace('"value":5}', '"value":0}')
		.replace('halo-bridge@example.com', 'bridge@msp.example')
		.replace('operations@example.com', 'scanners@msp.example')
		.replace('operations@example.com', 'halo-team@msp.example');
	templates.set('notices', { ...notices, ...(JSON.parse(text) as WorkflowFile) });
}

describeWith('HI-19 HI-20 Error notices in a real n8n', pinnedN8n(), (host) => {
	let at: Operations;
	let mailbox: Awaited<ReturnType<typeof startMailbox>>;

	const notices = async () => {
		const run = await at.session.runWorkflow(at.template('notices').id, 'Run by hand');
		expect({ status: run.status, error: run.error }).toEqual({ status: 'success', error: null });
	};
	const tableId = async (name: string) => String((await at.session.dataTables()).get(name));

	beforeAll(async () => {
		mailbox = await startMailbox();
		at = await openOperations('notices', host, {
			prepare: filledIn,
			credentials: [
				{
					id: 'sandboxSmtp00001',
					name: 'Notices SMTP',
					type: 'smtp',
					data: {
						user: '',
						password: '',
						host: '127.0.0.1',
						port: mailbox.port,
						secure: false,
						disableStartTls: true,
					},
				},
			],
			env: { N8N_DATA_TABLES_MAX_SIZE_BYTES: String(STORE_BYTES) },
		});
		await at.session.publish(at.template('notices').id);
	}, START_LIMIT_MS);
	afterAll(async () => {
		await at?.stop();
		mailbox?.server.close();
	}, START_LIMIT_MS);

	it('without an error nobody is told anything', async () => {
		await notices();
		expect(mailbox.mails).toEqual([]);
	}, 60_000);

	it(
		'Halo answering 503 for the length of 40 findings: 40 rows stored, 1 notice; afterwards 40 tickets in order, 1 notice of recovery',
		async () => {
			const { halo, session, flow } = at;
			halo.faults.add({ name: 'status-503', path: '^/(api|auth)', times: 'always' });
			await session.publish(flow.processInbox.id);
			const keys = Array.from(
				{ length: 40 },
				(_, index) => `out-${String(index + 1).padStart(2, '0')}`,
			);
			for (const [index, key] of keys.entries()) {
				expect(await at.post([finding(key)])).toBe(200);
				if (index % 10 === 9) await notices();
			}
			const stored = await at.inbox('out-');
			await waitFor('The first notice', () => (mailbox.mails.length > 0 ? true : null), {
				withinMs: 120_000,
				everyMs: 1_000,
			});
			// Another pause of the process, and several runs of notices: nothing more is told.
			await rowsWhen(at, 'out-', (rows) => rows.every(({ state }) => state === 'failed'), 150_000);
			await notices();
			await notices();
			const during = [...mailbox.mails];

			halo.faults.clear();
			const done = await rowsWhen(
				at,
				'out-',
				(rows) => rows.every(({ state }) => state === 'done'),
				RECOVERY_MS,
			);
			await notices();
			await notices();
			await session.unpublish(flow.processInbox.id);

			expect(stored).toHaveLength(40);
			expect(during).toHaveLength(1);
			expect(during[0]).toMatchObject({
				from: 'bridge@msp.example',
				to: 'halo-team@msp.example',
				subject: 'Halo bridge, outgoing: Halo does not answer',
			});
			expect(during[0]?.body).toContain('Nothing is lost');
			expect(done.map(({ decision }) => decision)).toEqual(keys.map(() => 'created'));
			const tickets = halo
				.tickets()
				.map(({ summary }) => /out-\d\d/.exec(String(summary))?.[0])
				.filter((key) => key !== undefined);
			expect(tickets).toEqual(keys);
			expect(mailbox.mails.map(({ subject }) => subject)).toEqual([
				'Halo bridge, outgoing: Halo does not answer',
				'Halo bridge, outgoing: Halo answers again',
			]);
			process.stdout.write(
				`  findings 40, rows stored ${stored.length}, notices ${during.length}, tickets ${new Set(tickets).size}, notices of recovery ${mailbox.mails.length - during.length}\n`,
			);
		},
		START_LIMIT_MS + RECOVERY_MS,
	);

	it(
		'full Data Tables: intake answers 500, one notice is sent, Halo is left alone; with room again one more',
		async () => {
			mailbox.mails.length = 0;
			let fitted = 0;
			const fill = async () => {
				for (; fitted < 12; fitted += 1) {
					await at.session.insertRows('halo_inbox', [
						{ dedupKey: `large-${fitted}`, state: 'done', event: 'x'.repeat(LARGE) },
					]);
				}
			};
			await expect(fill()).rejects.toThrow(/size limit/i);
			expect(fitted).toBeGreaterThan(2);
			expect(await at.post([finding('while-full')])).toBe(500);
			const before = at.halo.journal.length;
			await notices();
			await notices();
			await expect(at.process()).rejects.toThrow(/size limit/i);
			expect(at.halo.journal.length).toBe(before);
			expect(mailbox.mails).toHaveLength(1);
			expect(mailbox.mails[0]).toMatchObject({
				to: 'scanners@msp.example',
				subject: 'Halo bridge, incoming: The Data Tables of n8n are full',
			});

			await at.session.api(
				'DELETE',
				`/data-tables/${await tableId('halo_inbox')}/rows/delete`,
				undefined,
				{
					filter: JSON.stringify({
						type: 'and',
						filters: [{ columnName: 'dedupKey', condition: 'like', value: '%large-%' }],
					}),
				},
			);
			expect(await at.post([finding('while-full')])).toBe(200);
			await notices();
			await notices();
			const about = mailbox.mails.filter(({ subject }) => subject.includes('Data Tables'));
			expect(about.map(({ subject }) => subject)).toEqual([
				'Halo bridge, incoming: The Data Tables of n8n are full',
				'Halo bridge, incoming: There is room in the Data Tables again',
			]);
		},
		START_LIMIT_MS,
	);

	it(
		'a workflow that fails leaves one error, and people are told with its words and its direction',
		async () => {
			mailbox.mails.length = 0;
			const errors = async (): Promise<JsonRecord[]> => await at.session.tableRows('halo_errors');
			const before = (await errors()).length;
			// The intake finds two tables of its name: it fails, and says so to the scanner.
			await at.session.api('POST', '/data-tables', {
				name: 'halo_inbox_2',
				columns: [{ name: 'a', type: 'string' }],
			});
			const twin = String((await at.session.dataTables()).get('halo_inbox'));
			await at.session.api('PATCH', `/data-tables/${twin}`, { name: 'halo_inbox_away' });
			expect(await at.post([finding('nowhere')])).toBe(500);
			await at.session.api('PATCH', `/data-tables/${twin}`, { name: 'halo_inbox' });
			const stored = await waitFor(
				'The stored error',
				async () => ((await errors()).length > before ? await errors() : null),
				{ withinMs: 30_000 },
			);
			expect(stored.at(-1)).toMatchObject({
				workflow: 'intake',
				direction: 'incoming',
				cause: 'workflow',
			});
			expect(asRecord(stored.at(-1), 'error').message).toContain(
				'There is no Data Table called halo_inbox',
			);
			await notices();
			await notices();
			expect(mailbox.mails[0]).toMatchObject({
				to: 'scanners@msp.example',
				subject: 'Halo bridge, incoming: A workflow failed',
			});
			expect(mailbox.mails[0]?.body).toContain('There is no Data Table called halo_inbox');
			expect(
				mailbox.mails.filter(({ subject }) => subject.includes('A workflow failed')),
			).toHaveLength(1);
		},
		START_LIMIT_MS,
	);
});
