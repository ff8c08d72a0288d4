import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { refusalIn } from '../shared/domain/sources/connectsecure/answer';
import {
	companyBody,
	COMPANY_PATHS,
	createdCompany,
	type PodCompany,
	podCompanies,
	presentCompany,
	wantedCompany,
	type WantedCompany,
} from '../shared/domain/sources/connectsecure/companies';
import { toErrorItem, toNodeError } from '../shared/n8n/errors';
import { POD_PAGE_SIZE, OUTPUTS } from './description';
import { askPod, readPodList } from './pod';

/** Before each company: ConnectSecure publishes no limit, and nobody waits for this. */
const BEFORE_CREATION_MS = 200;

const NOTHING_TO_MAKE = 'the item needs a name, and the number of a Halo client in haloClientId';

/** The list of companies could not be read. */
class PodListError extends Error {
	readonly nextStep =
		'Choose the credential ConnectSecure Bridge API in this node, test it, then try again.';
}

async function listCompanies(context: IExecuteFunctions): Promise<PodCompany[] | string> {
	const query = { limit: POD_PAGE_SIZE, order_by: 'id' };
	return podCompanies(await readPodList(context, COMPANY_PATHS.list, query));
}

/**
 * All companies, one item each.
 * @throws NodeOperationError when the list was not read to its end
 */
export async function getPodCompanies(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const listed = await listCompanies(context);
	if (typeof listed !== 'string') {
		return [listed.map((json) => ({ json, pairedItem: { item: 0 } }))];
	}
	const error = new PodListError(listed);
	if (!context.continueOnFail()) throw toNodeError(error, context.getNode());
	return [[toErrorItem(error, context.getNode(), 0)]];
}

/** Asks for a company, unless it is there. @returns what the answer said against it; null when nothing */
async function create(
	context: IExecuteFunctions,
	wanted: WantedCompany | null,
	before: readonly PodCompany[],
): Promise<string | null> {
	if (wanted === null || presentCompany(wanted, before) !== null) return null;
	await sleep(BEFORE_CREATION_MS);
	const body = companyBody(wanted);
	const answer = await askPod(context, { method: 'POST', path: COMPANY_PATHS.create, body });
	return refusalIn(answer);
}

/**
 * Makes the company of each item, each once: what is there already is not made, and afterwards the list says what was,
 * so that an answer that was lost counts as what it was. A company that was made twice is named.
 */
export async function createPodCompanies(
	context: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const outputs: INodeExecutionData[][] = [[], []];
	const { created, notCreated } = OUTPUTS.createConnectSecureCompanies;
	const items = context.getInputData().map(({ json }) => ({ json, wanted: wantedCompany(json) }));
	const listed = await listCompanies(context);
	const before = typeof listed === 'string' ? [] : listed;
	const refusals: Array<string | null> = [];
	for (const { wanted } of items) {
		// Without the list nobody knows what is there: nothing is made.
		const refusal = typeof listed === 'string' ? listed : await create(context, wanted, before);
		refusals.push(refusal);
	}
	const after = typeof listed === 'string' ? listed : await listCompanies(context);
	for (const [item, { json, wanted }] of items.entries()) {
		const result =
			wanted === null
				? { companyId: '', reason: NOTHING_TO_MAKE }
				: createdCompany(wanted, before, after, refusals[item] ?? null);
		const output = result.companyId === '' ? notCreated : created;
		outputs[output]?.push({ json: { ...json, ...result }, pairedItem: { item } });
	}
	return outputs;
}
