import type { IExecuteFunctions } from 'n8n-workflow';

import type { ConsoleOutcome } from '../shared/domain/console/answer';
import type { Asked } from '../shared/domain/console/asked';
import type { RowsByTable } from '../shared/domain/console/rows';

/** What a page is made of. */
export interface PageCall {
	context: IExecuteFunctions;
	asked: Asked;
	rows: RowsByTable;
	/** Milliseconds since the epoch. */
	now: number;
}

/** Makes a page, or decides about the form that was sent to it. */
export type PageMaker = (call: PageCall) => Promise<ConsoleOutcome>;

/** The id of a table that is written. @throws Error naming it when it was not found */
export function tableOf({ tables }: Asked, name: string): string {
	const id = tables[name];
	if (id === undefined) throw new Error(`There is no Data Table called ${name}`);
	return id;
}
