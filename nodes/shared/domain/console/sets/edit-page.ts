import { SEVERITIES } from '../../event/event';
import { GROUPINGS } from '../../event-set/event-set';
import { forHtml } from '../../values/escape';
import type { Asked } from '../asked';
import { fieldError, optionsOf, tickBox } from '../controls';
import { consolePage, signedForm } from '../layout';
import { linkTo } from '../links';
import { type EventsFrom, OFFERED, type SetErrors, type SetForm } from './form';

/** What a grouping makes, for people. */
const GROUPING_WORDS: Readonly<Record<(typeof GROUPINGS)[number], string>> = {
	problem: 'one ticket per problem',
	company: 'one ticket per company',
	asset: 'one ticket per asset',
	product: 'one ticket per product of a company',
	'asset and product': 'one ticket per asset and product',
};

interface SetShown {
	form: SetForm;
	errors: SetErrors;
	/** Why nothing was stored, beside the fields; null when it was not sent. */
	refused: string | null;
	/** HTML of what trying told. */
	tried: string;
	/** Number of the row; null for a new set. */
	id: number | null;
}

function radio(name: string, value: string, label: string, chosen: string): string {
	return `<label class="pick"><input type="radio" name="${name}" value="${forHtml(value)}"${value === chosen ? ' checked' : ''}> <span>${forHtml(label)}</span></label>`;
}

function eventTicks({ categories, events }: SetForm): string {
	const whole = new Set(categories);
	const single = new Set(events);
	return OFFERED.map(({ events: offered, name }) => {
		const ticks = offered.map(
			({ code, label }) =>
				`<label class="pick"><input type="checkbox" name="event" value="${code}"${single.has(code) ? ' checked' : ''}> <span>${forHtml(label)} <span class="soft">${forHtml(code)}</span></span></label>`,
		);
		const chosen = offered.filter(({ code }) => single.has(code)).length;
		const many = whole.has(name) ? 'all' : chosen > 0 ? `${chosen} of ${offered.length}` : '';
		const open = chosen > 0 ? ' open' : '';
		return `<details${open}><summary>${forHtml(name)} <span class="soft">${many}</span></summary><label class="pick"><input type="checkbox" name="category" value="${forHtml(name)}"${whole.has(name) ? ' checked' : ''}> <b>All of ${forHtml(name)}</b></label>${ticks.join('')}</details>`;
	}).join('');
}

function area(name: keyof SetForm, label: string, value: string, errors: SetErrors): string {
	const id = `${name}-error`;
	const described = errors[name] === undefined ? '' : ` aria-describedby="${id}"`;
	return `<label>${label}<textarea name="${name}" class="small" spellcheck="false"${described}>${forHtml(value)}</textarea></label>${fieldError(id, errors[name])}`;
}

function line(
	name: keyof SetForm,
	label: string,
	value: string,
	errors: SetErrors,
	more = '',
): string {
	const id = `${name}-error`;
	const described =
		errors[name] === undefined ? '' : ` aria-describedby="${id}" aria-invalid="true"`;
	return `<label${more.includes('required') ? ' class="required"' : ''}>${label}<input name="${name}" value="${forHtml(value)}" maxlength="300"${described}></label>${fieldError(id, errors[name])}`;
}

/** The form of one event set. */
export function setPage(asked: Asked, { errors, form, id, refused, tried }: SetShown): string {
	const severities = SEVERITIES.map((value) => ({ value, label: value }));
	const from = (value: EventsFrom, label: string): string =>
		radio('eventsFrom', value, label, form.eventsFrom);
	const fields = [
		`<input type="hidden" name="was" value="${forHtml(form.was)}">`,
		line('name', 'Name', form.name, errors, 'required'),
		line('integration', 'Integration, empty = every one', form.integration, errors),
		tickBox('enabled', 'Enabled', form.enabled, 'off: its events make no tickets'),
		`<fieldset><legend>Notify By</legend>${GROUPINGS.map((value) => radio('grouping', value, `${value}: ${GROUPING_WORDS[value]}`, form.grouping)).join('')}</fieldset>${fieldError('grouping-error', errors.grouping)}`,
		`<label>Lowest severity<select name="minSeverity">${optionsOf(severities, form.minSeverity)}</select></label>${fieldError('minSeverity-error', errors.minSeverity)}`,
		tickBox('includeUnknown', 'Also events of unknown severity', form.includeUnknown),
		`<h2>Events</h2>${from('all', 'All events')}${from('ticks', 'Those ticked below')}${from('rules', 'Rules, written as JSON')}${fieldError('eventsFrom-error', errors.eventsFrom)}<div class="categories">${eventTicks(form)}</div>`,
		'<h2>Only those</h2>',
		tickBox('kevOnly', 'Known to be exploited (KEV)', form.kevOnly),
		line('minEpss', 'EPSS at least, 0 to 1', form.minEpss, errors),
		area('companies', 'Of these companies, one a line; empty = all', form.companies, errors),
		area('notCompanies', 'Not of these companies', form.notCompanies, errors),
		line('asset', 'Asset name, IP or id matches', form.asset, errors),
		tickBox('includeInfo', 'Also events that only inform', form.includeInfo),
		area('rules', 'Rules as JSON, when chosen above', form.rules, errors),
		area('maintenance', 'Maintenance windows as JSON', form.maintenance, errors),
		'<p class="soft">e.g. [{"name": "Patch night", "timeZone": "Europe/Berlin", "days": ["sun"], "from": "22:00", "to": "04:00"}]</p>',
		`<p class="buttons"><button name="do" value="save">Save</button><button name="do" value="try">Try it</button> <a href="${linkTo('sets')}">Back</a></p>`,
	];
	return consolePage(
		form.name === '' ? 'New event set' : form.name,
		[
			refused === null ? '' : `<div class="banner bad" role="alert">${forHtml(refused)}</div>`,
			tried,
			`<section>${signedForm(asked, linkTo('set', { id: id === null ? 'new' : String(id) }), fields.join(''))}</section>`,
		].join(''),
		'sets',
	);
}
