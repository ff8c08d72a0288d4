import type { HaloClient } from '../../company/types';
import { mappingRow } from '../../company/match/mapping-row';
import type { JsonRecord } from '../../values/json';
import { jsonRecordIn, memberText } from '../../values/read';
import type { ConsoleWrites } from '../answer';
import { NO_WRITES } from '../answer';
import type { EditForm } from './edit-form';
import type { CompanyLine } from './lines';

/** The row's flags with those of the form; what other tools keep there stays. */
function flagsOf({ mapping }: CompanyLine, form: EditForm): JsonRecord {
	const { reportPhishingButton, ...others } = jsonRecordIn(mapping?.row.flags);
	delete others.phinboxIq;
	return {
		...others,
		// On is what a row without the flag says, so it is written only where it stood.
		...(form.reportPhishing && reportPhishingButton === undefined
			? {}
			: { reportPhishingButton: form.reportPhishing }),
		...(form.phinboxIq === '' ? {} : { phinboxIq: form.phinboxIq === 'yes' }),
	};
}

/** What a mapping gets beside company and client. */
export type MappingSettings = Omit<EditForm, 'client' | 'was'>;

/**
 * The rows that say that a company belongs to a client: of the mapping, and of halo_companies where it stands there.
 * @param method how it was found, in words
 * @param now ISO 8601 in UTC
 */
export function mappingWrites(
	line: CompanyLine,
	client: Pick<HaloClient, 'id' | 'name'>,
	settings: MappingSettings,
	{ method, now }: { method: string; now: string },
): ConsoleWrites {
	const { company, companyRowId, mapping } = line;
	const stays = mapping?.mapping.haloClientId === client.id;
	// A row that serves more than this company keeps the names that it serves by.
	const of =
		mapping === null
			? company
			: {
					...company,
					integration: mapping.mapping.integration,
					source: mapping.mapping.source,
					id: mapping.mapping.companyId,
					name: mapping.mapping.companyName,
					displayName: null,
				};
	const { createTicket, eventSet, noNotification, profile } = settings;
	const row = mappingRow(
		of,
		client,
		method,
		{
			createTicket,
			noNotification,
			eventSet,
			profile,
			flags: flagsOf(line, { ...settings, client: '', was: '' }),
		},
		(stays ? memberText(mapping.row, 'mappedAt') : null) ?? now,
	);
	return {
		...NO_WRITES,
		...(mapping === null ? { insert: [{ ...row }] } : { update: [{ id: mapping.id, ...row }] }),
		updateCompanies:
			companyRowId === null ? [] : [{ id: companyRowId, psaName: client.name, review: '' }],
	};
}

/** Several writes as one. */
export function allWrites(writes: readonly ConsoleWrites[]): ConsoleWrites {
	return {
		insert: writes.flatMap(({ insert }) => insert),
		update: writes.flatMap(({ update }) => update),
		insertCompanies: writes.flatMap(({ insertCompanies }) => insertCompanies),
		updateCompanies: writes.flatMap(({ updateCompanies }) => updateCompanies),
		remove: writes.flatMap(({ remove }) => remove),
	};
}
