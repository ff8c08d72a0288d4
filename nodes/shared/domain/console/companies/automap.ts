import { type AutoMapResult, matchCompanies } from '../../company/match/auto-map';
import { guardMassChange, MassChangeError } from '../../company/match/drift';
import type { HaloClient, Suggestion } from '../../company/types';
import { type CompanyLine, mappingLines } from './lines';
import type { RowsByTable } from '../rows';
import { expectedError } from '../../values/read';

/** More than this share of the mapped clients gone from Halo's list is a lost right, not a change; as Auto-Map has it. */
const GUARD_PERCENT = 50;

/** What Auto-Map would do with one company that has no client. */
export interface Proposal {
	line: CompanyLine;
	/** `exact`: an exact rule names one client. `likely`: a person has to say. `left`: nothing is like it. */
	kind: 'exact' | 'likely' | 'left';
	/** The client that would be mapped, or the likeliest; null for `left`. */
	client: Pick<Suggestion, 'haloClientId' | 'haloClientName'> | null;
	/** 0 to 1; null where nothing is like it. */
	score: number | null;
	reason: string;
	/** Further clients that it may be. */
	others: readonly Suggestion[];
}

/** How companies are compared. */
export interface MatchWays {
	referenceFirst: boolean;
	accentsDoNotCount: boolean;
}

function proposalOf(line: CompanyLine, result: AutoMapResult): Proposal {
	const { candidates, client, outcome, reason } = result;
	if (client !== null && outcome === 'mapped') {
		const named = { haloClientId: client.id, haloClientName: client.name };
		return {
			line,
			kind: 'exact',
			client: named,
			score: 1,
			reason: `same ${result.method}`,
			others: [],
		};
	}
	const [best, ...others] = candidates;
	const why = outcome === 'suggested' ? (best?.reasons.join(', ') ?? reason) : reason;
	return best === undefined
		? { line, kind: 'left', client: null, score: null, reason, others: [] }
		: { line, kind: 'likely', client: best, score: best.score, reason: why, others };
}

/**
 * What Auto-Map would do with every company that has no client; nothing is written.
 * @param clients every client of the tenant, inactive ones too
 * @returns the proposals, or why none can be made
 */
export function proposalsOf(
	lines: readonly CompanyLine[],
	rows: RowsByTable,
	clients: readonly HaloClient[],
	ways: MatchWays,
): { proposals: Proposal[]; problem: string | null } {
	const mappings = mappingLines(rows.halo_company_mappings).map(({ mapping }) => mapping);
	try {
		guardMassChange(mappings, clients, GUARD_PERCENT);
	} catch (error) {
		const { message, nextStep } = expectedError(error, MassChangeError);
		return { proposals: [], problem: `${message}. ${nextStep}` };
	}
	const open = lines.filter(({ mapping }) => (mapping?.mapping.haloClientId ?? null) === null);
	const results = matchCompanies(
		open.map(({ company }) => company),
		clients,
		mappings,
		{ ...ways, integration: null, manyToOne: false },
	);
	const proposals = open.flatMap((line, at): Proposal[] => {
		const result = results[at];
		return result === undefined ? [] : [proposalOf(line, result)];
	});
	return { proposals, problem: null };
}
