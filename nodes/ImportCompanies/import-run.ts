import { belongsToImport } from '../shared/domain/company/import';
import type { ImportCheckpoint, ImportEntity } from '../shared/domain/company/import';
import type { CompanyListFilter, HaloCompanyLists } from '../shared/halo/company-lists';
import type { ImportedRow } from '../shared/halo/records/company-rows';
import { firstPosition, type ListPosition } from '../shared/halo/records/pages';
import { ParameterError } from '../shared/n8n/parameters';
import type { ImportSettings } from './import-settings';

/** What an import read, up to its end or up to an error. */
export interface ImportRun {
	rows: ImportedRow[];
	/** Rows given out per entity. */
	counts: Record<ImportEntity, number>;
	/** Halo's own count of what matches, per entity that was read; null where it was not read. */
	totals: Record<ImportEntity, number | null>;
	/** Rows that Halo gave and that do not belong into the import. */
	leftOut: number;
	/** Rows that Halo counts and did not give: the agent may not see them, or a page came without them. */
	missing: number;
	/** True when a list changed while it was read, and was read once more. */
	listChanged: boolean;
	/** Where the next run goes on; null when everything was read. */
	checkpoint: ImportCheckpoint | null;
	/** Page after this one; null when there is none, or when pages were not asked for. */
	nextPage: number | null;
	/** What ended the run before its end; null when nothing did. */
	error: unknown;
}

/** Client 1 is Halo's "Unknown", 0 and -1 stand for none: no companies. */
const LAST_PSEUDO_CLIENT = 1;

/** Most rows per request where Halo's own cap must not move the borders of a page. */
const SAFE_CHUNKS = [100, 50] as const;

/** Gathers what an import reads; what was gathered stays when a later page fails. */
class Gathering {
	readonly run: ImportRun = {
		rows: [],
		counts: { clients: 0, sites: 0, users: 0, assets: 0 },
		totals: { clients: null, sites: null, users: null, assets: null },
		leftOut: 0,
		missing: 0,
		listChanged: false,
		checkpoint: null,
		nextPage: null,
		error: null,
	};

	private readonly seen = new Set<string>();

	constructor(
		private readonly lists: HaloCompanyLists,
		private readonly settings: ImportSettings,
		private readonly startedAt: string,
	) {}

	private filter(clientId?: number): CompanyListFilter {
		const { search, includeInactive, since, referenceField } = this.settings;
		return { search: search ?? undefined, includeInactive, since, clientId, referenceField };
	}

	private take(entity: ImportEntity, rows: readonly ImportedRow[]): void {
		for (const row of rows) {
			const key = `${entity} ${row.id}`;
			if (this.seen.has(key)) continue;
			this.seen.add(key);
			const isPseudo = row.entity === 'client' && row.id <= LAST_PSEUDO_CLIENT;
			if (isPseudo || !belongsToImport(row, this.settings)) {
				this.run.leftOut += 1;
				continue;
			}
			this.run.rows.push(row);
			this.run.counts[entity] += 1;
		}
	}

	private checkpointAt(entity: ImportEntity, position: ListPosition): ImportCheckpoint {
		const { scope, since } = this.settings;
		const resumed = scope.kind === 'all' ? scope.resumeFrom : null;
		return { entity, ...position, since, until: resumed?.until ?? this.startedAt };
	}

	async all(scope: Extract<ImportSettings['scope'], { kind: 'all' }>): Promise<void> {
		const { resumeFrom, pageSize, pagesPerRun } = scope;
		const from = resumeFrom === null ? 0 : this.settings.entities.indexOf(resumeFrom.entity);
		if (resumeFrom !== null && from === -1) {
			throw new ParameterError(
				'Resume From',
				`a checkpoint of ${this.settings.entities.join(', ')}`,
				resumeFrom.entity,
			);
		}
		const first = firstPosition(pageSize);
		let pages = 0;
		for (const entity of this.settings.entities.slice(from)) {
			let position: ListPosition = entity === resumeFrom?.entity ? resumeFrom : first;
			this.run.checkpoint = this.checkpointAt(entity, position);
			if (pagesPerRun > 0 && pages >= pagesPerRun) return;
			for await (const page of this.lists.read(entity, this.filter(), position)) {
				pages += 1;
				this.take(entity, page.rows);
				this.run.totals[entity] = page.total;
				this.run.listChanged ||= page.changed;
				this.run.missing += page.missing;
				if (page.next === null) break;
				position = page.next;
				this.run.checkpoint = this.checkpointAt(entity, position);
				if (pagesPerRun > 0 && pages >= pagesPerRun) return;
			}
		}
		this.run.checkpoint = null;
	}

	/** One page of the size that was asked for, read in parts that Halo does not cut. */
	async page({ page, pageSize }: { page: number; pageSize: number }): Promise<void> {
		const part =
			pageSize <= SAFE_CHUNKS[0] ? pageSize : SAFE_CHUNKS.find((size) => pageSize % size === 0);
		if (part === undefined) {
			throw new ParameterError('Page Size', 'at most 100, or a multiple of 50', pageSize);
		}
		for (const entity of this.settings.entities) {
			const goesOn = await this.window(entity, (page - 1) * pageSize, pageSize, part);
			if (goesOn) this.run.nextPage = page + 1;
		}
	}

	/** Rows from an offset on. @returns true when the list may go on behind them */
	private async window(
		entity: ImportEntity,
		offset: number,
		size: number,
		part: number,
	): Promise<boolean> {
		const [, smaller] = SAFE_CHUNKS;
		let known: { number: number; firstId: number | undefined } | null = null;
		for (let at = offset; at < offset + size; at += part) {
			const number = at / part + 1;
			const { counted, rows, total } = await this.lists.page(entity, this.filter(), number, part);
			this.run.totals[entity] = total;
			// A page's own count is never larger than the page; a larger one is the list's.
			const left = counted && total > rows.length ? total - at : null;
			if (left === null || left <= 0) {
				const before = known?.number === number - 1 ? known.firstId : undefined;
				if (await this.isBehindEnd(entity, number, part, rows, before)) return false;
			}
			const expected = left === null || left <= 0 ? part : Math.min(part, left);
			const mayBeCut = rows.length < expected && rows.length <= smaller;
			if (mayBeCut && part > smaller && part % smaller === 0) {
				return await this.window(entity, offset, size, smaller);
			}
			this.take(entity, rows);
			known = { number, firstId: rows[0]?.id };
			if (left !== null && left > 0 && left <= part) return false;
		}
		return true;
	}

	/** Behind the end Halo gives the last page again, or nothing. */
	private async isBehindEnd(
		entity: ImportEntity,
		number: number,
		part: number,
		rows: readonly ImportedRow[],
		before: number | undefined,
	): Promise<boolean> {
		const first = rows[0]?.id;
		if (first === undefined) return true;
		if (number === 1) return false;
		if (before !== undefined) return before === first;
		const page = await this.lists.page(entity, this.filter(), number - 1, part);
		return page.rows[0]?.id === first;
	}

	async clients(ids: readonly number[]): Promise<void> {
		const { entities, includeInactive, referenceField } = this.settings;
		const problems: string[] = [];
		for (const id of ids) {
			const client = await this.lists.client(id, referenceField);
			if (client === null) problems.push(`${id} does not exist, or the agent may not see it`);
			else if (client.inactive && !includeInactive)
				problems.push(`${client.name} (${id}) is inactive`);
			else {
				if (entities.includes('clients')) this.take('clients', [client]);
				await this.ofClient(id);
			}
		}
		if (problems.length > 0)
			throw new Error(`Halo clients that cannot be imported: ${problems.join('; ')}`);
	}

	private async ofClient(id: number): Promise<void> {
		for (const entity of this.settings.entities) {
			if (entity === 'clients') continue;
			for await (const { changed, missing, rows } of this.lists.read(entity, this.filter(id))) {
				this.run.listChanged ||= changed;
				this.run.missing += missing;
				// Halo ignores filters that it does not know.
				this.take(
					entity,
					rows.filter((row) => row.entity !== 'client' && row.clientId === id),
				);
			}
		}
	}
}

/**
 * Reads what the settings ask for. Rejects never: what went wrong stands in the result, beside what was read before.
 * @param startedAt ISO 8601 in UTC
 */
export async function runImport(
	lists: HaloCompanyLists,
	settings: ImportSettings,
	startedAt: string,
): Promise<ImportRun> {
	const gathering = new Gathering(lists, settings, startedAt);
	const { scope } = settings;
	try {
		if (scope.kind === 'all') await gathering.all(scope);
		else if (scope.kind === 'page') await gathering.page(scope);
		else await gathering.clients(scope.ids);
		return gathering.run;
	} catch (error) {
		return { ...gathering.run, error };
	}
}
