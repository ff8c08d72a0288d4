import {
	type ConsoleOutcome,
	NO_WRITES,
	refusalPage,
	shown,
	written,
} from '../shared/domain/console/answer';
import { consoleAddress } from '../shared/domain/console/links';
import { rowMark } from '../shared/domain/console/row-mark';
import { saying } from '../shared/domain/console/said';
import { setPage } from '../shared/domain/console/sets/edit-page';
import {
	columnsOf,
	setErrorsOf,
	setFormIn,
	setFormOf,
	type StoredSet,
	storedSets,
} from '../shared/domain/console/sets/form';
import {
	type SetAct,
	setActPage,
	setActWrites,
	setsPage,
} from '../shared/domain/console/sets/list-page';
import { triedPart, trySet } from '../shared/domain/console/sets/try';
import { valueOf } from '../shared/domain/console/fields';
import { type PageCall, tableOf } from './page-call';

const GONE = 'This event set is not there any more. Go to Event sets. Nothing was changed.';

/** The list of event sets. */
export async function sets({ asked, rows }: PageCall): Promise<ConsoleOutcome> {
	return shown(setsPage(asked, rows, asked.faults));
}

function wanted({ asked, rows }: PageCall): StoredSet | undefined {
	const id = valueOf(asked.query, 'id');
	return storedSets(rows.halo_event_sets).find((one) => String(one.id) === id);
}

/** One event set: its form, trying it, saving it. */
export async function set(call: PageCall): Promise<ConsoleOutcome> {
	const { asked, now, rows } = call;
	const isNew = valueOf(asked.query, 'id') === 'new';
	const stored = wanted(call);
	if (stored === undefined && !isNew) return refusalPage(404, GONE);
	const id = stored?.id ?? null;
	const mark = rowMark(stored?.row ?? null);
	if (!asked.isPost) {
		const form = setFormOf(stored?.row ?? null, mark);
		return shown(setPage(asked, { form, errors: {}, refused: null, tried: '', id }));
	}
	const form = setFormIn(asked.form);
	const others = rows.halo_event_sets.filter((row) => row.id !== id);
	const errors = setErrorsOf(form, others);
	const isWrong = Object.keys(errors).length > 0;
	if (isWrong) {
		const refused = 'Not stored: correct the fields that are marked.';
		return shown(setPage(asked, { form, errors, refused, tried: '', id }), 422);
	}
	const columns = columnsOf(form);
	if (valueOf(asked.form, 'do') === 'try') {
		const tried = triedPart(trySet(columns, rows.halo_inbox, now));
		return shown(setPage(asked, { form, errors, refused: null, tried, id }));
	}
	if (form.was !== mark) {
		const theirs = Object.entries(columnsOf(setFormOf(stored?.row ?? null, mark)))
			.filter(([column, value]) => value !== columns[column])
			.map(
				([column, value]) => `${column}: now ${String(value)}, you have ${String(columns[column])}`,
			);
		const refused = `Somebody changed this event set while you had it open; nothing of yours was stored. ${theirs.join('; ')}. Save once more to put your values in place of theirs.`;
		return shown(
			setPage(asked, { form: { ...form, was: mark }, errors, refused, tried: '', id }),
			409,
		);
	}
	const isFirst = rows.halo_event_sets.length === 0;
	const writes =
		id === null
			? { ...NO_WRITES, insert: [{ ...columns, isDefault: isFirst }] }
			: { ...NO_WRITES, update: [{ id, ...columns }] };
	return written(
		tableOf(asked, 'halo_event_sets'),
		writes,
		consoleAddress('sets', saying('stored', 1)),
	);
}

/** Set as default, and Delete: asked first. */
export async function setAct(call: PageCall): Promise<ConsoleOutcome> {
	const { asked, rows } = call;
	const stored = wanted(call);
	const act: SetAct = valueOf(asked.query, 'what') === 'delete' ? 'delete' : 'default';
	if (stored === undefined) return refusalPage(asked.isPost ? 409 : 404, GONE);
	if (!asked.isPost) return shown(setActPage(asked, stored, act, rows));
	const table = tableOf(asked, 'halo_event_sets');
	const writes = setActWrites(stored, act, storedSets(rows.halo_event_sets), table);
	return written(
		table,
		writes,
		consoleAddress('sets', saying(act === 'delete' ? 'gone' : 'stored', 1)),
	);
}
