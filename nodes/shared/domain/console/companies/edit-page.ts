import { forHtml } from '../../values/escape';
import type { Suggestion } from '../../company/types';
import type { Asked } from '../asked';
import { fieldError, optionsOf, tickBox } from '../controls';
import { consolePage, signedForm } from '../layout';
import { linkTo } from '../links';
import { fieldsOfState, tableStateIn } from '../table-state';
import {
	clientLabel,
	type Conflict,
	type EditForm,
	type FieldErrors,
	type KnownSets,
} from './edit-form';
import { type CompanyLine, companyLabel } from './lines';
import { COMPANY_FILTERS } from './list-page';

/** What the form shows beside its fields. */
export interface EditShown {
	form: EditForm;
	errors: FieldErrors;
	/** Clients that what was typed may mean. */
	candidates: readonly Pick<Suggestion, 'haloClientId' | 'haloClientName' | 'reasons'>[];
	/** What somebody else changed meanwhile. */
	conflicts: readonly Conflict[];
	/** Halo's clients for the list of the field; none when Halo does not tell. */
	clients: ReadonlyArray<{ id: number; name: string }>;
	/** What is wrong beside the fields, in words. */
	faults: readonly string[];
}

function choicesOf(names: readonly string[]): Array<{ value: string; label: string }> {
	return [
		{ value: '', label: '(default)' },
		...[...new Set(names)].map((name) => ({ value: name, label: name })),
	];
}

function conflictBanner(conflicts: readonly Conflict[]): string {
	if (conflicts.length === 0) return '';
	const lines = conflicts.map(
		({ field, theirs, yours }) =>
			`<li><span><b>${forHtml(field)}</b>: now ${forHtml(theirs)}, you have ${forHtml(yours)}</span></li>`,
	);
	return `<div class="banner bad" role="alert"><b>Somebody changed this mapping while you had it open. Nothing of yours was stored.</b><ul>${lines.join('')}</ul><p>Save once more to put your values in place of theirs, or go back to keep theirs.</p></div>`;
}

function clientField({ candidates, clients, errors, form }: EditShown): string {
	const list = clients.map((client) => `<option value="${forHtml(clientLabel(client))}">`).join('');
	const problem = errors.client;
	const described =
		problem === undefined ? '' : ' aria-describedby="client-error" aria-invalid="true"';
	const picks = candidates.map(
		({ haloClientId, haloClientName, reasons }) =>
			`<label class="pick"><input type="radio" name="pick" value="${haloClientId}"> <span>${forHtml(haloClientName)} <span class="soft">(${haloClientId}) ${forHtml(reasons[0] ?? '')}</span></span></label>`,
	);
	const offered =
		picks.length === 0 ? '' : `<fieldset><legend>Do you mean</legend>${picks.join('')}</fieldset>`;
	return `<label class="required">Halo client<input name="client" list="clients" value="${forHtml(form.client)}" maxlength="300" autocomplete="off"${described}></label><datalist id="clients">${list}</datalist>${fieldError('client-error', problem)}${offered}`;
}

function pickField(
	name: 'eventSet' | 'profile',
	label: string,
	names: readonly string[],
	{ errors, form }: EditShown,
): string {
	const id = `${name}-error`;
	const described = errors[name] === undefined ? '' : ` aria-describedby="${id}"`;
	return `<label>${label}<select name="${name}"${described}>${optionsOf(choicesOf(names), form[name])}</select></label>${fieldError(id, errors[name])}`;
}

function sharedNote({ company, mapping }: CompanyLine): string {
	if (mapping === null || mapping.mapping.source !== null || company.source === null) return '';
	return '<p class="wait">This row serves companies of that name in every source.</p>';
}

/** The form of one company: its client, and what its findings come to. */
export function companyPage(
	asked: Asked,
	line: CompanyLine,
	known: KnownSets,
	shown: EditShown,
): string {
	const back = fieldsOfState(tableStateIn(asked.query, COMPANY_FILTERS));
	const { company, held, mapping, review } = line;
	const { form } = shown;
	const name = companyLabel(company);
	const facts = [company.source, company.id === name ? null : company.id, company.domain]
		.filter((part) => part !== null)
		.join(', ');
	const phinbox = [
		{ value: '', label: 'not said' },
		{ value: 'yes', label: 'yes' },
		{ value: 'no', label: 'no' },
	];
	const fields = [
		`<input type="hidden" name="was" value="${forHtml(form.was)}">`,
		clientField(shown),
		tickBox('createTicket', 'Create tickets', form.createTicket, 'off: mapping only'),
		tickBox(
			'noNotification',
			'No Notification',
			form.noNotification,
			'findings are recorded without ticket and message',
		),
		tickBox(
			'reportPhishing',
			'Report Phishing',
			form.reportPhishing,
			'off: mails that its people report make no tickets',
		),
		`<label>Phinbox IQ<select name="phinboxIq">${optionsOf(phinbox, form.phinboxIq)}</select></label>`,
		pickField('eventSet', 'Event set', known.eventSets, shown),
		pickField('profile', 'Profile', known.profiles, shown),
		`<p class="buttons"><button name="do" value="save">Save</button> <a href="${linkTo('companies', back)}">Back</a></p>`,
	];
	const here = linkTo('company', { ...back, c: line.mark });
	const release =
		held.length === 0
			? ''
			: `<section><h2>Findings held</h2><p>${held.length} ${held.length === 1 ? 'finding waits' : 'findings wait'} for the mapping of this company. Once it is mapped they are taken up by themselves.</p>${signedForm(asked, here, '<button name="do" value="release">Release now</button>')}</section>`;
	const remove =
		mapping === null
			? ''
			: `<section><h2>Delete</h2><p>Later findings of the company are held.</p><p><a href="${linkTo('delete', { rows: String(mapping.id) })}">Delete this mapping…</a></p></section>`;
	return consolePage(
		name,
		[
			facts === '' ? '' : `<p class="soft">${forHtml(facts)}</p>`,
			conflictBanner(shown.conflicts),
			...shown.faults.map((fault) => `<div class="banner bad">${forHtml(fault)}</div>`),
			review === '' ? '' : `<div class="banner wait">${forHtml(review)}</div>`,
			`<section><h2>Mapping</h2>${sharedNote(line)}${signedForm(asked, here, fields.join(''))}</section>`,
			release,
			remove,
		].join(''),
		'companies',
	);
}
