import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { companyIdKey, companyNameKeys } from '../shared/domain/company/name';
import { localCompanyKey } from '../shared/domain/company/match/auto-map';
import { mappingRow, type NewRowSettings } from '../shared/domain/company/match/mapping-row';
import type { HaloClient, LocalCompany } from '../shared/domain/company/types';
import { createCompanyResolver } from '../shared/domain/company/resolve';
import { isRecord } from '../shared/domain/values/json';
import { createCompanyLists } from '../shared/n8n/create-halo-api';
import { toErrorItem, toNodeError } from '../shared/n8n/errors';
import { ParameterError, pickedRow, readCollection } from '../shared/n8n/parameters';
import { OUTPUTS } from './description';
import {
	readFlags,
	type ReadMapping,
	readMappings,
	readNewRows,
	tableRowId,
	without,
} from './sync-parameters';
import {
	createClientVerifier,
	type Verified,
	type WantedClient,
} from '../shared/halo/verify-client';
import { memberText } from '../shared/domain/values/read';

const NEXT_STEP =
	'Pick the client from the list, or type the number at the end of its address in Halo.';

interface LinkRequest {
	company: LocalCompany;
	client: WantedClient;
	/** What the client must be called in Halo; null = anything. */
	clientName: string | null;
}

/** The links of one item, or why they cannot be read. */
type ItemLinks = { itemIndex: number } & (
	| { requests: LinkRequest[]; settings: NewRowSettings }
	| { error: unknown }
);

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
		const name = memberText(link, 'companyName') ?? company.name;
		const typedName = isRecord(link.company) && link.company.mode === 'name';
		// An expression may give the name where there is no id.
		const companyByName = typedName || company.id === name;
		return {
			company: {
				origin: `link ${index + 1}`,
				integration: memberText(options, 'integration'),
				source: memberText(options, 'source'),
				id: companyByName ? null : company.id,
				name: companyByName ? company.id : name,
				displayName: null,
				reference: null,
				domain: null,
			},
			client: { text: client.id, byName: isRecord(link.client) && link.client.mode === 'name' },
			clientName: memberText(link, 'clientName'),
		};
	});
}

function readItem(context: IExecuteFunctions, itemIndex: number): ItemLinks {
	try {
		const requests = readLinks(context, itemIndex);
		return { itemIndex, requests, settings: readNewRows(context, itemIndex) };
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(error, context.getNode(), itemIndex);
		return { itemIndex, error };
	}
}

/** A row for every source that names another id is not a row of this company, though their names agree. */
function mayBeOf({ companyId, source }: ReadMapping['mapping'], company: LocalCompany): boolean {
	if (source !== null || companyId === null || company.id === null) return true;
	return companyIdKey(companyId) === companyIdKey(company.id);
}

/** The row of this very company, so that it is changed and the table never holds two. */
function rowOf(company: LocalCompany, read: readonly ReadMapping[]): ReadMapping | undefined {
	const own = read.filter(({ mapping }) => mayBeOf(mapping, company));
	const find = createCompanyResolver(
		own.map(({ mapping }) => ({ ...mapping, haloClientId: null, refusal: null })),
		{ referenceFirst: false },
	);
	const { id, name, displayName, reference, domain, integration } = company;
	const match = find(
		{ integration, source: company.source ?? '' },
		{ id, name, displayName, reference, domain },
	);
	const known = match.kind === 'unmapped' ? match.known : null;
	return own.find(({ mapping }) => mapping.origin === known?.origin);
}

function isSame(
	{ mapping, row }: ReadMapping,
	client: HaloClient,
	settings: NewRowSettings,
): boolean {
	const { haloClientId, haloClientName, createTicket, noNotification, eventSet, profile } = mapping;
	return (
		mapping.refusal === null &&
		haloClientId === client.id &&
		(haloClientName ?? client.name) === client.name &&
		createTicket === settings.createTicket &&
		noNotification === settings.noNotification &&
		(eventSet ?? '') === settings.eventSet &&
		(profile ?? '') === settings.profile &&
		JSON.stringify(readFlags(row.json.flags)) === JSON.stringify(settings.flags)
	);
}

function linked(
	{ company }: LinkRequest,
	client: HaloClient,
	existing: ReadMapping | undefined,
	settings: NewRowSettings,
): IDataObject {
	const before = existing?.mapping.haloClientId ?? null;
	const said = before === null || before === client.id ? '' : `, was client ${before}`;
	// A link by name alone leaves the row its id, and a client that stays leaves it the day of its mapping.
	const whole = {
		...company,
		id: company.id ?? existing?.mapping.companyId ?? null,
		name: company.name ?? existing?.mapping.companyName ?? null,
	};
	const mappedAt = before === client.id ? memberText(existing?.row.json ?? {}, 'mappedAt') : null;
	const isKept = existing !== undefined && isSame(existing, client, settings);
	return {
		outcome: 'mapped',
		reason: `Company "${whole.name ?? whole.id ?? ''}" is linked to Halo client ${client.name} (${client.id})${said}.`,
		change: existing === undefined ? 'insert' : isKept ? 'keep' : 'update',
		rowId: tableRowId(existing?.row),
		...mappingRow(whole, client, 'linked', settings, mappedAt ?? new Date().toISOString()),
	};
}

function refused({ company }: LinkRequest, outcome: string, reason: string): IDataObject {
	const known = without({ ...company }, ['origin']);
	const names = { companyId: company.id ?? '', companyName: company.name ?? '' };
	return { outcome, reason, change: null, rowId: null, ...known, ...names };
}

/** Why a client that was found is not the one that was meant; null when it is. */
function otherName(clientName: string | null, client: HaloClient): string | null {
	if (clientName === null) return null;
	const isSameName = companyNameKeys(clientName).full === companyNameKeys(client.name).full;
	return isSameName
		? null
		: `Halo client ${client.id} is called ${client.name}, not "${clientName}". Correct the number, or leave its name empty.`;
}

/** Decides link after link; what one linked, a later one does not link again. */
function createLinker(
	read: readonly ReadMapping[],
): (
	request: LinkRequest,
	verified: Verified,
	settings: NewRowSettings,
) => { output: number; json: IDataObject } {
	const done = new Set<string>();
	const review = (request: LinkRequest, outcome: string, reason: string) => ({
		output: OUTPUTS.review,
		json: refused(request, outcome, reason),
	});
	return (request, verified, settings) => {
		const { company, clientName } = request;
		if ('problem' in verified) {
			return review(request, 'refused', `${verified.problem}. ${NEXT_STEP}`);
		}
		const key = localCompanyKey(company);
		if (done.has(key)) {
			const reason = `Company "${company.name ?? company.id ?? ''}" is linked twice; the first link counts.`;
			return review(request, 'duplicate', reason);
		}
		const existing = rowOf(company, read);
		const isHeld = existing?.mapping.haloClientId === verified.client.id;
		const problem = isHeld ? null : otherName(clientName, verified.client);
		if (problem !== null) return review(request, 'refused', problem);
		done.add(key);
		const json = linked(request, verified.client, existing, settings);
		return { output: OUTPUTS.mapped, json };
	};
}

/**
 * Links companies to Halo clients that a person picked. Each client is looked up in Halo: one that does not exist, is
 * inactive or may not receive tickets is refused and named. Writes nothing: Mapped carries the rows.
 * @throws NodeOperationError naming the field and the item
 */
export async function link(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const decide = createLinker(readMappings(context, 1));
	const items = [...context.getInputData(0).keys()].map((at) => readItem(context, at));
	const wanted = items.flatMap((item) =>
		'error' in item ? [] : item.requests.map(({ client }) => client),
	);
	const outputs: INodeExecutionData[][] = [[], [], []];
	let verify: ReturnType<typeof createClientVerifier> | null = null;
	for (const item of items) {
		const { itemIndex } = item;
		try {
			if ('error' in item) throw item.error;
			verify ??= createClientVerifier(await createCompanyLists(context, itemIndex), wanted);
			for (const request of item.requests) {
				const { output, json } = decide(request, await verify(request.client), item.settings);
				outputs[output]?.push({ json, pairedItem: { item: itemIndex } });
			}
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(error, context.getNode(), itemIndex);
			outputs[OUTPUTS.review]?.push(toErrorItem(error, context.getNode(), itemIndex));
		}
	}
	return outputs;
}
