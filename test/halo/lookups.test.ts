import { HaloApi } from '../../nodes/shared/halo/api';
import type { HaloRequest } from '../../nodes/shared/halo/http/transport';

const ALL = Array.from({ length: 120 }, (_, at) => ({ id: at + 1, name: `Team ${at + 1}` }));

/** A Halo whose lists of the set-up stand in an envelope and are cut. */
function haloThatCuts(cap: number, recordCount: number | undefined) {
	const sent: HaloRequest[] = [];
	const send = async (request: HaloRequest) => {
		sent.push(request);
		const { page_no: page, page_size: size } = request.query ?? {};
		const length = Math.min(Number(size ?? cap), cap);
		const from = (Number(page ?? 1) - 1) * length;
		const teams = ALL.slice(from, from + length);
		return await Promise.resolve({
			status: 200,
			headers: {},
			body: { record_count: recordCount, teams },
		});
	};
	const runtime = {
		now: () => 0,
		sleep: async () => await Promise.resolve(),
		random: () => 0,
		cancelled: () => false,
	};
	return { api: new HaloApi({ send }, runtime), sent };
}

test('a list of which Halo counts more than it gave is read by pages to its end', async () => {
	const { api, sent } = haloThatCuts(50, 120);
	expect((await api.teams()).map(({ id }) => id)).toEqual(ALL.map(({ id }) => id));
	expect(sent).toHaveLength(4);
});

test('a list of which all came is one request', async () => {
	const { api, sent } = haloThatCuts(200, 120);
	expect(await api.teams()).toHaveLength(120);
	expect(sent).toHaveLength(1);
});
