import {
	severalAssetsNote,
	withAsset,
	type AssetOutcome,
} from '../../shared/domain/ticket/asset-match';
import { lettersOf } from '../../shared/domain/ticket/reference';
import { fullListFile } from '../../shared/domain/ticket/text/limits';
import type { TicketAbout } from '../../shared/domain/ticket/plan/types';
import { toHtml } from '../../shared/domain/ticket/text/details';
import type { HaloApi } from '../../shared/halo/api';
import { addAllowedNote } from '../../shared/halo/notes';
import { HaloAssets } from '../../shared/halo/assets';
import { attachFile, textBase64 } from '../../shared/halo/attachments';
import type { TicketDraft } from '../../shared/halo/records/drafts';
import { AssetFinder } from './find-asset';
import { endsTheRun, failedDecision } from './failures';
import type { ProfileUsers } from './find-user';
import { asError } from '../../shared/domain/values/read';

/** Which look-ups a run makes beside those that it needs. Each costs requests, so they are off unless wanted. */
export interface EnrichOptions {
	linkAsset: boolean;
	affectedUser: boolean;
}

/** The ticket that is made or changed. */
export interface EnrichTarget extends TicketAbout {
	clientId: number;
	reference: string;
}

export interface Enriched {
	/** Members of the new ticket. */
	fields: Partial<TicketDraft>;
	/** Sentences for the decision. */
	remarks: string[];
	/** Assets that could not be told apart, for a note on the ticket. */
	several: ReadonlyArray<Extract<AssetOutcome, { kind: 'several' }>>;
}

/** Assets of one ticket that are looked up; a group of thousands must not cost thousands of requests. */
const MOST_ASSETS = 25;

/** Adds to tickets what is found in Halo: affected user, assets, custom fields, files. */
export class TicketEnricher {
	private readonly finder: AssetFinder;

	constructor(
		private readonly api: HaloApi,
		private readonly users: ProfileUsers,
		private readonly options: EnrichOptions,
		private readonly action: { noteAction?: number } = {},
	) {
		this.finder = new AssetFinder(new HaloAssets(api.sending));
	}

	/**
	 * What a new ticket gets. Nothing is written here. A look-up that fails is a remark: a finding without its asset is
	 * better than a finding without a ticket.
	 * @throws HaloError when no further request can succeed
	 */
	async prepare(target: EnrichTarget): Promise<Enriched> {
		const { customFields, sourceId, tags } = target.extras;
		const remarks: string[] = [];
		const user = await this.user(target, remarks);
		const { ids, several } = await this.assets(target, remarks);
		return {
			fields: {
				...user,
				...(ids.length === 0 ? {} : { assets: ids.map((id) => ({ id })) }),
				...(customFields.length === 0 ? {} : { customfields: [...customFields] }),
				...(sourceId === null ? {} : { source: sourceId }),
				...(tags.length === 0 ? {} : { tags: tags.map((text) => ({ text })) }),
			},
			remarks,
			several,
		};
	}

	private async user(
		{ clientId, event }: EnrichTarget,
		remarks: string[],
	): Promise<Partial<TicketDraft>> {
		const email = event?.user.email?.trim() ?? '';
		if (!this.options.affectedUser || email === '') return {};
		const found: Partial<TicketDraft> = {};
		await this.tolerate(remarks, 'The affected user was not looked up', async () => {
			const user = await this.users.findByEmail(clientId, email);
			if (user === null) remarks.push(`No user of this client has the address ${email}.`);
			else Object.assign(found, { user_id: user.userId, site_id: user.siteId });
		});
		return found;
	}

	private async assets(
		{ clientId, members }: EnrichTarget,
		remarks: string[],
	): Promise<{ ids: number[]; several: Enriched['several'] }> {
		if (!this.options.linkAsset) return { ids: [], several: [] };
		const named = new Map(members.map(({ asset }) => [JSON.stringify(asset), asset]));
		const wanted = [...named.values()];
		const ids = new Set<number>();
		const several: Array<Extract<AssetOutcome, { kind: 'several' }>> = [];
		const missing: string[] = [];
		await this.tolerate(remarks, 'Assets were not looked up', async () => {
			for (const asset of wanted.slice(0, MOST_ASSETS)) {
				const outcome = await this.finder.find(clientId, asset);
				if (outcome.kind === 'one') ids.add(outcome.asset.id);
				else if (outcome.kind === 'several') several.push(outcome);
				else if (outcome.kind === 'none') missing.push(outcome.shown);
			}
		});
		remarks.push(...assetRemarks(missing, several, wanted.length - MOST_ASSETS));
		return { ids: [...ids], several };
	}

	/**
	 * What follows once the ticket is there: a note about assets that could not be told apart, the full list as a file.
	 * The ticket stands, so a failure here is told and fails nothing.
	 * @returns sentences for the decision
	 */
	async afterCreate(
		ticketId: number,
		target: EnrichTarget,
		several: Enriched['several'],
	): Promise<string[]> {
		const remarks: string[] = [];
		for (const { assets, shown } of several) {
			await this.tolerate(remarks, 'The note about several assets was not written', async () => {
				await this.noteOnce(ticketId, severalAssetsNote(shown, assets));
			});
		}
		remarks.push(...(await this.attachFullList(ticketId, target)));
		return remarks;
	}

	/** True when `afterCreate` writes to the new ticket. */
	followsCreate(target: EnrichTarget, several: Enriched['several']): boolean {
		return several.length > 0 || fileOf(target) !== null;
	}

	/** Attaches what the details show in part. @returns sentences for the decision */
	private async attachFullList(ticketId: number, target: EnrichTarget): Promise<string[]> {
		const file = fileOf(target);
		if (file === null) return [];
		const remarks: string[] = [];
		await this.tolerate(remarks, 'The full list was not attached', async () => {
			await attachFile(this.api.sending, {
				ticketId,
				filename: file.name,
				contentType: 'text/plain',
				base64: textBase64(file.text),
			});
			remarks.push(`The full list is attached as ${file.name}.`);
		});
		return remarks;
	}

	/**
	 * What follows once a ticket has changed.
	 * @returns sentences for the decision
	 */
	async afterChange(ticketId: number, target: EnrichTarget): Promise<string[]> {
		const linked = this.options.linkAsset ? await this.linkMore(ticketId, target) : [];
		const attached = target.shownInPart === true ? await this.attachFullList(ticketId, target) : [];
		return [...linked, ...attached];
	}

	/**
	 * Links the assets of events that a ticket changed for, beside those that stand there already: it is read, and
	 * written only when one is new.
	 * @returns sentences for the decision
	 */
	private async linkMore(ticketId: number, target: EnrichTarget): Promise<string[]> {
		const remarks: string[] = [];
		await this.tolerate(remarks, 'The asset was not linked', async () => {
			const { ids, several } = await this.assets(target, remarks);
			for (const { assets, shown } of several) {
				await this.noteOnce(ticketId, severalAssetsNote(shown, assets));
			}
			if (ids.length === 0) return;
			const ticket = await this.api.getTicket(ticketId);
			const assets = ticket === null ? null : withAsset(ticket.assets, ids);
			if (ticket === null || assets === null) return;
			const { client_id, tickettype_id } = ticket;
			await this.api.updateTicket({ id: ticketId, client_id, tickettype_id, assets });
		});
		return remarks;
	}

	private async noteOnce(ticketId: number, text: string): Promise<void> {
		const mark = lettersOf(`${ticketId}|${text}`);
		const isThere = async (): Promise<boolean> =>
			(await this.api.listActions(ticketId)).some(({ note }) => note.includes(mark));
		const note_html = `<p>${toHtml(text)}</p><p style="color:#888;font-size:11px">(scannote ${mark})</p>`;
		const { action, api } = this;
		await addAllowedNote({ api, ...action }, { ticket_id: ticketId, note_html }, isThere);
	}

	private async tolerate(
		remarks: string[],
		what: string,
		work: () => Promise<void>,
	): Promise<void> {
		try {
			await work();
		} catch (error) {
			if (endsTheRun(error)) throw asError(error);
			remarks.push(`${what}: ${failedDecision(error).reason}`);
		}
	}
}

/** The file that holds what the details show in part; null when they show all. */
function fileOf({ event, members, reference, shownInPart }: EnrichTarget) {
	return event === null ? null : fullListFile(reference, event, members, shownInPart === true);
}

function assetRemarks(
	missing: readonly string[],
	several: Enriched['several'],
	notAsked: number,
): string[] {
	return [
		...(missing.length === 0
			? []
			: [`No asset of this client matches ${missing.join(', ')}; none is linked.`]),
		...several.map(
			({ shown, assets }) =>
				`${assets.length} assets of this client match ${shown}; none is linked, a private note lists them.`,
		),
		...(notAsked > 0 ? [`${notAsked} more assets were not looked up.`] : []),
	];
}
