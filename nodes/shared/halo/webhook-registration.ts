import type { HaloWebhooks, WebhookDraft, WebhookRow } from './webhooks';
import { asError } from '../domain/values/read';

/** What is to stand in Halo: one webhook of this name and address, told of these events. */
export interface Registration {
	webhook: WebhookDraft;
	/** Halo's numbers of events. */
	events: readonly number[];
}

/** A registration could be neither finished nor taken back. */
export class HalfRegisteredError extends Error {
	readonly nextStep: string;

	constructor(name: string, id: string, cause: unknown) {
		const why = cause instanceof Error ? cause.message : String(cause);
		super(`The webhook "${name}" was made in Halo only in part: ${why}`, { cause });
		this.name = 'HalfRegisteredError';
		this.nextStep = `Publish again: it is found and finished. Or delete it in Halo under Configuration > Integrations > Webhooks (id ${id}).`;
	}
}

type Named = Pick<WebhookDraft, 'name' | 'url'>;

function sameAddress(left: string, right: string): boolean {
	return left.replace(/(?<!\/)\/+$/, '') === right.replace(/(?<!\/)\/+$/, '');
}

/** Halo marks no owner: a webhook is ours when both its name and its address are. */
function isOurs(row: WebhookRow, { name, url }: Named): boolean {
	return row.name === name && sameAddress(row.url, url);
}

/** Ours, in an order that every process sees alike: two that register at once keep the same one. */
async function findOurs(halo: HaloWebhooks, wanted: Named): Promise<WebhookRow[]> {
	const rows = (await halo.list()).filter((row) => isOurs(row, wanted));
	return rows.sort((left, right) => (left.id < right.id ? -1 : 1));
}

async function matchEvents(
	halo: HaloWebhooks,
	id: string,
	wanted: readonly number[],
): Promise<void> {
	const attached = await halo.events(id);
	const missing = wanted.filter((eventno) => !attached.some((row) => row.eventno === eventno));
	const firstOf = (eventno: number | null) => attached.find((row) => row.eventno === eventno)?.id;
	for (const row of attached) {
		const isWanted = row.eventno !== null && wanted.includes(row.eventno);
		if (!isWanted || firstOf(row.eventno) !== row.id) await halo.detach(row.id);
	}
	if (missing.length > 0) await halo.attach(id, missing);
}

/**
 * Makes the registration true, whatever stands there: made new, finished, corrected or left alone. Never two.
 * @returns the webhook's id
 * @throws HaloError when Halo refuses; nothing is left behind then, or HalfRegisteredError says what is
 */
export async function register(halo: HaloWebhooks, wanted: Registration): Promise<string> {
	const { webhook } = wanted;
	const [kept, ...extra] = await findOurs(halo, webhook);
	for (const { id } of extra) await halo.remove(id);
	const findLost = async () => (await findOurs(halo, webhook))[0] ?? null;
	const id = await halo.save({ ...webhook, id: kept?.id }, findLost);
	try {
		await matchEvents(halo, id, wanted.events);
	} catch (error) {
		const left = kept === undefined ? await failureOf(halo.remove(id)) : null;
		return await Promise.reject(
			left === null ? error : new HalfRegisteredError(webhook.name, id, error),
		);
	}
	return await keepOne(halo, webhook, id);
}

async function failureOf(work: Promise<void>): Promise<Error | null> {
	return await work.then(() => null, asError);
}

/** Another process may have registered at the same moment. */
async function keepOne(halo: HaloWebhooks, wanted: Named, id: string): Promise<string> {
	const ours = await findOurs(halo, wanted);
	const [first] = ours;
	for (const other of ours.slice(1)) await halo.remove(other.id);
	return first?.id ?? id;
}

/**
 * Takes the registration back: every webhook of this name and address, and the one that is remembered.
 * @param rememberedId id from an earlier registration, whose address may have been another; null when none is known
 */
export async function unregister(
	halo: HaloWebhooks,
	wanted: Named,
	rememberedId: string | null,
): Promise<void> {
	const rows = await halo.list();
	const ours = rows.filter(
		(row) => isOurs(row, wanted) || (row.id === rememberedId && row.name === wanted.name),
	);
	for (const { id } of ours) {
		for (const event of await halo.events(id)) await halo.detach(event.id);
		await halo.remove(id);
	}
}
