import { type JsonRecord, type N8nSession, asRecord, asText } from '../../../sandbox/host';

/** The credential as the editor's form holds it: secrets are placeholders that n8n replaces by what it stored. */
export async function openForm(session: N8nSession, called: string): Promise<JsonRecord> {
	const id = await session.credentialId(called);
	const found = await session.rest('GET', `/credentials/${id}?includeData=true`);
	return asRecord(found, 'credential');
}

/** What the editor does when Save is pressed with these changes. */
export async function saveForm(
	session: N8nSession,
	form: JsonRecord,
	changes: JsonRecord,
): Promise<void> {
	const { id, name, type } = form;
	const data = { ...asRecord(form.data, 'credential data'), ...changes };
	await session.rest('PATCH', `/credentials/${asText(id, 'id')}`, { id, name, type, data });
}
