import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readClientId } from '../shared/domain/company-mapping';
import { parseHaloClient } from '../shared/domain/company-import-items';
import { createCompanyMatcher } from '../shared/domain/match-company';
import { unusableBecause } from '../shared/domain/match-company-index';
import { mappingRow } from '../shared/domain/match-company-row';
import type { HaloClient, LocalCompany } from '../shared/domain/match-company-types';
import { createCompanyResolver } from '../shared/domain/resolve-company';
import { isRecord } from '../shared/domain/safe-json';
import type { HaloCompanyLists } from '../shared/halo/company-lists';
import { createCompanyLists } from '../shared/n8n/create-company-lists';
import { toErrorItem, toNodeError } from '../shared/n8n/errors';
import { ParameterError, pickedRow } from '../shared/n8n/parameters';
import { OUTPUTS } from './description';
import type { ReadMapping } from './sync-parameters';
import {
	readCollection,
	readMappings,
	readNewRows,
	tableRowId,
	textOf,
	without,
} from './sync-parameters';

const NEXT_STEP =
	'Pick the client from the list, or type the number at the end of its address in Halo.';

/** A client that was found, or why it may not be used. */
type Verified = { client: HaloClient } | { problem: string };

interface LinkRequest {
	company: LocalCompany;
	client: { text: string; byName: boolean };
}

function readLinks(context: IExecuteFunctions, itemIndex: number): LinkRequest[] {
	const options = readCollection(context, 'linkOptions', itemIndex);
	const value = readCollection(context, 'links', itemIndex).link;
	const list: unknown[] = Array.isArray(value) ? value : [];
	if (list.length === 0) throw new ParameterError('Links', 'at least one link', null);
	return list.map((entry, index) => {
		const place = `Links, entry ${index + 1}`;
		const link = isRecord(entry) ? entry : {};
		const company = pickedRow(`${place}, Company`, link.company);
		if (company === null) throw new ParameterError(`${place}, Company`, 'a company', null);
		const client = pickedRow(`${place}, Halo Client`, link.client);
		if (client === null) throw new ParameterError(`${place}, Halo Client`, 'a client', null);
		const name = textOf(link, 'companyName') ?? company.name;
		const typedName = isRecord(link.company) && link.company.mode === 'name';
		// An expression may give the name where there is no id.
		const companyByName = typedName || company.id === name;
		return {
			company: {
				origin: `link ${index + 1}`,
				integration: textOf(options, 'integration'),
				source: textOf(options, 'source'),
				id: companyByName ? null : company.id,
				name: companyByName ? company.id : name,
				displayName: null,
				reference: null,
				domain: null,
			},
			client: { text: client.id, byName: isRecord(link.client) && link.client.mode === 'name' },
		};
	});
}

async function clientById(lists: HaloCompanyLists, text: string): Promise<Verified> {
	const read = readClientId(text);
	if ('fault' in read) return { problem: `Halo client ${text}: ${read.fault.problem}` };
	if (read.value === null) return { problem: 'no Halo client is named' };
	const row = await lists.client(read.value, null);
	const client = row === null ? null : parseHaloClient(row, 1);
	if (client === null) {
		return { problem: `Halo client ${read.value} does not exist, or the agent may not see it` };
	}
	const problem = unusableBecause(client);
	return problem === null
		? { client }
		: { problem: `Halo client ${client.name} (${client.id}) ${problem}` };
}

async function findClients(lists: HaloCompanyLists, search: string): Promise<HaloClient[]> {
	const filter = { search, includeInactive: true, since: null, referenceField: null };
	const start = { page: 1, pageSize: 100, firstId: null, total: null };
	const found: HaloClient[] = [];
	for await (const page of lists.read('clients', filter, start)) {
		found.push(...page.rows.flatMap((row) => parseHaloClient(row, 1) ?? []));
	}
	return found;
}

/** The longest word: Halo finds texts inside a name, so `Contoso, Limited` would not find Contoso Ltd. */
function longestWord(name: string): string {
	const words = name.split(/[^\p{L}\p{M}\p{N}]+/u);
	return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

async function clientByName(lists: HaloCompanyLists, name: string): Promise<Verified> {
	const word = longestWord(name);
	const found = [
		...(await findClients(lists, name)),
		...(word === '' || word === name ? [] : await findClients(lists, word)),
	];
	const match = createCompanyMatcher(found, [], { referenceFirst: false, integration: null });
	const empty = { integration: null, source: null, id: null, displayName: null };
	const verdict = match({ origin: name, ...empty, name, reference: null, domain: null });
	if (verdict.kind === 'mapped') return { client: verdict.client };
	if (verdict.kind === 'ambiguous' || verdict.kind === 'refused') {
		return { problem: verdict.reason.replace(/\.$/, '') };
	}
	const near = verdict.kind === 'suggested' ? verdict.candidates : [];
	const like = near.map((one) => `${one.haloClientName} (${one.haloClientId})`).join(', ');
	return {
		problem: `Halo has no client called "${name}"${like === '' ? '' : `; like it: ${like}`}`,
	};
}

function linked(
	{ company }: LinkRequest,
	client: HaloClient,
	read: readonly ReadMapping[],
	settings: ReturnType<typeof readNewRows>,
): IDataObject {
	// A row of this very company is changed, so that the table never holds two of it.
	const find = createCompanyResolver(
		read.map(({ mapping }) => ({ ...mapping, haloClientId: null, refusal: null })),
		{ referenceFirst: false, integration: company.integration },
	);
	const { id, name, displayName, reference, domain } = company;
	const match = find(company.source ?? '', { id, name, displayName, reference, domain });
	const known = match.kind === 'unmapped' ? match.known : null;
	const row = read.find(({ mapping }) => mapping.origin === known?.origin);
	const before = row?.mapping.haloClientId ?? null;
	const change = row === undefined ? 'insert' : before === client.id ? 'keep' : 'update';
	const said = before === null || before === client.id ? '' : `, was client ${before}`;
	return {
		outcome: 'mapped',
		reason: `Company "${name ?? id ?? ''}" is linked to Halo client ${client.name} (${client.id})${said}.`,
		change,
		rowId: tableRowId(row?.row),
		...mappingRow(company, client, 'linked', settings, new Date().toISOString()),
	};
}

function refused({ company }: LinkRequest, problem: string): IDataObject {
	const known = without({ ...company }, ['origin']);
	const names = { companyId: company.id ?? '', companyName: company.name ?? '' };
	return {
		outcome: 'refused',
		reason: `${problem}. ${NEXT_STEP}`,
		change: null,
		rowId: null,
		...known,
		...names,
	};
}

/**
 * Links companies to Halo clients that a person picked. Each client is looked up in Halo: one that does not exist, is
 * inactive or may not receive tickets is refused and named. Writes nothing: Mapped carries the rows.
 * @throws NodeOperationError naming the field and the item
 */
export async function link(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const read = readMappings(context, 1);
	const outputs: INodeExecutionData[][] = [[], [], []];
	for (const itemIndex of context.getInputData(0).keys()) {
		const pairedItem = { item: itemIndex };
		try {
			const requests = readLinks(context, itemIndex);
			const settings = readNewRows(context, itemIndex);
			const lists = await createCompanyLists(context, itemIndex);
			for (const request of requests) {
				const { text, byName } = request.client;
				const verified = byName ? await clientByName(lists, text) : await clientById(lists, text);
				if ('client' in verified) {
					const json = linked(request, verified.client, read, settings);
					outputs[OUTPUTS.mapped]?.push({ json, pairedItem });
				} else {
					const json = refused(request, verified.problem);
					outputs[OUTPUTS.review]?.push({ json, pairedItem });
				}
			}
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(error, context.getNode(), itemIndex);
			outputs[OUTPUTS.review]?.push(toErrorItem(error, context.getNode(), itemIndex));
		}
	}
	return outputs;
}
