import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../../shared/domain/values/json';
import { withoutOwnWords } from '../../shared/domain/ticket/own-words';
import { noteText, sameNote } from '../../shared/domain/ticket/plan/note';
import { toHtml } from '../../shared/domain/ticket/text/details';
import type { HaloApi } from '../../shared/halo/api';
import { attachFile, type FileDraft } from '../../shared/halo/attachments';
import { addAllowedNote } from '../../shared/halo/notes';
import { OwnTickets } from '../../shared/halo/own-tickets';
import type { ActionDraft } from '../../shared/halo/records/drafts';
import { connectHalo } from '../../shared/n8n/create-halo-api';
import { forEachItem } from '../../shared/n8n/items';
import { ParameterError, pickedRow, readString } from '../../shared/n8n/parameters';
import { findTicket } from './find-ticket';
import { noteAction } from '../read/note-action';
import { readTicketUrl } from '../../shared/n8n/ticket-url';

/** Halo's clock may be behind ours by this much; a note that is older was not written by this run. */
const CLOCKS_MS = 2 * 60_000;

interface NoteOptions {
	html: boolean;
	visible: boolean;
	notify: boolean;
	/** Id or name; null = Internal Note. */
	noteAction: string | null;
	minutes: number;
	/** Binary fields of the item. */
	files: string[];
}

function readOptions(context: IExecuteFunctions, itemIndex: number): NoteOptions {
	const value: unknown = context.getNodeParameter('noteOptions', itemIndex, {});
	const options = isRecord(value) ? value : {};
	const visible = options.visible === true;
	const notify = options.notifyEndUser === true;
	if (notify && !visible) {
		throw new ParameterError(
			'Notify the End User',
			'Visible to the End User to be on as well, since nobody is mailed a note that he may not see',
			false,
		);
	}
	const minutes = Number(options.minutes ?? 0);
	if (!Number.isFinite(minutes) || minutes < 0) {
		throw new ParameterError('Time Taken (Minutes)', 'a number of 0 or more', options.minutes);
	}
	return {
		html: options.format === 'html',
		visible,
		notify,
		noteAction: pickedRow('Note Action', options.noteAction)?.id ?? null,
		minutes,
		files: String(options.files ?? '')
			.split(',')
			.map((name) => name.trim())
			.filter((name) => name !== ''),
	};
}

/**
 * The files of an item's binary fields.
 * @throws ParameterError naming a field that the item does not have, and those that it has
 */
async function readFiles(
	context: IExecuteFunctions,
	itemIndex: number,
	{ files, visible }: NoteOptions,
): Promise<Array<Omit<FileDraft, 'ticketId'>>> {
	const binary = context.getInputData(0)[itemIndex]?.binary ?? {};
	const drafts: Array<Omit<FileDraft, 'ticketId'>> = [];
	for (const name of files) {
		const data = binary[name];
		if (data === undefined) {
			const has = Object.keys(binary).join(', ') || 'none';
			throw new ParameterError(
				'Attach Files From',
				`a binary field of the item, which has: ${has}`,
				name,
			);
		}
		const content = await context.helpers.getBinaryDataBuffer(itemIndex, name);
		drafts.push({
			filename: data.fileName ?? `${name}.${data.fileExtension ?? 'bin'}`,
			contentType: data.mimeType,
			base64: content.toString('base64'),
			visible,
		});
	}
	return drafts;
}

function draftOf(ticketId: number, text: string, options: NoteOptions): ActionDraft {
	return {
		ticket_id: ticketId,
		note_html: options.html ? withoutOwnWords(text) : `<p>${toHtml(text)}</p>`,
		hiddenfromuser: !options.visible,
		notifyUser: options.notify,
		...(options.minutes === 0 ? {} : { timetaken: Math.round((options.minutes / 60) * 1e4) / 1e4 }),
	};
}

/** True when an unanswered try stored the note: same words, by an application, lately. */
async function isThere(api: HaloApi, draft: ActionDraft, since: number): Promise<boolean> {
	const wanted = noteText(draft.note_html ?? '');
	return (await api.listActions(draft.ticket_id)).some(
		(action) =>
			(action.actionby_application_id ?? '') !== '' &&
			action.datetime !== null &&
			Date.parse(action.datetime) >= since &&
			sameNote(action.note, wanted),
	);
}

/** Adds a note to the ticket of each item, with the item's files, private unless told otherwise. A merged ticket's note goes to the one it was merged into. */
export async function addNote(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const { api, seal } = await connectHalo(context);
	const ticketUrl = await readTicketUrl(context);
	return await forEachItem(context, 1, async (_, itemIndex) => {
		const options = readOptions(context, itemIndex);
		const text = readString(context, 'note', itemIndex);
		if (text === '') throw new ParameterError('Note', 'a text', text);
		const files = await readFiles(context, itemIndex, options);
		const picked = await noteAction(api, options.noteAction);
		const ticket = await findTicket(context, api, new OwnTickets(api, seal), itemIndex, true);
		const draft = draftOf(ticket.id, text, options);
		const since = Date.now() - CLOCKS_MS;
		const isStored = async (): Promise<boolean> => await isThere(api, draft, since);
		const outcome = await addAllowedNote({ api, ...picked }, draft, isStored);
		for (const file of files) await attachFile(api.sending, { ...file, ticketId: ticket.id });
		const json: IDataObject = {
			ticketId: ticket.id,
			ticketUrl: ticketUrl(ticket.id),
			summary: ticket.row.summary,
			noted: true,
			visibleToUser: options.visible,
			outcomeId: outcome,
			...(files.length === 0 ? {} : { files: files.map(({ filename }) => filename) }),
		};
		return { json };
	});
}
