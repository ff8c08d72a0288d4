import { type CompanyMapping, readClientId } from '../../company/mapping';
import { type Fields, isTicked, valueOf } from '../fields';
import type { CompanyLine } from './lines';

/** What the form of a company holds, as it was typed. */
export interface EditForm {
	/** A number, a name, or `Contoso Ltd [#11]` as the list offers it. */
	client: string;
	createTicket: boolean;
	noNotification: boolean;
	reportPhishing: boolean;
	/** '' = the row does not say. */
	phinboxIq: '' | 'yes' | 'no';
	eventSet: string;
	profile: string;
	/** What the row held when the form was made. */
	was: string;
}

/** Messages by the field that they stand beside. */
export type FieldErrors = Readonly<Partial<Record<keyof EditForm, string>>>;

/** Longer than any name of a client. */
const LONGEST_CLIENT = 300;

/** A client as the list of the field offers it. */
export function clientLabel({ id, name }: { id: number; name: string }): string {
	return `${name} [#${id}]`;
}

/** What the form shows of a company that nobody has edited. */
export function formOf({ mapping }: Pick<CompanyLine, 'mapping'>, was: string): EditForm {
	const known: CompanyMapping | null = mapping?.mapping ?? null;
	const id = known?.haloClientId ?? null;
	return {
		client: id === null ? '' : clientLabel({ id, name: known?.haloClientName ?? '' }),
		createTicket: known?.createTicket ?? true,
		noNotification: known?.noNotification ?? false,
		reportPhishing: known?.reportPhishing ?? true,
		phinboxIq: known === null || known.phinboxIq === null ? '' : known.phinboxIq ? 'yes' : 'no',
		eventSet: known?.eventSet ?? '',
		profile: known?.profile ?? '',
		was,
	};
}

/** Reads the form as it was sent. */
export function editFormIn(form: Fields): EditForm {
	const phinbox = valueOf(form, 'phinboxIq');
	return {
		// One of several clients that the form offered counts more than what was typed before.
		client: valueOf(form, 'pick') || valueOf(form, 'client'),
		createTicket: isTicked(form, 'createTicket'),
		noNotification: isTicked(form, 'noNotification'),
		reportPhishing: isTicked(form, 'reportPhishing'),
		phinboxIq: phinbox === 'yes' || phinbox === 'no' ? phinbox : '',
		eventSet: valueOf(form, 'eventSet'),
		profile: valueOf(form, 'profile'),
		was: valueOf(form, 'was'),
	};
}

/** What was typed into the field of the client: a number, or a name to look for. */
export type TypedClient = { id: number } | { name: string } | { problem: string };

export function typedClient(text: string): TypedClient {
	if (text === '') return { problem: 'Pick a client: type a part of its name, or its number.' };
	if (text.length > LONGEST_CLIENT) {
		return { problem: `Too long: at most ${LONGEST_CLIENT} characters, got ${text.length}.` };
	}
	const labelled = /\[#(\d{1,15})\]$/.exec(text)?.[1];
	const digits = labelled ?? (/^\d{1,15}$/.test(text) ? text : null);
	if (digits === null) return { name: text };
	const read = readClientId(digits);
	if ('fault' in read) return { problem: `${read.fault.problem}.` };
	return read.value === null ? { name: text } : { id: read.value };
}

/** Names that the form may hold. */
export interface KnownSets {
	eventSets: readonly string[];
	profiles: readonly string[];
}

/** What is wrong with the fields beside the client; a name that the row holds already may stay. */
export function fieldErrorsOf(
	form: EditForm,
	known: KnownSets,
	{ mapping }: Pick<CompanyLine, 'mapping'>,
): FieldErrors {
	const isKnown = (name: string, names: readonly string[], kept: string | null): boolean =>
		name === '' || name === kept || names.includes(name);
	const now = mapping?.mapping ?? null;
	return {
		...(isKnown(form.eventSet, known.eventSets, now?.eventSet ?? null)
			? {}
			: { eventSet: `There is no event set called “${form.eventSet}”.` }),
		...(isKnown(form.profile, known.profiles, now?.profile ?? null)
			? {}
			: { profile: `There is no profile called “${form.profile}”.` }),
	};
}

const LABELS: ReadonlyArray<readonly [name: Exclude<keyof EditForm, 'was'>, label: string]> = [
	['client', 'Halo client'],
	['createTicket', 'Create tickets'],
	['noNotification', 'No Notification'],
	['reportPhishing', 'Report Phishing'],
	['phinboxIq', 'Phinbox IQ'],
	['eventSet', 'Event set'],
	['profile', 'Profile'],
];

function shownValue(value: string | boolean): string {
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	return value === '' ? 'empty' : value;
}

/** A field that somebody else changed meanwhile, with both values. */
export interface Conflict {
	field: string;
	theirs: string;
	yours: string;
}

/** Where what was typed differs from what the row holds now. */
export function conflictsOf(typed: EditForm, now: EditForm): Conflict[] {
	return LABELS.filter(([name]) => typed[name] !== now[name]).map(([name, field]) => ({
		field,
		theirs: shownValue(now[name]),
		yours: shownValue(typed[name]),
	}));
}
