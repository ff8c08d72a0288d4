import type { EventStatus, ScannerEvent } from '../../event/event';
import { EventInputError } from '../../values/input-error';
import { shortHash } from '../../event/keys';
import type { JsonRecord } from '../../values/json';
import { isRecord } from '../../values/json';
import type { RowKind } from './feeds';
import { feedOf, feedStateOf, kindOf, partsOf } from './feeds';
import { certificate, port, remediation, vulnerability } from './findings';
import { adAudit } from './ad-audit';
import { agent, job, systemEvent } from './operations';
import type { Reader } from './row';
import { asRecord, textAt } from '../common/paths';
import { makeEvent } from '../common/make-event';
import type { EventSource, SourceContext, SourceRecords } from '../common/source';

const READERS: Readonly<Record<RowKind, Reader>> = {
	adAudit,
	agent,
	certificate,
	job,
	port,
	remediation,
	systemEvent,
	vulnerability,
};

const NEXT_STEP =
	'Give it the page of a feed as the API answers it, with the name of the feed at "feed".';

/** Rows of a page, `{ status, data: [...] }`, or one row. HTTP 200 with `status: false` is a refusal. */
function recordsOf(payload: unknown): SourceRecords {
	const body = asRecord(payload, 'the answer of the API');
	if (body.status === false) {
		const message = textAt(body, 'message', 'error', 'data') ?? 'no reason given';
		return {
			records: [],
			envelope: {},
			incomplete: `ConnectSecure refused the request: ${message}. Check the API key and the feed.`,
		};
	}
	if (Array.isArray(body.data)) return { records: body.data, envelope: body };
	if (kindOf(body) !== null) return { records: [body], envelope: body };
	throw new EventInputError(
		'data',
		'a list of rows',
		Array.isArray(body) ? 'a list' : 'nothing',
		NEXT_STEP,
	);
}

/**
 * Delivery id of a row that has none of its own: made from its content, so that a poll that reads an unchanged row once
 * more can be told from one that brings news. What the vendor counts beside the rows is left out.
 */
function contentId(row: JsonRecord, status: EventStatus): string {
	const members = Object.entries(row).filter(([name]) => name !== 'total_count');
	members.sort(([one], [other]) => (one < other ? -1 : 1));
	return `row/${status}/${shortHash(JSON.stringify(members))}`;
}

function readRow(
	source: string,
	record: unknown,
	context: SourceContext,
	envelope: JsonRecord,
): ScannerEvent {
	const row = asRecord(record, 'a row of a feed');
	const kind = kindOf(row);
	if (kind === null) {
		throw new EventInputError(
			'solution_id',
			'members of a known feed (remediation, problem, event, AD audit, certificate, port, job, agent)',
			'none of them',
			NEXT_STEP,
		);
	}
	const status = feedStateOf(row, envelope, context, kind);
	const { extra, ...draft } = READERS[kind](row, status, context, feedOf(envelope));
	const parts = partsOf(row);
	return makeEvent(
		{
			source,
			...draft,
			...extra,
			deliveryId: extra?.deliveryId ?? contentId(row, draft.status),
			rawSeverity: parts.severity,
			company: { id: parts.companyId, name: parts.companyName },
			asset: parts.asset,
			resolution: draft.status === 'resolved' ? { reason: 'remediated' } : null,
		},
		row,
		context,
		envelope,
	);
}

const remediationRow = {
	solution_id: 981,
	product: 'OpenSSL',
	fix: 'Upgrade to 3.0.9',
	severity: 'Critical',
	critical_vuls_count: 2,
	total_vuls_count: 5,
	last_vul_discovered: '2026-05-04T09:12:33',
	asset_id: 7,
	host_name: 'SRV-01',
	company_id: 42,
	company_name: 'Contoso Ltd',
};

/** ConnectSecure, API version 4: pages of its feeds, read by a flow of the user's. */
export const connectSecure: EventSource = {
	id: 'connectsecure',
	name: 'ConnectSecure',
	record: 'a page or row of the ConnectSecure API',
	resolvesCarry: ['company', 'asset', 'product'],
	// Companies and assets are numbered in each installation from 1.
	keys: 'shared',
	ends: 'reported',
	companyField: 'company_id and company_name',
	encodes: true,
	sample: { status: true, feed: 'get_remediation', data: [remediationRow] },

	recognises(payload) {
		if (!isRecord(payload)) return false;
		const row: unknown = Array.isArray(payload.data) ? payload.data[0] : payload;
		if (!isRecord(row) || textAt(row, 'company_id') === null) return false;
		const kind = kindOf(row);
		return kind === 'remediation' || kind === 'adAudit' || kind === 'vulnerability';
	},

	records: recordsOf,

	read(record, context, envelope) {
		return readRow(connectSecure.id, record, context, envelope);
	},
};

/**
 * CyberCNS, versions 2 and 3: the same rows under the older names of their members. No public description of its API
 * has them all, so it is never detected.
 */
export const cyberCns: EventSource = {
	id: 'cybercns',
	name: 'CyberCNS',
	record: 'a page or row of the CyberCNS API',
	resolvesCarry: ['company', 'asset', 'product'],
	// Companies and assets are numbered in each installation from 1.
	keys: 'shared',
	ends: 'reported',
	companyField: 'companyId and companyName',
	encodes: true,
	sample: {
		status: true,
		data: [
			{
				eventName: 'New Open Port Discovered (External Scan)',
				category: 'Ports',
				_id: '6453a1f0c2',
				description: 'Port 3389/tcp is open',
				companyId: '42',
				companyName: 'Contoso Ltd',
				created: '2026-05-04T09:12:33',
			},
		],
	},

	recognises() {
		return false;
	},

	records: recordsOf,

	read(record, context, envelope) {
		return readRow(cyberCns.id, record, context, envelope);
	},
};
