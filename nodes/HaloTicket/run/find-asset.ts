import {
	assetQuestions,
	carries,
	macSpellings,
	matchingAssets,
	shownAsset,
	type AssetOutcome,
	type AssetQuestion,
	type HaloAsset,
} from '../../shared/domain/ticket/asset-match';
import type { EventAsset } from '../../shared/domain/event/event';
import type { HaloAssets } from '../../shared/halo/assets';

/** Up to here single searches cost no more than a client's list would; from the next one on the list is read once. */
const FEW_ASSETS = 3;

/** A longer list of one client costs more than searching each asset by itself. */
const MOST_LIST_PAGES = 10;

/** Assets that are read one by one to tell which of several carries a serial number. */
const MOST_DETAILS = 5;

interface ClientAssets {
	/** Searches sent so far. */
	searches: number;
	/** All assets of the client; null until its list was read, or when it is too long. */
	all: readonly HaloAsset[] | null;
	tooLong: boolean;
}

/** Finds the assets of events among those of the mapped client. Kept for one run: the same asset is asked for once. */
export class AssetFinder {
	private readonly outcomes = new Map<string, AssetOutcome>();
	private readonly clients = new Map<number, ClientAssets>();

	constructor(private readonly assets: HaloAssets) {}

	/**
	 * By name first, which is one request; then by serial number and MAC address. Several that carry the name are told
	 * apart by the other two.
	 * @throws HaloError when Halo refuses or fails
	 */
	async find(clientId: number, asset: EventAsset): Promise<AssetOutcome> {
		const questions = assetQuestions(asset);
		if (questions.length === 0) return { kind: 'nothing to look for' };
		const key = JSON.stringify([clientId, questions]).toLowerCase();
		const known = this.outcomes.get(key);
		if (known !== undefined) return known;
		const outcome = await this.ask(clientId, questions, shownAsset(asset));
		this.outcomes.set(key, outcome);
		return outcome;
	}

	private async ask(
		clientId: number,
		questions: readonly AssetQuestion[],
		shown: string,
	): Promise<AssetOutcome> {
		for (const [place, question] of questions.entries()) {
			const found = await this.search(clientId, question);
			const [asset, ...more] = found;
			if (asset === undefined) continue;
			if (more.length === 0) return { kind: 'one', asset };
			return await this.tellApart(found, questions.slice(place + 1), shown);
		}
		return { kind: 'none', shown };
	}

	private async tellApart(
		found: readonly HaloAsset[],
		questions: readonly AssetQuestion[],
		shown: string,
	): Promise<AssetOutcome> {
		if (questions.length === 0 || found.length > MOST_DETAILS) {
			return { kind: 'several', shown, assets: found };
		}
		const detailed = await this.withDetails(found);
		for (const question of questions) {
			const [asset, second] = detailed.filter((candidate) => carries(candidate, question));
			if (asset !== undefined && second === undefined) return { kind: 'one', asset };
		}
		return { kind: 'several', shown, assets: found };
	}

	private async withDetails(found: readonly HaloAsset[]): Promise<HaloAsset[]> {
		const detailed: HaloAsset[] = [];
		for (const asset of found) {
			const read = asset.details === null ? await this.assets.get(asset.id) : asset;
			if (read !== null) detailed.push({ ...read, clientId: asset.clientId });
		}
		return detailed;
	}

	private async search(clientId: number, question: AssetQuestion): Promise<HaloAsset[]> {
		const listed = await this.list(clientId);
		if (listed !== null) {
			const found = matchingAssets(listed, clientId, question);
			// A list does not carry the assets' own fields, where serial numbers and addresses may stand.
			if (found.length > 0 || question.key === 'name') return found;
		}
		const spellings = question.key === 'mac' ? macSpellings(question.value) : [question.value];
		for (const search of spellings) {
			const found = await this.searchText(clientId, question, search);
			if (found.length > 0) return found;
		}
		return [];
	}

	private async searchText(
		clientId: number,
		question: AssetQuestion,
		search: string,
	): Promise<HaloAsset[]> {
		this.of(clientId).searches += 1;
		const { rows } = await this.assets.search(clientId, search);
		const found = matchingAssets(rows, clientId, question);
		if (found.length > 0 || question.key === 'name') return found;
		const candidates = rows.filter((row) => row.clientId === clientId && !row.inactive);
		if (candidates.length > MOST_DETAILS) return [];
		return matchingAssets(await this.withDetails(candidates), clientId, question);
	}

	/** The client's whole list once many of its assets are asked for. */
	private async list(clientId: number): Promise<readonly HaloAsset[] | null> {
		const client = this.of(clientId);
		if (client.all !== null || client.tooLong || client.searches < FEW_ASSETS) return client.all;
		const rows: HaloAsset[] = [];
		let pages = 0;
		for await (const page of this.assets.pages(clientId)) {
			rows.push(...page.rows);
			pages += 1;
			if (page.next !== null && (pages >= MOST_LIST_PAGES || page.total > MOST_LIST_PAGES * 100)) {
				client.tooLong = true;
				return null;
			}
		}
		client.all = rows;
		return rows;
	}

	private of(clientId: number): ClientAssets {
		const known = this.clients.get(clientId);
		if (known !== undefined) return known;
		const client: ClientAssets = { searches: 0, all: null, tooLong: false };
		this.clients.set(clientId, client);
		return client;
	}
}
