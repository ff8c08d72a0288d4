import type { ResolutionReason } from '../event/event';
import { describe, EventInputError } from '../values/input-error';
import type { JsonRecord } from '../values/json';
import { entryOf, isRecord } from '../values/json';
import { severityFromWord } from '../event/severity';
import { asRecord, momentAt, neededText, textAt } from './common/paths';
import { makeEvent } from './common/make-event';
import type { EventSource } from './common/source';

/** What became of a request. A pending one is open whatever it is called. */
const STATES: Readonly<Record<string, { event: string; reason: ResolutionReason | null }>> = {
	requested: { event: 'requested', reason: null },
	pending: { event: 'requested', reason: null },
	approved: { event: 'approved', reason: 'approved' },
	denied: { event: 'denied', reason: 'denied' },
	rejected: { event: 'denied', reason: 'denied' },
	expired: { event: 'expired', reason: 'expired' },
};

/**
 * Ids of a request, the surest first: `idemeumElevationRequestId` is its name in idemeum's API and in the field that
 * its integration has in Halo; `requestId` and `id` may be those of a delivery where one of the others is there.
 */
export const ELEVATION_ID_MEMBERS = [
	'elevationRequestId',
	'idemeumElevationRequestId',
	'requestId',
	'id',
] as const;
const WHY_ID = 'It joins the request with its decision.';

const STATE_PATHS = ['status', 'decision', 'state'] as const;

/**
 * What became of a request, by the members that say it with a known word. A decision goes before a word that only says
 * that there is a request; a word that is not known says nothing beside one that is.
 * @throws EventInputError when no member has a known word, and when two decisions contradict each other
 */
function stateOf(request: JsonRecord) {
	const known = STATE_PATHS.map((path) =>
		entryOf(STATES, textAt(request, path)?.trim().toLowerCase() ?? ''),
	).filter((state) => state !== undefined);
	const decisions = known.filter(({ reason }) => reason !== null);
	const [decision, ...others] = decisions;
	if (others.some(({ reason }) => reason !== decision?.reason)) {
		throw new EventInputError(
			'decision',
			'one decision',
			decisions.map(({ event }) => event).join(' and '),
			'Send the decision once, as status or as decision.',
		);
	}
	const state = decision ?? known[0];
	if (state !== undefined) return state;
	throw new EventInputError(
		'status',
		'requested, approved, denied or expired',
		describe(textAt(request, ...STATE_PATHS)),
		'Send the state of the elevation request.',
	);
}

function sentence(user: string | null, application: string | null, device: string | null): string {
	const who = user ?? 'A user';
	return `${who} asked to run ${application ?? 'an application'} as administrator${device === null ? '' : ` on ${device}`}.`;
}

/**
 * idemeum elevation requests. idemeum publishes no webhook body: these are the members that its documentation speaks
 * of, for a flow of the user's own that posts them.
 */
export const idemeum: EventSource = {
	id: 'idemeum',
	name: 'Idemeum Elevation Requests',
	record: 'an idemeum elevation request',
	resolvesCarry: ['company', 'asset'],
	// idemeum does not say how its ids are made.
	keys: 'shared',
	ends: 'reported',
	companyField: 'customerDisplayName',
	sample: {
		elevationRequestId: 'er-20260504-0017',
		status: 'requested',
		requestedAt: '2026-05-04T09:12:33Z',
		customerDisplayName: 'Contoso Ltd',
		userName: 'Grace Hopper',
		userEmail: 'grace@contoso.example',
		application: 'C:\\Tools\\setup.exe',
		deviceName: 'PC-0042',
		portalUrl: 'https://contoso.idemeum.example/requests/er-20260504-0017',
	},

	recognises(payload) {
		return (
			isRecord(payload) &&
			textAt(payload, 'elevationRequestId', 'idemeumElevationRequestId') !== null &&
			textAt(payload, 'status', 'decision', 'state') !== null
		);
	},

	records(payload) {
		const body = asRecord(payload, 'an elevation request');
		neededText(body, WHY_ID, ...ELEVATION_ID_MEMBERS);
		return { records: [body], envelope: {} };
	},

	read(record, context, envelope) {
		const request = asRecord(record, 'an elevation request');
		const state = stateOf(request);
		const id = neededText(request, WHY_ID, ...ELEVATION_ID_MEMBERS);
		const user = textAt(request, 'user.name', 'userName', 'user');
		// The last of each is the column of idemeum's elevation events.
		const application = textAt(
			request,
			...['application.name', 'applicationName', 'application', 'filename'],
		);
		const device = textAt(
			request,
			...['device.name', 'deviceName', 'desktopName', 'device', 'computer'],
		);
		const severity = textAt(request, 'severity') ?? 'low';
		return makeEvent(
			{
				source: idemeum.id,
				deliveryId: `${id}/${state.event}`,
				identity: { scope: null, finding: id, asset: null },
				status: state.reason === null ? 'open' : 'resolved',
				category: 'Elevation',
				event: `privilege.elevation.${state.event}`,
				title: `Elevation ${state.event}: ${application ?? 'application'}${device === null ? '' : ` on ${device}`}`,
				description: sentence(user, application, device),
				url: textAt(request, 'portalUrl', 'portalLink', 'url'),
				severity: severityFromWord(severity),
				rawSeverity: textAt(request, 'severity'),
				company: {
					id: textAt(request, 'customerId'),
					name: textAt(request, 'customerName', 'idemeumCustomerName'),
					displayName: textAt(request, 'customerDisplayName'),
				},
				asset: { name: device },
				user: { name: user, email: textAt(request, 'user.email', 'userEmail') },
				application,
				// A decision that does not say when comes after its request.
				time: momentAt(
					request,
					context,
					...['decidedAt', ...(state.reason === null ? ['requestedAt'] : []), 'time', 'timestamp'],
				),
				resolution:
					state.reason === null
						? null
						: {
								reason: state.reason,
								byName: textAt(request, 'approver.name', 'approverName', 'approvedBy', 'decidedBy'),
								byEmail: textAt(
									request,
									'approver.email',
									'approverEmail',
									'technicianEmailAddress',
								),
								scope: textAt(request, 'scope', 'level'),
								note: textAt(request, 'note', 'comment'),
							},
			},
			record,
			context,
			envelope,
		);
	},
};
