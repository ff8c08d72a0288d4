import { type ConsoleOutcome, refusalPage, shown, written } from '../shared/domain/console/answer';
import {
	conflictsOf,
	type EditForm,
	editFormIn,
	fieldErrorsOf,
	formOf,
	type KnownSets,
	typedClient,
} from '../shared/domain/console/companies/edit-form';
import { companyPage, type EditShown } from '../shared/domain/console/companies/edit-page';
import { type CompanyLine, companyLines } from '../shared/domain/console/companies/lines';
import { COMPANY_FILTERS } from '../shared/domain/console/companies/list-page';
import { releaseWrites } from '../shared/domain/console/companies/release';
import { mappingWrites } from '../shared/domain/console/companies/save';
import { valueOf } from '../shared/domain/console/fields';
import { consoleAddress } from '../shared/domain/console/links';
import { rowMark } from '../shared/domain/console/row-mark';
import { saying } from '../shared/domain/console/said';
import { fieldsOfState, tableStateIn } from '../shared/domain/console/table-state';
import { isUsable } from '../shared/domain/company/match/candidates';
import { createCompanyMatcher } from '../shared/domain/company/match/match';
import type { HaloClient, Suggestion } from '../shared/domain/company/types';
import type { JsonRecord } from '../shared/domain/values/json';
import { memberText } from '../shared/domain/values/read';
import { knownClients, verifiedClients } from './halo-clients';
import { type PageCall, tableOf } from './page-call';

/** More options than these make a page heavy; a client beyond them is found by its name or number all the same. */
const MOST_OPTIONS = 2_000;

function namesOf(rows: readonly JsonRecord[]): string[] {
	return rows.flatMap((row) => memberText(row, 'name') ?? []);
}

function knownSets({ rows }: PageCall): KnownSets {
	return { eventSets: namesOf(rows.halo_event_sets), profiles: namesOf(rows.halo_profiles) };
}

async function shownWith(
	call: PageCall,
	line: CompanyLine,
	more: Partial<EditShown>,
	status: number,
): Promise<ConsoleOutcome> {
	const known = await knownClients(call.context);
	const clients = 'problem' in known ? [] : known.clients.filter(isUsable).slice(0, MOST_OPTIONS);
	const faults = [...call.asked.faults, ...('problem' in known ? [known.problem] : [])];
	const page = companyPage(call.asked, line, knownSets(call), {
		form: formOf(line, rowMark(line.mapping?.row ?? null)),
		errors: {},
		candidates: [],
		conflicts: [],
		clients,
		faults,
		...more,
	});
	return shown(page, status);
}

type Meant = { client: HaloClient } | { problem: string; candidates: readonly Suggestion[] };

/** Clients whose name holds what was typed, or is like it. */
async function likeName(call: PageCall, name: string): Promise<Suggestion[]> {
	const known = await knownClients(call.context);
	if ('problem' in known) return [];
	const usable = known.clients.filter(isUsable);
	const words = name.toLowerCase();
	const holding = usable
		.filter((client) => client.name.toLowerCase().includes(words))
		.map(
			(client): Suggestion => ({
				haloClientId: client.id,
				haloClientName: client.name,
				score: 1,
				reasons: ['has it in its name'],
			}),
		);
	if (holding.length > 0) return holding.slice(0, MOST_CANDIDATES);
	const match = createCompanyMatcher(usable, [], { referenceFirst: false, integration: null });
	const empty = { integration: null, source: null, id: null, displayName: null };
	const verdict = match({ origin: name, ...empty, name, reference: null, domain: null });
	return 'candidates' in verdict ? verdict.candidates : [];
}

/** Clients that one look takes in. */
const MOST_CANDIDATES = 20;

/** The client that the field means, looked up in Halo now. */
async function clientMeant(call: PageCall, form: EditForm): Promise<Meant> {
	const typed = typedClient(form.client);
	if ('problem' in typed) return { problem: typed.problem, candidates: [] };
	const wanted =
		'id' in typed ? { text: String(typed.id), byName: false } : { text: typed.name, byName: true };
	const [verified = { problem: 'no Halo client is named' }] = await verifiedClients(call.context, [
		wanted,
	]);
	if ('client' in verified) return verified;
	return {
		problem: `${verified.problem}.`,
		candidates: 'id' in typed ? [] : await likeName(call, typed.name),
	};
}

async function save(call: PageCall, line: CompanyLine): Promise<ConsoleOutcome> {
	const { asked, now } = call;
	const form = editFormIn(asked.form);
	const current = rowMark(line.mapping?.row ?? null);
	const conflicts = form.was === current ? [] : conflictsOf(form, formOf(line, form.was));
	if (conflicts.length > 0) {
		// With the mark of what stands there now, so that saving once more is meant.
		return await shownWith(call, line, { form: { ...form, was: current }, conflicts }, 409);
	}
	const errors = fieldErrorsOf(form, knownSets(call), line);
	const meant = await clientMeant(call, form);
	if ('problem' in meant || Object.keys(errors).length > 0) {
		const client = 'problem' in meant ? { client: meant.problem } : {};
		const candidates = 'problem' in meant ? meant.candidates : [];
		return await shownWith(call, line, { form, errors: { ...errors, ...client }, candidates }, 422);
	}
	const writes = mappingWrites(line, meant.client, form, {
		method: 'linked',
		now: new Date(now).toISOString(),
	});
	const state = fieldsOfState(tableStateIn(asked.query, COMPANY_FILTERS));
	const to = consoleAddress('companies', { ...state, ...saying('saved', 1) });
	return written(tableOf(asked, 'halo_company_mappings'), writes, to);
}

/** The form of one company. */
export async function company(call: PageCall): Promise<ConsoleOutcome> {
	const { asked, now, rows } = call;
	const mark = valueOf(asked.query, 'c');
	const line = companyLines(rows).find((one) => one.mark === mark);
	if (line === undefined) {
		return refusalPage(
			404,
			'This company is not there any more. Go to Companies and search it. Nothing was changed.',
		);
	}
	if (!asked.isPost) return await shownWith(call, line, {}, 200);
	if (valueOf(asked.form, 'do') !== 'release') return await save(call, line);
	const { count, writes } = releaseWrites([line], new Date(now).toISOString());
	const to = consoleAddress('companies', saying('released', count));
	return written(tableOf(asked, 'halo_inbox'), writes, to);
}
