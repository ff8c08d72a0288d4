import { forHtml } from '../../values/escape';
import { htmlTable } from '../../pages/html';
import type { JsonRecord } from '../../values/json';
import { memberText } from '../../values/read';
import { type ConsoleWrites, NO_WRITES } from '../answer';
import type { Asked } from '../asked';
import { consolePage, signedForm } from '../layout';
import { linkTo } from '../links';
import { saidBanner } from '../said';
import type { RowsByTable } from '../rows';
import { setFormOf, type StoredSet, storedSets } from './form';

function eventsWords(row: JsonRecord): string {
	const { categories, events, eventsFrom } = setFormOf(row, '');
	if (eventsFrom === 'rules') return 'by rules';
	if (eventsFrom === 'all') return 'all';
	const parts = [
		...categories,
		...(events.length === 0
			? []
			: [`${events.length} single ${events.length === 1 ? 'event' : 'events'}`]),
	];
	return parts.join(', ');
}

function setName({ id, row }: StoredSet): string {
	return memberText(row, 'name') ?? `Row ${id}`;
}

/** All event sets. @param faults what is wrong with the tables, in words */
export function setsPage(asked: Asked, rows: RowsByTable, faults: readonly string[]): string {
	const table = htmlTable(
		[
			'Name',
			'Integration',
			'Is Default',
			'Enabled',
			'Notify By',
			'Lowest severity',
			'Events',
			'Action',
		],
		storedSets(rows.halo_event_sets).map((one) => {
			const { id, row } = one;
			const form = setFormOf(row, '');
			const name = setName(one);
			const act = (what: string, label: string): string =>
				`<a href="${linkTo('setact', { id: String(id), what })}" aria-label="${forHtml(`${label}: ${name}`)}">${label}</a>`;
			const ways = [
				`<a href="${linkTo('set', { id: String(id) })}" aria-label="${forHtml(`Edit: ${name}`)}">Edit</a>`,
				...(row.isDefault === true ? [] : [act('default', 'Set as default')]),
				act('delete', 'Delete'),
			];
			return [
				{ content: forHtml(name) },
				{ content: forHtml(form.integration) },
				{ content: row.isDefault === true ? 'yes' : '' },
				{ content: form.enabled ? 'yes' : 'no' },
				{ content: forHtml(form.grouping) },
				{ content: forHtml(form.minSeverity) },
				{ content: forHtml(eventsWords(row)) },
				{ content: `<span class="ways">${ways.join(' ')}</span>` },
			];
		}),
	);
	return consolePage(
		'Event sets',
		[
			saidBanner(asked.query),
			...faults.map((fault) => `<div class="banner bad">${forHtml(fault)}</div>`),
			'<p class="soft">Which events become tickets. The default set counts for companies whose mapping names none.</p>',
			`<p class="ways"><a href="${linkTo('set', { id: 'new' })}">Add</a></p>`,
			`<section>${table}</section>`,
		].join(''),
		'sets',
	);
}

/** What may be done with a set after Yes. */
export type SetAct = 'default' | 'delete';

/** Mappings and profiles that name a set. */
function usedBy(name: string, rows: RowsByTable): string[] {
	const named = (row: JsonRecord): boolean =>
		(memberText(row, 'eventSet') ?? '').toLowerCase() === name.toLowerCase();
	const mappings = rows.halo_company_mappings.filter(named).length;
	const profiles = rows.halo_profiles.filter(named).length;
	return [
		...(mappings === 0 ? [] : [`${mappings} ${mappings === 1 ? 'mapping' : 'mappings'}`]),
		...(profiles === 0 ? [] : [`${profiles} ${profiles === 1 ? 'profile' : 'profiles'}`]),
	];
}

/** Asks whether a set becomes the default one, or goes: Yes or No. */
export function setActPage(asked: Asked, set: StoredSet, act: SetAct, rows: RowsByTable): string {
	const name = setName(set);
	const users = usedBy(name, rows);
	const warning =
		act === 'default' || users.length === 0
			? ''
			: `<p class="bad">It is named by ${users.join(' and ')}: their findings would fail until they name another one.</p>`;
	const question =
		act === 'default' ? `Make “${name}” the default event set?` : `Delete “${name}”?`;
	const form = signedForm(
		asked,
		linkTo('setact', { id: String(set.id), what: act }),
		`<p class="buttons"><button>Yes</button> <a class="button" href="${linkTo('sets')}">No</a></p>`,
	);
	return consolePage(
		act === 'default' ? 'Set as default' : 'Delete event set',
		`<section><p><b>${forHtml(question)}</b></p>${warning}${form}</section>`,
		'sets',
	);
}

/** The rows that are written after Yes. @param table id of halo_event_sets */
export function setActWrites(
	set: StoredSet,
	act: SetAct,
	sets: readonly StoredSet[],
	table: string,
): ConsoleWrites {
	if (act === 'delete') return { ...NO_WRITES, remove: [{ table, id: set.id }] };
	const of = (row: JsonRecord): string => (memberText(row, 'integration') ?? '').toLowerCase();
	// Exactly one row of an integration is the default one.
	const others = sets.filter(
		({ id, row }) => id !== set.id && row.isDefault === true && of(row) === of(set.row),
	);
	return {
		...NO_WRITES,
		update: [
			...others.map(({ id }) => ({ id, isDefault: false })),
			{ id: set.id, isDefault: true },
		],
	};
}
