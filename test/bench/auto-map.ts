import Fuse from 'fuse.js';

import { matchCompanies } from '../../nodes/shared/domain/company/match/auto-map';
import { profileOfName } from '../../nodes/shared/domain/company/match/name-profile';
import { compareNames } from '../../nodes/shared/domain/company/match/likeness';
import type { HaloClient } from '../../nodes/shared/domain/company/types';
import { makeCompanyLists, type CompanyCase, type CompanyLists } from './data/companies';
import { growthExponent, measure, measureOnce, type Cost } from './measure';
import { count, digits, duration, exponent, megabytes, ratio, share, type Section } from './report';
import type { BenchSizes } from './sizes';

const OPTIONS = { integration: null, referenceFirst: false, manyToOne: false };

/** As many as Auto-Map suggests at most. */
const SUGGESTIONS = 5;
/** As for Auto-Map: below it nothing is suggested. */
const LEAST_SCORE = 0.6;

/** Ids of the best clients per company, best first. */
type Answers = Map<CompanyCase, number[]>;

/**
 * Companies that are only alike, evenly out of the list. They serve for times too: whoever compares a company with every
 * client takes as long for one as for another.
 */
function sampleOf(cases: readonly CompanyCase[], wanted: number): CompanyCase[] {
	const alike = cases.filter(({ spelling }) => spelling === 'alike');
	const size = Math.min(wanted, alike.length);
	return alike.filter(
		(_one, at) =>
			Math.floor((at * size) / alike.length) > Math.floor(((at - 1) * size) / alike.length),
	);
}

/** Every company with every client, with the score that Auto-Map uses; the names are taken apart once. */
function pairwise(clients: readonly HaloClient[], sample: readonly CompanyCase[]): Answers {
	const profiles = clients.map(({ id, name }) => ({ id, profile: profileOfName(name) }));
	const uses = new Map<string, number>();
	for (const { profile } of profiles) {
		for (const word of new Set(profile.words)) uses.set(word, (uses.get(word) ?? 0) + 1);
	}
	const weigh = (word: string): number => 1 / (1 + Math.log2(1 + (uses.get(word) ?? 0)));
	return new Map(
		sample.map((one) => {
			const own = profileOfName(one.company.name ?? '');
			const scored: Array<{ id: number; score: number }> = [];
			for (const { id, profile } of profiles) {
				const { score } = compareNames(own, profile, weigh);
				if (score >= LEAST_SCORE) scored.push({ id, score });
			}
			const best = scored.toSorted((a, b) => b.score - a.score || a.id - b.id);
			return [one, best.slice(0, SUGGESTIONS).map(({ id }) => id)];
		}),
	);
}

function fuzzy(clients: readonly HaloClient[], sample: readonly CompanyCase[]): Answers {
	const fuse = new Fuse(clients, { keys: ['name'] });
	return new Map(
		sample.map((one) => [
			one,
			fuse.search(one.company.name ?? '', { limit: SUGGESTIONS }).map(({ item }) => item.id),
		]),
	);
}

function ours({ clients, cases }: CompanyLists): {
	answers: Answers;
	wrong: number;
	mapped: number;
} {
	const results = matchCompanies(
		cases.map(({ company }) => company),
		clients,
		[],
		OPTIONS,
	);
	const answers: Answers = new Map();
	let wrong = 0;
	let mapped = 0;
	for (const [index, one] of cases.entries()) {
		const result = results[index];
		if (result === undefined) throw new Error('A company got no result');
		const { client, candidates } = result;
		if (client !== null) {
			mapped += 1;
			if (client.id !== one.truth) wrong += 1;
		}
		answers.set(
			one,
			client === null ? candidates.map(({ haloClientId }) => haloClientId) : [client.id],
		);
	}
	return { answers, wrong, mapped };
}

/** Share of the companies whose client comes first. */
function found(answers: Answers, sample: readonly CompanyCase[]): number {
	const right = sample.filter((one) => answers.get(one)?.[0] === one.truth).length;
	return right / Math.max(sample.length, 1);
}

interface Measured {
	size: number;
	own: Cost;
	wrong: number;
	mapped: number;
	foundByOurs: number;
	/** Time for all companies, from that of the sample. */
	others: Record<'pairwise' | 'fuse', { sample: number; ms: number; found: number; ours: number }>;
}

async function measureSize(size: number, sizes: BenchSizes): Promise<Measured> {
	const lists = makeCompanyLists(size);
	const { clients, cases } = lists;
	const own = await measure(() => ours(lists), { runs: sizes.runs(size) });
	const { answers, wrong, mapped } = ours(lists);
	const other = async (match: typeof pairwise, wanted: number) => {
		const sample = sampleOf(cases, wanted);
		match(clients, sample.slice(0, 10));
		const { ms, result } = await measureOnce(() => match(clients, sample));
		return {
			sample: sample.length,
			ms: (ms * cases.length) / sample.length,
			found: found(result, sample),
			ours: found(answers, sample),
		};
	};
	return {
		size,
		own,
		wrong,
		mapped,
		foundByOurs: found(
			answers,
			cases.filter(({ spelling }) => spelling === 'alike'),
		),
		others: {
			pairwise: await other(pairwise, sizes.pairwiseSample(size)),
			fuse: await other(fuzzy, sizes.fuseSample(size)),
		},
	};
}

/** Auto-mapping of two lists of one length. */
export async function benchAutoMap(sizes: BenchSizes): Promise<Section> {
	const measured: Measured[] = [];
	for (const size of sizes.companies) measured.push(await measureSize(size, sizes));
	const grown = (read: (one: Measured) => number): number =>
		growthExponent(measured.map((one) => [one.size, read(one)]));
	const named = measured.map(({ size }) => `${count(size).text} x ${count(size).text}`);
	const last = measured.at(-1);
	const samples = measured
		.map(
			({ size, others }) =>
				`${others.pairwise.sample} and ${others.fuse.sample} of ${count(size).text}`,
		)
		.join(', ');
	const growth = exponent(grown(({ own }) => own.ms));
	const times = (other: 'pairwise' | 'fuse'): string =>
		digits((last?.others[other].ms ?? 0) / (last?.own.ms ?? 1));
	return {
		title: 'Map Company: Auto-Map',
		headline: `time grows with the power ${growth.text}; at ${named.at(-1) ?? ''} comparing all pairs takes ${times('pairwise')} times as long and fuse.js ${times('fuse')} times; ${count(last?.wrong ?? 0).text} companies were mapped to a wrong client.`,
		method: [
			'Two lists of one length: six of ten companies have the name of a client by an exact rule (case, punctuation, legal form), three are only alike (a letter lost or doubled, other order, one word more), one is no client. Nothing is mapped before.',
			`Pairwise: every company with every client, with the same score function, names taken apart once. fuse.js: its defaults, one index, five results per company. Both are run on a sample of the companies that are only alike (pairwise and fuse.js: ${samples}) against all clients, once, and the time is scaled to all companies: whoever compares with every client takes as long for one company as for another.`,
		],
		ratios: [
			{
				caption: 'Time of the others divided by that of Auto-Map, and growth:',
				head: ['what', 'growth of time', 'growth of memory', ...named],
				rows: [
					[
						'Auto-Map',
						growth,
						exponent(grown(({ own }) => own.peakBytes)),
						...measured.map(() => ratio(1)),
					],
					[
						'pairwise / Auto-Map',
						exponent(grown(({ others }) => others.pairwise.ms)),
						'',
						...measured.map(({ own, others }) => ratio(others.pairwise.ms / own.ms)),
					],
					[
						'fuse.js / Auto-Map',
						exponent(grown(({ others }) => others.fuse.ms)),
						'',
						...measured.map(({ own, others }) => ratio(others.fuse.ms / own.ms)),
					],
				],
			},
			{
				caption: `Of the companies that are only alike, those whose client is the first suggestion, on the same samples; of all companies, those mapped to a wrong client (${count(last?.mapped ?? 0).text} mapped at the largest size):`,
				head: ['what', ...named],
				rows: [
					[
						'Auto-Map, sample of pairwise',
						...measured.map(({ others }) => share(others.pairwise.ours)),
					],
					['pairwise', ...measured.map(({ others }) => share(others.pairwise.found))],
					['Auto-Map, sample of fuse.js', ...measured.map(({ others }) => share(others.fuse.ours))],
					['fuse.js', ...measured.map(({ others }) => share(others.fuse.found))],
					[
						'Auto-Map, all that are only alike',
						...measured.map(({ foundByOurs }) => share(foundByOurs)),
					],
					['mapped to a wrong client', ...measured.map(({ wrong }) => count(wrong))],
				],
			},
		],
		absolute: [
			{
				caption: 'Absolute:',
				head: ['lists', 'Auto-Map', 'peak memory', 'pairwise (scaled)', 'fuse.js (scaled)'],
				rows: measured.map(({ own, others }, index) => [
					named[index] ?? '',
					duration(own.ms),
					megabytes(own.peakBytes),
					duration(others.pairwise.ms),
					duration(others.fuse.ms),
				]),
			},
		],
	};
}
