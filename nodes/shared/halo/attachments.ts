import { readText } from './records/decode';
import type { RowDecoder } from './records/decode-rows';
import { checkWarning, decodePage } from './records/answers';
import type { HaloSender } from './http/sender';
import type { HaloRequest } from './http/transport';
import { readReference } from '../domain/values/read';

export interface AttachmentRow {
	id: number;
	filename: string;
}

const decodeAttachment: RowDecoder<AttachmentRow> = (row) => {
	const id = readReference(row.id);
	return id === null ? null : { id, filename: readText(row.filename) ?? '' };
};

/** A file as Halo takes it. */
export interface FileDraft {
	ticketId: number;
	filename: string;
	/** E.g. `text/plain`. */
	contentType: string;
	/** Without a prefix. */
	base64: string;
	/** Whether end users see it; hidden when left out. */
	visible?: boolean;
}

/** Files on a ticket. */
export async function listAttachments(
	sending: HaloSender,
	ticketId: number,
): Promise<AttachmentRow[]> {
	const request: HaloRequest = {
		method: 'GET',
		path: '/Attachment',
		query: { ticket_id: ticketId },
	};
	const { rows } = decodePage(
		request,
		await sending.send(request),
		'attachments',
		decodeAttachment,
	);
	return rows;
}

/**
 * Puts a file on a ticket, not shown to end users unless the draft says otherwise. When the answer is lost, the ticket's files are looked at before it
 * is sent again; so a file name stands on a ticket once.
 * @throws HaloError when Halo refuses or fails
 */
export async function attachFile(sending: HaloSender, file: FileDraft): Promise<void> {
	const { ticketId, filename, contentType, base64, visible = false } = file;
	const request: HaloRequest = {
		method: 'POST',
		path: '/Attachment',
		body: [
			{
				ticket_id: ticketId,
				filename,
				data_base64: `data:${contentType};base64,${base64}`,
				showforusers: visible,
			},
		],
	};
	const result = await sending.sendOnce(
		request,
		async () =>
			(await listAttachments(sending, ticketId)).find((row) => row.filename === filename) ?? null,
	);
	if (result.kind === 'answered') checkWarning(request, result.response);
}

/** Base64 of a text in UTF-8, with the mark by which Windows programs know it. */
export function textBase64(text: string): string {
	return Buffer.from(`\ufeff${text}`, 'utf8').toString('base64');
}
