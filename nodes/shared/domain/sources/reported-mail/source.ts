import type { EventStatus, Severity } from '../../event/event';
import { shortHash } from '../../event/keys';
import type { JsonRecord } from '../../values/json';
import { entryOf, isRecord } from '../../values/json';
import {
	asRecord,
	listAt,
	momentAt,
	neededText,
	recordAt,
	textAt,
	textsAt,
	valueAt,
} from '../common/paths';
import { makeEvent } from '../common/make-event';
import { messageIdOf } from './message-id';
import { isSimulation } from './simulation';
import type { EventSource } from '../common/source';

/** What a mail was reported as. */
const KINDS: Readonly<Record<string, { event: string; severity: Severity; words: string }>> = {
	phishing: { event: 'email.reported.phish', severity: 'medium', words: 'phishing' },
	// The two that KnowBe4's report button lets a user choose.
	'phish/suspicious': { event: 'email.reported.phish', severity: 'medium', words: 'phishing' },
	'spam/junk': { event: 'email.reported.junk', severity: 'informational', words: 'junk' },
	phish: { event: 'email.reported.phish', severity: 'medium', words: 'phishing' },
	malware: { event: 'email.reported.malware', severity: 'high', words: 'malware' },
	spam: { event: 'email.reported.junk', severity: 'informational', words: 'junk' },
	junk: { event: 'email.reported.junk', severity: 'informational', words: 'junk' },
	notjunk: { event: 'email.reported.notjunk', severity: 'informational', words: 'not junk' },
	notspam: { event: 'email.reported.notjunk', severity: 'informational', words: 'not junk' },
};
const UNKNOWN_KIND = {
	event: 'email.reported.phish',
	severity: 'unknown' as const,
	words: 'suspicious',
};

/**
 * What report buttons write before the subject of a mail to the reporting mailbox: Microsoft's and those that follow its
 * form, and that of KnowBe4's and Fortinet's.
 */
const SUBJECT_PREFIX = /^\s*(?:([123])\s*\||(junk|not junk|phishing)\s*:|\[(phish) alert\])\s*/i;
const PREFIX_KINDS: Readonly<Record<string, string>> = {
	'1': 'junk',
	'2': 'notjunk',
	'3': 'phishing',
};

function kindOf(mail: JsonRecord, subject: string | null) {
	const prefix = subject === null ? null : SUBJECT_PREFIX.exec(subject);
	const fromSubject =
		prefix === null ? null : (PREFIX_KINDS[prefix[1] ?? ''] ?? prefix[2] ?? prefix[3]);
	const word = textAt(mail, 'category') ?? fromSubject ?? null;
	const kind = entryOf(KINDS, word?.toLowerCase().replace(/[\s_-]/g, '') ?? '');
	return { word, ...(kind ?? UNKNOWN_KIND) };
}

/** Who reported it: an administrator's own submission is work in progress, not a report. */
function statusOf(mail: JsonRecord): EventStatus {
	return textAt(mail, 'source')?.toLowerCase() === 'administrator' ? 'info' : 'open';
}

/** An address as Graph, n8n's mail trigger (a list of parsed addresses) or a flow gives it. */
function addressAt(mail: JsonRecord, path: string): string | null {
	const [first] = listAt(mail, `${path}.value`);
	return (
		textAt(mail, path, `${path}.emailAddress.address`, `${path}.address`) ??
		textAt(first, 'address') ??
		textAt(mail, `${path}.text`)
	);
}

function addressOf(mail: JsonRecord, ...paths: string[]): string | null {
	const written = paths.map((path) => addressAt(mail, path)).find((address) => address !== null);
	if (written === undefined || written === null) return null;
	return /<([^<>\s@]+@[^<>\s]+)>/.exec(written)?.[1] ?? written;
}

/** Addresses of the reporter in Graph's submissions, in their older form, and in KnowBe4 PhishER. */
const REPORTER = [
	...['createdBy.user.email', 'recipientEmailAddress'],
	...['createdBy.email', 'recipientEmail'],
	'reportedBy',
] as const;

/** Members under which triggers and report buttons put the mail that a report is about. */
const ATTACHED = ['reportedMessage', 'originalMessage', 'attachedMessage', 'item'] as const;

/** The mail that a report in a mailbox is about, where whoever read it gives it; else null. */
function attachedTo(mail: JsonRecord): JsonRecord | null {
	const own = ATTACHED.map((path) => valueAt(mail, path)).find((value) => isRecord(value));
	if (isRecord(own)) return own;
	for (const attachment of listAt(mail, 'attachments')) {
		const inner = valueAt(attachment, 'item') ?? attachment;
		if (isRecord(inner) && messageIdOf(inner) !== null) return inner;
	}
	return null;
}

function domainOf(address: string | null): string | null {
	return /@([^@\s]+)$/.exec(address ?? '')?.[1]?.toLowerCase() ?? null;
}

/** What answering and forwarding writes before a subject, in the languages that Outlook is used in most. */
const ANSWER_PREFIX = /^\s*(?:(?:re|aw|sv|fw|fwd|wg|tr|rv|vs)\s*:\s*)+/i;
/** Counters, amounts and order numbers differ from mail to mail of one campaign. */
const NUMBER = /\d+/g;

/**
 * What the mails of one campaign have in common, for grouping: the subject without numbers and answer prefixes, and the
 * sender's domain. Each mail has a message id of its own. Null for a mail without a subject.
 */
function campaignOf(sender: string | null, subject: string | null): string | null {
	const words = (subject ?? '')
		.replace(ANSWER_PREFIX, '')
		.replace(NUMBER, '#')
		.replace(/\s+/g, ' ')
		.trim();
	const domain = domainOf(sender);
	if (words === '') return null;
	return domain === null ? words : `${words} (${domain})`;
}

/** Members that only Graph's submissions have. */
const SUBMISSION_MEMBERS = ['attackSimulationInfo', 'clientSource', 'originalCategory'] as const;

/** A row of Graph's list of submissions, which has no type and may lack the message id. */
function isListedSubmission(row: JsonRecord): boolean {
	const has = SUBMISSION_MEMBERS.some((member) => Object.hasOwn(row, member));
	return textAt(row, 'contentType') === 'email' && has;
}

/** Lines about the mail itself: what a technician looks at first. */
function linesOf(mail: JsonRecord, sender: string | null): string[] {
	const result = recordAt(mail, 'result');
	const files = valueAt(result, 'detectedFiles');
	const names = Array.isArray(files) ? files.map((file) => textAt(file, 'fileName')) : [];
	const line = (label: string, value: string | null) =>
		value === null || value === '' ? [] : [`${label}: ${value}`];
	return [
		...line('From', sender),
		...line('Sender address', textAt(mail, 'senderIP')),
		...line('To', textAt(mail, 'recipientEmailAddress')),
		...line('Verdict', textAt(result, 'category')),
		...line('Links to', textsAt(result, 'detectedUrls').join(', ')),
		...line('Files', names.filter((name) => name !== null).join(', ')),
	];
}

/**
 * Mails that users reported: Microsoft's e-mail threat submissions (Graph), messages in a reporting mailbox, and Phin's
 * forwards in either form.
 */
export const reportedMail: EventSource = {
	id: 'reported-mail',
	name: 'Reported Mail (Phin, Microsoft)',
	record: 'a reported mail',
	// Mails are never resolved: no ticket waits for it.
	resolvesCarry: ['company', 'asset', 'product'],
	// Two customers get one mail, each in a report of its own.
	keys: 'shared',
	// No verdict closes a ticket.
	ends: 'never',
	companyField: 'tenantId',
	sample: {
		id: '3c1f0f52-7a0a-4c7e-9a55-08dd9a1b2c3d',
		category: 'phishing',
		source: 'user',
		status: 'succeeded',
		subject: 'Your parcel is waiting',
		sender: 'post@parcel.example',
		recipientEmailAddress: 'grace@contoso.example',
		internetMessageId: '<a1b2c3@parcel.example>',
		tenantId: '0d6b3f5e-2f44-4a3c-8a55-6a1f5f3f2b11',
		createdDateTime: '2026-05-04T09:12:33.8476880Z',
		attackSimulationInfo: null,
	},

	recognises(payload) {
		const list: unknown =
			isRecord(payload) && Array.isArray(payload.value) ? payload.value[0] : payload;
		if (!isRecord(list)) return false;
		const context = textAt(payload, '@odata.context');
		const type = textAt(list, '@odata.type') ?? context ?? '';
		return (
			/threatsubmission/i.test(type) ||
			(textAt(list, 'recipientEmailAddress') !== null &&
				(textAt(list, 'internetMessageId') !== null || isListedSubmission(list)))
		);
	},

	records(payload) {
		const body = asRecord(payload, 'a reported mail');
		if (Array.isArray(body.value)) return { records: body.value, envelope: {} };
		neededText(
			body,
			'Send the submission or the message as it is.',
			'internetMessageId',
			'messageId',
			'subject',
			'emailSubject',
		);
		return { records: [body], envelope: {} };
	},

	read(record, context, envelope) {
		const mail = asRecord(record, 'a reported mail');
		const written = textAt(mail, 'subject', 'emailSubject');
		const kind = kindOf(mail, written);
		const named = addressOf(mail, ...REPORTER);
		const from = addressOf(mail, 'sender', 'from');
		// A message in the reporting mailbox is from the reporter; the reported mail is attached to it.
		const inMailbox = named === null && textAt(mail, 'sender') === null;
		const attached = inMailbox ? attachedTo(mail) : null;
		const reporter = inMailbox ? from : named;
		const sender =
			attached === null ? (inMailbox ? null : from) : addressOf(attached, 'from', 'sender');
		const subject = textAt(attached, 'subject') ?? written?.replace(SUBJECT_PREFIX, '') ?? null;
		// Graph leaves the message id of some submissions empty; Exchange's own id is then what two of one mail share.
		const messageId =
			messageIdOf(attached ?? {}) ?? messageIdOf(mail) ?? textAt(mail, 'networkMessageId', 'id');
		const tenant = textAt(mail, 'tenantId');
		const domain = domainOf(reporter);
		return makeEvent(
			{
				source: reportedMail.id,
				deliveryId: textAt(mail, 'id'),
				identity: {
					scope: tenant ?? domain,
					// One mail that many report is one problem; a message without any id is known by its words.
					finding: messageId ?? `without id ${shortHash(`${sender ?? ''}\n${subject ?? ''}`)}`,
					asset: null,
				},
				status: statusOf(mail),
				category: 'Reported Mail',
				event: kind.event,
				title: `Reported as ${kind.words}: ${subject ?? 'mail without subject'}`,
				description: linesOf(mail, sender).join('\n'),
				severity: kind.severity,
				rawSeverity: kind.word,
				// Without a tenant the reporter's own domain is what names the company.
				company: { id: tenant, name: tenant === null ? domain : null, domain },
				user: {
					name: textAt(mail, 'createdBy.user.displayName', 'createdBy.displayName'),
					email: reporter,
				},
				product: campaignOf(sender, subject),
				time: momentAt(mail, context, 'createdDateTime', 'receivedDateTime', 'date'),
				simulation: isSimulation(mail),
			},
			record,
			context,
			envelope,
		);
	},
};
