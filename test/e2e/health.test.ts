import axios from 'axios';

import { REFERENCE_WORD } from '../../nodes/shared/domain/ticket/reference';
import { START_LIMIT_MS, describeWith, pinnedN8n } from '../support/host';
import { type Operations, finding, openOperations } from './operations-support';

/** Two runs by hand on a busy machine. */
const RUN_LIMIT_MS = 300_000;
/** A page that is asked while others work answers later, not after minutes. */
const HEALTH_LIMIT_MS = 10_000;
const PAUSE_MS = 200;

const SPACES = '\u00a0'.repeat(28);
/** What a stranger wrote to freeze n8n: a word of the pack, spaces that fit in two ways, and letters. */
const FREEZING = `Question about ${REFERENCE_WORD}: (${REFERENCE_WORD}${SPACES}letters scanstate a${SPACES}< scanlist add${SPACES}<`;

/** Texts on which some pattern of the pack once took time by the square of their length. */
const SLOW = ['<a@', '[', '=', '/', '<tr', '{{ ', 'eyJaaaaaaaa-', ' 1', ':0', 'status ticket '];

describeWith('The health page of a real n8n', pinnedN8n(), (host) => {
	let at: Operations;

	/** The slowest answer of the health page while something else is done. */
	const slowestDuring = async (
		work: () => Promise<void>,
	): Promise<{ slowest: number; asked: number }> => {
		const state = { isDone: false, slowest: 0, asked: 0 };
		const watch = async () => {
			while (!state.isDone) {
				const start = performance.now();
				const { status } = await axios.get<unknown>(`${at.n8n.url}/healthz`, {
					validateStatus: () => true,
					timeout: HEALTH_LIMIT_MS * 3,
					proxy: false,
				});
				expect(status).toBe(200);
				state.slowest = Math.max(state.slowest, performance.now() - start);
				state.asked += 1;
				await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
			}
		};
		const watching = watch();
		try {
			await work();
		} finally {
			state.isDone = true;
			await watching;
		}
		return { slowest: state.slowest, asked: state.asked };
	};

	beforeAll(async () => {
		at = await openOperations('health', host);
	}, START_LIMIT_MS);
	afterAll(async () => {
		await at?.stop();
	}, START_LIMIT_MS);

	it(
		'answers all the time while a ticket of a stranger and 60 such texts in one webhook are read',
		async () => {
			at.halo.technician.create({
				summary: `Question about ${REFERENCE_WORD}`,
				details: FREEZING.repeat(60),
				client_id: 11,
			});
			const events = Array.from({ length: 60 }, (_, index) =>
				finding(`freeze-${index}`, {
					title: `Finding ${index} ${FREEZING}`,
					description: `${FREEZING.repeat(30)}${(SLOW[index % SLOW.length] ?? '').repeat(6_000)}`,
					asset: { name: `srv-${SLOW[index % SLOW.length]?.repeat(100)}` },
				}),
			);
			const { asked, slowest } = await slowestDuring(async () => {
				expect(await at.post(events)).toBe(200);
				await at.process();
			});
			expect(asked).toBeGreaterThan(5);
			expect(slowest).toBeLessThan(HEALTH_LIMIT_MS);
			expect((await at.inbox('freeze-')).every(({ state }) => state !== 'new')).toBe(true);
		},
		RUN_LIMIT_MS,
	);
});
