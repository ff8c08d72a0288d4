import { foldedName, shortHash } from '../../event/keys';
import type { JsonRecord } from '../../values/json';
import { isRecord } from '../../values/json';
import { textAt, valueAt } from '../common/paths';
import { detection, type WazuhFinding } from './finding';

/**
 * Last parts of the names of fields that say whom or what an alert is about, lower case, letters and digits only. From
 * the decoders and rules that Wazuh ships: what counts, measures or dates a firing is not among them.
 */
function names(...lists: string[]): ReadonlySet<string> {
	return new Set(lists.flatMap((list) => list.split(' ')));
}

const ADDRESSES = names(
	'srcip src sourceip sourceaddress sourceipaddress srcaddr srcaddress srcipaddress clientip',
	'remoteip remoteaddress remip attackerip ipaddress ipaddr ip sourcehost',
);
const TARGETS = names(
	'dstip dst destip destinationip destinationaddress dstaddress dstipaddress targetip hostip',
	'destinationhostname',
);
const PEOPLE = names(
	'srcuser dstuser user username usrname account accountname targetusername membername membersid',
	'targetsid useremail email sender recipient userprincipalname principalemail login sourceuser',
	'destinationuser loginuser auid actor',
);
const THINGS = names(
	'file filename filepath path fullpath targetfilename targetobject targetfile objectname targetpath',
	'object objectid resourceid resourcename url uri requesturi clientrequesturi domain queryname',
	'hostname host devname devid dvchost serialnumber devicename deviceid servicename service taskname',
	'sharename image imagepath imageloaded processname exe commandline command script sourceimage',
	'targetimage container containername podname podnamespace repo repository bucketname instanceid',
	'accountid groupname groupid rolename interface location projectid key',
	'targetid targetdetails entityid entitypath change',
);
const THREATS = names(
	'threat threatname threatid virus virusname virusid malware malwarename signature signatureid',
	'signaturename attack attackid attackname sid rulename ruleuid protectionname yararule qid cve',
	'vulnerabilityid checkid detectionname hash md5 sha1 sha256 indicatorname',
);
const DEEDS = names(
	'action operation operationname eventname eventid methodname errorcode extradata systemname',
	'dstport destinationport destport',
);
/** The account that acted, where nothing else names the problem. */
const ACTORS = names('subjectusername');

/** Names in which case does not count. */
const FOLDED = names(
	[...ADDRESSES, ...TARGETS, ...PEOPLE, ...ACTORS].join(' '),
	'domain hostname host',
);
/** Fields whose value may be nothing but digits; elsewhere a number is a count, a size or a process. */
const NUMBERED = names(
	'dstport destinationport destport eventid sid signatureid attackid threatid virusid qid ruleuid',
	'accountid userid auid serialnumber deviceid devid errorcode checkid id extradata projectid groupid',
	'targetid entityid',
);

/** Deeper than any decoder nests. */
const DEEPEST = 6;
/** More fields than any log has; a longer record is not searched to its end. */
const MOST_FIELDS = 400;
const GUID = /^\{?[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}?$/i;

interface Field {
	path: string;
	name: string;
	value: string;
}

function fieldsOf(value: unknown, path: string, depth: number, found: Field[]): void {
	if (!isRecord(value) || depth > DEEPEST) return;
	for (const key of Object.keys(value).sort()) {
		if (found.length >= MOST_FIELDS) return;
		const member = value[key];
		const here = path === '' ? key : `${path}.${key}`;
		if (isRecord(member)) fieldsOf(member, here, depth + 1, found);
		const text = textAt(value, key)?.trim() ?? '';
		const name = key.toLowerCase().replace(/[^a-z\d]/g, '');
		const parent = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
		// An indicator, a file or a process that is an object is called by its name.
		const full = name === 'name' ? `${parent.replace(/[^a-z\d]/g, '')}name` : name;
		if (text !== '' && text !== '-') found.push({ path: here, name: full, value: text });
	}
}

/** A value that stays while the problem stays: no counter, and no id of one firing. */
function lasts({ name, value }: Field): boolean {
	if (/^\d+$/.test(value)) return NUMBERED.has(name);
	// An event's GUID is another at each firing; an account's or a device's stays.
	return !GUID.test(value) || !['id', 'eventid', 'key', 'hash'].includes(name);
}

function pick(fields: readonly Field[], ...wanted: Array<ReadonlySet<string>>): string[] {
	return fields
		.filter((field) => wanted.some((list) => list.has(field.name)) && lasts(field))
		.map(({ name, path, value }) => {
			const text = FOLDED.has(name) ? (foldedName(value) ?? '') : value;
			return `${path}=${text}`;
		});
}

/** Rules that count: whom the counted ones come from names the problem, and the rest is that of the last of them. */
function countedBy(fields: readonly Field[]): string[] {
	for (const list of [ADDRESSES, PEOPLE, TARGETS, ACTORS]) {
		const [first] = pick(fields, list);
		if (first !== undefined) return [first];
	}
	return [];
}

/** Names whose words a newer release of a rule set may change, where its number stands beside them. */
const NAMED_BY_NUMBER: ReadonlyArray<[number: string, name: string]> = [
	['signatureid', 'signature'],
	['attackid', 'attack'],
	['virusid', 'virus'],
	['threatid', 'threatname'],
];

function withoutNames(fields: readonly Field[]): Field[] {
	const there = new Set(fields.map(({ name }) => name));
	const drop = NAMED_BY_NUMBER.filter(([number]) => there.has(number)).map(([, name]) => name);
	return fields.filter(({ name }) => !drop.includes(name));
}

/** Longest text that stands in a key as it is. A longer one may be a command line, with a password in it. */
const LONGEST_SHOWN = 60;

function asPart(told: readonly string[]): string | null {
	const text = told.join(';');
	if (text === '') return null;
	return text.length <= LONGEST_SHOWN && !/\s/.test(text) ? text : shortHash(text);
}

function discriminatorOf(alert: JsonRecord): string | null {
	const all: Field[] = [];
	fieldsOf(alert.data, '', 0, all);
	const fields = withoutNames(all);
	if (textAt(alert, 'rule.frequency') !== null) return asPart(countedBy(fields));
	const found = pick(fields, ADDRESSES, TARGETS, PEOPLE, THINGS, THREATS, DEEDS);
	// The decoders' own field `id` is a signature, a message number or a status code; deeper ones are ids of an entry.
	const id = textAt(alert.data, 'id');
	if (id !== null && !GUID.test(id)) found.push(`id=${id}`);
	const told = found.length === 0 ? pick(fields, ACTORS) : found;
	const program = textAt(alert, 'predecoder.program_name');
	if (told.length === 0 && program !== null) told.push(`program=${program}`);
	return asPart(told);
}

/**
 * Every other alert: its rule, on Windows the event as well (one rule takes many), and whom or what its fields name. It
 * has no end of its own.
 */
export function otherKind(alert: JsonRecord): WazuhFinding {
	const counts = textAt(alert, 'rule.frequency') !== null;
	const provider = counts ? null : textAt(alert, 'data.win.system.providerName');
	return {
		finding: `rule ${textAt(alert, 'rule.id')}${provider === null ? '' : ` ${provider}`}`,
		discriminator: discriminatorOf(alert),
		...detection('open'),
	};
}

/** Names by which a device calls itself, from the one that lasts longest on. */
const DEVICE_FIELDS = ['devid', 'serial_number', 'device_id', 'devname', 'device_name', 'dvchost'];
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[\da-f]*:[\da-f:]+)$/i;

function shortName(host: string | null): string | null {
	return foldedName(host)?.split('.')[0] ?? null;
}

/**
 * The device behind the manager itself (agent 000), which takes syslog from firewalls, switches and the like; null when
 * the alert is about the manager.
 */
export function deviceOf(alert: JsonRecord): string | null {
	for (const field of DEVICE_FIELDS) {
		const value = valueAt(alert.data, field);
		if (typeof value === 'string' && value.trim() !== '') return value;
	}
	const host = textAt(alert, 'predecoder.hostname');
	const own = [textAt(alert, 'manager.name'), textAt(alert, 'agent.name')].map(shortName);
	if (host !== null && !own.includes(shortName(host))) return host;
	const location = textAt(alert, 'location')?.split('->')[0]?.trim() ?? '';
	return ADDRESS.test(location) && location !== '127.0.0.1' ? location : null;
}
