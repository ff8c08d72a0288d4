import { isRecord, type JsonRecord } from '../../values/json';
import { memberText } from '../../values/read';
import type { NewRowSettings } from '../match/mapping-row';

/** What the sync is called in halo_sync_status. */
export const SYNC_FLOW = 'companies';

/** What the sync does with ConnectSecure. */
export const WITH_CONNECTSECURE = ['off', 'dry run', 'create'] as const;

/** What one run of the sync does. Everything after it decides by this. */
export type SyncPlan = {
	integration: string;
	/** True when a person switched the sync on. */
	enabled: boolean;
	/** Nothing is written but the status. */
	dryRun: boolean;
	/** ISO 8601. */
	startedAt: string;
	/** Where the import goes on; '' = at the first page. */
	checkpoint: string;
	/** As the last run left them. */
	lastSync: string | null;
	lastError: string;
	lastErrorAt: string | null;
	entities: string[];
	/** Clients of Halo become companies, too. */
	importAsCompanies: boolean;
	createTicket: boolean;
	noNotification: boolean;
	eventSet: string;
	profile: string;
	/** Pages after which a batch is stored; 0 = all at once. */
	pagesPerBatch: number;
	guardPercent: number;
	referenceFirst: boolean;
	/** Id of a custom field; 0 = Halo's own reference. */
	referenceField: number;
	manyToOne: boolean;
	connectSecure: (typeof WITH_CONNECTSECURE)[number];
	createAtMost: number;
};

/** A value of the node Settings that cannot be used. */
export class SyncSettingError extends Error {
	readonly nextStep = 'Open the node Settings and correct the value.';

	constructor(name: string, expected: string, got: unknown) {
		const shown = (JSON.stringify(got) ?? 'nothing').slice(0, 80);
		super(`Settings, ${name}: expected ${expected}, got ${shown}`);
		this.name = 'SyncSettingError';
	}
}

function switchAt(settings: JsonRecord, name: string, byDefault: boolean): boolean {
	const value = settings[name] ?? byDefault;
	if (typeof value === 'boolean') return value;
	if (value === 'true' || value === 'false') return value === 'true';
	throw new SyncSettingError(name, 'true or false', value);
}

function amountAt(settings: JsonRecord, name: string, byDefault: number): number {
	const value = settings[name] ?? byDefault;
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
	throw new SyncSettingError(name, 'a whole number that is not negative', value);
}

function withConnectSecure(settings: JsonRecord): SyncPlan['connectSecure'] {
	const value = settings.connectSecure ?? 'off';
	const known = WITH_CONNECTSECURE.find((one) => one === value);
	if (known !== undefined) return known;
	throw new SyncSettingError('connectSecure', `one of ${WITH_CONNECTSECURE.join(', ')}`, value);
}

/** Which run was cut off; null when none was. A run writes `running` with each batch and takes it away at its end. */
function cutOff(counts: unknown): string | null {
	try {
		const before: unknown = JSON.parse(String(counts));
		return isRecord(before) && before.running === true
			? (memberText(before, 'startedAt') ?? '')
			: null;
	} catch {
		// A cell that a person wrote into says nothing about a run.
		return null;
	}
}

/** What a person set, with the defaults of the template. */
type SyncSettings = Omit<
	SyncPlan,
	'enabled' | 'dryRun' | 'startedAt' | 'checkpoint' | 'lastSync' | 'lastError' | 'lastErrorAt'
>;

function settingsOf(settings: JsonRecord): SyncSettings {
	const { entities } = settings;
	return {
		integration: memberText(settings, 'integration') ?? 'default',
		entities: Array.isArray(entities) ? entities.map(String) : ['clients'],
		importAsCompanies: switchAt(settings, 'importAsCompanies', true),
		createTicket: switchAt(settings, 'createTicket', true),
		noNotification: switchAt(settings, 'noNotification', false),
		eventSet: memberText(settings, 'eventSet') ?? '',
		profile: memberText(settings, 'profile') ?? '',
		pagesPerBatch: amountAt(settings, 'pagesPerBatch', 5),
		guardPercent: amountAt(settings, 'guardPercent', 50),
		referenceFirst: switchAt(settings, 'referenceFirst', false),
		referenceField: amountAt(settings, 'referenceField', 0),
		manyToOne: switchAt(settings, 'manyToOne', false),
		connectSecure: withConnectSecure(settings),
		createAtMost: amountAt(settings, 'createAtMost', 100),
	};
}

/**
 * What this run does: nothing by schedule until a person set `enabled` in the status row, a dry run by hand until then.
 * @param settings members of the node Settings; what is missing has its default
 * @param status the row of the sync in halo_sync_status; null before the first run
 * @param byHand true when a person started the run
 * @param now milliseconds since the epoch
 * @returns null when nothing is to be done
 * @throws SyncSettingError naming the setting
 */
export function planSync(
	settings: JsonRecord,
	status: JsonRecord | null,
	{ byHand, now }: { byHand: boolean; now: number },
): SyncPlan | null {
	const last = status ?? {};
	const enabled = last.enabled === true;
	const set = settingsOf(settings);
	if (!enabled && !byHand) return null;
	const startedAt = new Date(now).toISOString();
	const cut = enabled ? cutOff(last.counts) : null;
	return {
		...set,
		enabled,
		dryRun: !enabled,
		startedAt,
		// A dry run stores nothing: there is nothing to go on from, and no batch to make.
		checkpoint: enabled ? (memberText(last, 'checkpoint') ?? '') : '',
		pagesPerBatch: enabled ? set.pagesPerBatch : 0,
		lastSync: memberText(last, 'lastSync'),
		lastError:
			cut === null
				? (memberText(last, 'lastError') ?? '')
				: `The run of ${cut} did not end: n8n was stopped, or the run still goes on. This run goes on where it stood.`,
		lastErrorAt: cut === null ? memberText(last, 'lastErrorAt') : startedAt,
	};
}

/**
 * A plan as the node that began the run gave it out.
 * @throws SyncSettingError naming the member
 */
export function readSyncPlan(json: JsonRecord): SyncPlan {
	const startedAt = memberText(json, 'startedAt');
	if (startedAt === null) {
		throw new SyncSettingError('plan', 'the item of Begin Sync', json);
	}
	return {
		...settingsOf(json),
		enabled: json.enabled === true,
		dryRun: json.dryRun !== false,
		startedAt,
		checkpoint: memberText(json, 'checkpoint') ?? '',
		lastSync: memberText(json, 'lastSync'),
		lastError: memberText(json, 'lastError') ?? '',
		lastErrorAt: memberText(json, 'lastErrorAt'),
	};
}

/** What new mapping rows get. */
export function newRowSettings(plan: SyncPlan): NewRowSettings {
	const { createTicket, noNotification, eventSet, profile } = plan;
	return { createTicket, noNotification, eventSet, profile, flags: {} };
}
