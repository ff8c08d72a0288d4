import { foldedName } from '../../event/keys';
import { describe, EventInputError } from '../../values/input-error';
import type { JsonRecord } from '../../values/json';
import { isRecord } from '../../values/json';
import { asRecord, momentAt, recordAt, textAt, textsAt } from '../common/paths';
import { detailLines } from '../common/lines';
import { makeEvent } from '../common/make-event';
import type { EventSource } from '../common/source';
import { KINDS, type Kind } from './kinds';

const NEXT = 'In CIPP: Settings > Notifications, Use Standardized Alert Schema.';

/** What the button that tests a notification sends for (`Invoke-ExecAddAlert.ps1`). */
const TEST_COMMAND = 'Invoke-ExecAddAlert';

function entriesOf(body: JsonRecord): unknown[] {
	return Array.isArray(body.payload) ? body.payload : [body.payload];
}

/** @throws EventInputError for a payload of no kind that is known */
function kindOf(first: JsonRecord): Kind {
	const kind = KINDS.find((candidate) => candidate.is(first));
	if (kind !== undefined) return kind;
	const members = Object.keys(first).slice(0, 5).join(', ');
	throw new EventInputError(
		'payload',
		'an alert, a line of the logbook, a standard, a deviation, a custom test or an audit log entry',
		members === '' ? 'an entry without members' : `an entry with ${members}`,
		'Send the body of the webhook unchanged; leave out the notifications of standards, which name no tenant.',
	);
}

/**
 * CIPP (CyberDrain Improved Partner Portal): its webhook in the standardized schema, version 1.0. A tenant is known by
 * its default domain.
 */
export const cipp: EventSource = {
	id: 'cipp',
	name: 'CIPP',
	record: 'an alert of CIPP',
	// Ends are those of baselines and of custom tests, which name their tenant.
	resolvesCarry: ['company'],
	// What is of no tenant has the same key for every CIPP.
	keys: 'shared',
	ends: ({ dedupKey }) =>
		/^(?:baseline|test)\//.test(dedupKey.split('|')[3] ?? '') ? 'reported' : 'never',
	companyField: 'tenant',
	sample: {
		schemaVersion: '1.0',
		source: 'Alert',
		invoking: 'Get-CIPPAlertMFAAdmins',
		title: 'Alert - contoso.onmicrosoft.com - Admins without MFA',
		tenant: 'contoso.onmicrosoft.com',
		generatedAt: '2026-05-04T09:12:33.4120000Z',
		alertCount: 1,
		payload: [
			{
				tenantId: '0d6f7f2a-1c1b-4d2e-9b57-6f0a3f1f2b11',
				tenant: 'contoso.onmicrosoft.com',
				taskType: 'Alert',
				task: { id: '1', name: 'Admins without MFA', command: 'Get-CIPPAlertMFAAdmins' },
				results: [
					{
						Message: 'Admin user Grace Hopper does not have MFA registered.',
						UserPrincipalName: 'grace@contoso.example',
						DisplayName: 'Grace Hopper',
						Tenant: 'contoso.onmicrosoft.com',
					},
				],
			},
		],
	},

	recognises(payload) {
		return (
			isRecord(payload) &&
			textAt(payload, 'schemaVersion') !== null &&
			textAt(payload, 'generatedAt') !== null &&
			Object.hasOwn(payload, 'alertCount') &&
			Object.hasOwn(payload, 'payload')
		);
	},

	records(payload) {
		const body = asRecord(payload, 'the body of the webhook of CIPP');
		if (textAt(body, 'schemaVersion') === null) {
			const got = describe(body.schemaVersion);
			throw new EventInputError('schemaVersion', 'the standardized schema, 1.0', got, NEXT);
		}
		if (textAt(body, 'invoking') === TEST_COMMAND) {
			return { records: [], envelope: body, ping: true };
		}
		const entries = entriesOf(body);
		const [first] = entries;
		if (!isRecord(first)) {
			throw new EventInputError('payload', 'a list of alerts', describe(body.payload), NEXT);
		}
		return { records: kindOf(first).records(body, entries), envelope: { body, first } };
	},

	read(record, context, envelope) {
		const [body, first] = [recordAt(envelope, 'body'), recordAt(envelope, 'first')];
		const told = kindOf(first).tell(record, body, first);
		const item = isRecord(record) ? record : {};
		const description = detailLines(told.details).join('\n');
		return makeEvent(
			{
				source: cipp.id,
				deliveryId: told.deliveryId ?? null,
				identity: { scope: foldedName(told.tenant), finding: told.finding, asset: null },
				status: told.status,
				category: told.category,
				event: told.event,
				title: told.title,
				description: description === '' ? null : description,
				url: textAt(item, 'AlertUrl', 'IncidentUrl', 'ActionUrl') ?? textAt(first, 'ActionUrl'),
				severity: told.severity,
				rawSeverity: told.severityWord,
				cves: textsAt(item, 'CVE'),
				company: { name: told.tenant, reference: textAt(first, 'tenantId') },
				asset: { name: textAt(item, 'DeviceName', 'ManagedDeviceName') },
				user: {
					name: textAt(item, 'DisplayName'),
					email: textAt(item, 'UserPrincipalName', 'RawData.CIPPUserId', 'RawData.UserId'),
				},
				// A line says when it was written, everything else when it was sent.
				time: momentAt(item, context, 'Timestamp') ?? momentAt(body, context, 'generatedAt'),
				resolution: told.status === 'resolved' ? { reason: 'remediated' } : null,
			},
			record,
			context,
			body,
		);
	},
};
