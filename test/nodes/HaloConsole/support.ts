import type { IDataObject } from 'n8n-workflow';

import { HaloConsole } from '../../../nodes/HaloConsole/HaloConsole.node';
import { INPUTS, OUTPUTS } from '../../../nodes/HaloConsole/description';
import { CONSOLE_TABLES, type ConsoleTable } from '../../../nodes/shared/domain/console/reads';
import { startHaloSimulator, type HaloSimulator } from '../../../sandbox/halo';
import { runNode } from '../../support/engine';

/** What the browser gets. */
export interface Answered {
	status: number;
	location: string;
	contentType: string;
	disposition: string;
	body: string;
}

/** The conditions of the Data Table node that the console uses. */
const HOLDS: Record<string, (held: unknown, value: unknown) => boolean> = {
	eq: (held, value) => held === value,
	gte: (held, value) =>
		typeof value === 'number' ? Number(held) >= value : String(held) >= String(value),
	ilike: (held, value) => String(held).toLowerCase().includes(String(value).toLowerCase()),
};

type Fields = Record<string, string | string[]>;

const idOf = (table: string): string => `id of ${table}`;

/** A person at the console: the node on n8n's own engine, and tables that do what the Data Table nodes do. */
export class Desk {
	readonly tables = new Map<string, IDataObject[]>(CONSOLE_TABLES.map((name) => [name, []]));
	/** Name of the table that cannot be written; null = all can. */
	broken: ConsoleTable | null = null;
	/** Rows that the last post wrote, by what was done with them. */
	written: Record<string, IDataObject[]> = {};
	private lastId = 0;

	private constructor(readonly halo: HaloSimulator) {}

	static async open(): Promise<Desk> {
		return new Desk(await startHaloSimulator());
	}

	reset(): void {
		this.halo.reset();
		this.halo.faults.clear();
		this.broken = null;
		this.written = {};
		for (const name of CONSOLE_TABLES) this.tables.set(name, []);
	}

	rows(table: ConsoleTable): IDataObject[] {
		return this.tables.get(table) ?? [];
	}

	/** Puts rows into a table; resolves to them with their numbers. */
	put(table: ConsoleTable, ...rows: IDataObject[]): IDataObject[] {
		const whole = rows.map((row) => {
			this.lastId += 1;
			const at = '2026-05-04T08:00:00.000Z';
			return { id: this.lastId, createdAt: at, updatedAt: at, ...row };
		});
		this.rows(table).push(...whole);
		return whole;
	}

	/** @param address what stands behind the `?` */
	async get(address = '', user = 'nora'): Promise<Answered> {
		return await this.call(address, {}, user);
	}

	/** Sends a form as the page that holds it would, with its token, unless the fields bring another one. */
	async post(address: string, form: Fields, user = 'nora'): Promise<Answered> {
		const token = form.token ?? (await this.token(user));
		return await this.call(address, { token, end: '1', ...form }, user);
	}

	/** The token that a form of this user holds. */
	async token(user = 'nora'): Promise<string> {
		const run = await this.run('request', [[{ headers: headersOf(user) }], []]);
		return String(run[OUTPUTS.request.asked]?.[0]?.token);
	}

	private async run(operation: string, inputs: IDataObject[][]): Promise<IDataObject[][]> {
		const { error, json } = await runNode({
			node: new HaloConsole(),
			executionOrder: 'v1',
			parameters: { operation },
			inputs,
			simulator: this.halo,
		});
		if (error !== null) throw new Error(`${operation}: ${error.message} ${error.description}`);
		return json;
	}

	private async call(address: string, body: Fields, user: string): Promise<Answered> {
		const query = queryOf(address);
		const listed = [...this.tables.keys()].map((name) => ({ id: idOf(name), name }));
		const headers = headersOf(user);
		const asked = await this.run('request', [[{ headers, params: {}, query, body }], listed]);
		const read = (asked[OUTPUTS.request.lookUp] ?? []).flatMap((one) => this.find(one));
		const decided = await this.run('answer', [
			asked[OUTPUTS.request.asked] ?? [],
			read.length === 0 ? [{}] : read,
		]);
		const page = decided[OUTPUTS.answer.page]?.[0] ?? {};
		this.written = Object.fromEntries(
			Object.entries(OUTPUTS.answer).map(([name, output]) => [name, decided[output] ?? []]),
		);
		const inputs: IDataObject[][] = Object.keys(INPUTS.done).map(() => []);
		inputs[INPUTS.done.page] = [page];
		for (const name of [
			'insert',
			'update',
			'insertCompanies',
			'updateCompanies',
			'remove',
		] as const) {
			const into = name.endsWith('Companies') ? idOf('halo_companies') : String(page.into);
			inputs[INPUTS.done[name]] = (this.written[name] ?? []).flatMap((row) =>
				this.write(name, name === 'remove' ? String(row.table) : into, row),
			);
		}
		const [[said = {}] = []] = await this.run('done', inputs);
		return {
			status: Number(said.status),
			location: String(said.location),
			contentType: String(said.contentType),
			disposition: String(said.disposition),
			body: String(said.body),
		};
	}

	private tableOf(id: string): IDataObject[] {
		const name = [...this.tables.keys()].find((one) => idOf(one) === id);
		if (name === undefined) throw new Error(`no table has the id "${id}"`);
		return this.tables.get(name) ?? [];
	}

	private find(asked: IDataObject): IDataObject[] {
		const where = asked.where as Array<{ column: string; condition: string; value: unknown }>;
		const holds = (row: IDataObject): boolean =>
			where.every(
				({ column, condition, value }) => HOLDS[condition]?.(row[column], value) === true,
			);
		const found = this.tableOf(String(asked.table)).filter(holds);
		return (asked.direction === 'DESC' ? found.toReversed() : found).slice(0, Number(asked.limit));
	}

	private write(how: string, id: string, row: IDataObject): IDataObject[] {
		const table = this.tableOf(id);
		if (this.broken !== null && id === idOf(this.broken)) return [{ error: 'size limit exceeded' }];
		const at = table.findIndex((one) => one.id === row.id);
		if (how.startsWith('insert')) {
			this.lastId += 1;
			table.push({ ...row, id: this.lastId, updatedAt: new Date().toISOString() });
			return [{ id: this.lastId }];
		}
		if (at < 0) return [];
		const [before] = table.splice(at, 1);
		if (how === 'remove') return [{ id: row.id }];
		table.splice(at, 0, { ...before, ...row, updatedAt: new Date().toISOString() });
		return [{ id: row.id }];
	}
}

function headersOf(user: string): IDataObject {
	if (user === '') return {};
	return { authorization: `Basic ${Buffer.from(`${user}:a password`).toString('base64')}` };
}

function queryOf(address: string): IDataObject {
	const query: Record<string, string | string[]> = {};
	for (const [name, value] of new URLSearchParams(address)) {
		const before = query[name];
		query[name] = before === undefined ? value : [before, value].flat();
	}
	return query;
}

/** A row of halo_companies that nobody has mapped. */
export const company = (name: string, more: IDataObject = {}): IDataObject => ({
	integration: '',
	source: 'wazuh',
	companyId: `id-${name}`,
	name,
	displayName: '',
	reference: '',
	domain: '',
	psaName: '',
	review: '',
	...more,
});

/** The pairs that a page offers to tick. */
export const ticks = (body: string): string[] =>
	[...body.matchAll(/name="pair" value="([0-9a-f.]+)"/g)].map(([, value = '']) => value);
