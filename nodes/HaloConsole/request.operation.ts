import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { type Asked, readAsked } from '../shared/domain/console/asked';
import { CONSOLE_TABLES, readsOf } from '../shared/domain/console/reads';
import { findTables, TableError } from '../shared/domain/inbox/tables';
import type { JsonRecord } from '../shared/domain/values/json';
import { credentialOptions } from '../shared/n8n/create-halo-api';
import { readRows } from '../shared/n8n/rows';
import { INPUTS, OUTPUTS } from './description';
import { about } from './items';
import { sentFile } from './sent-file';
import { expectedError } from '../shared/domain/values/read';

/** Each table by its exact name; what is missing, or there twice, is said on the page, which comes all the same. */
function foundTables(listed: readonly JsonRecord[]): Pick<Asked, 'tables' | 'faults'> {
	const tables: Record<string, string> = {};
	const faults: string[] = [];
	for (const name of CONSOLE_TABLES) {
		try {
			Object.assign(tables, findTables(listed, [name]));
		} catch (error) {
			const { message, nextStep } = expectedError(error, TableError);
			faults.push(`${message}. ${nextStep}`);
		}
	}
	return { tables, faults };
}

/**
 * What is asked, and one item for each look-up of its page; none for a call that is refused.
 * @throws as `credentialOptions`: forms are signed with a key of the credential
 */
export async function request(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { cacheKey } = await credentialOptions(context);
	const [call] = context.getInputData(INPUTS.request.call);
	const listed = readRows(context, INPUTS.request.tables).map(({ json }) => json);
	const read = readAsked(call?.json ?? {}, `console ${cacheKey}`, Date.now());
	// A file that comes without a genuine form is not looked at.
	const file = read.refusal === null && read.page === 'csv' ? await sentFile(context, call) : null;
	const asked: Asked = {
		...read,
		...(file === null ? {} : { form: { ...read.form, csv: [file] } }),
		...foundTables(listed),
	};
	const out: INodeExecutionData[][] = [[], []];
	out[OUTPUTS.request.asked] = about([asked]);
	const isRead = asked.refusal === null && asked.page !== null;
	out[OUTPUTS.request.lookUp] =
		isRead && asked.page !== null ? about(readsOf(asked.page, asked, Date.now())) : [];
	return out;
}
