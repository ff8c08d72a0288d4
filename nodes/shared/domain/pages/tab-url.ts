/** A custom tab cannot be addressed so. The message says what is wrong and what to type: forms show nothing else. */
export class TabUrlError extends Error {
	constructor(message: string, nextStep: string) {
		super(`${message} ${nextStep}`);
		this.name = 'TabUrlError';
	}
}

/** Tools whose tabs are known, and any other one. */
export const TAB_TOOLS = ['idemeumCustomer', 'idemeumSearch', 'phin', 'other'] as const;
export type TabTool = (typeof TAB_TOOLS)[number];

/** What a tab shall open. */
export interface TabQuestion {
	tool: TabTool;
	/** idemeum: name of the own tenant, or its address; Phin: Partner ID; other: the address. */
	place: string;
	/** Name of the query parameter that names the customer or record; '' = none. Not asked for Phin and for the search. */
	parameter: string;
	/** What the parameter holds: text, variables of Halo such as `$CLIENT_REFERENCE`, or both. */
	value: string;
}

/** The address to enter in Halo. */
export interface TabAddress {
	url: string;
	parameter: string | null;
	/** The parameter's value as it was asked for. */
	value: string;
	/** What Halo will not do, for an administrator. */
	warnings: string[];
}

/** What becomes of one customer's value. */
export interface TabArrival {
	/** The address that the browser opens. */
	url: string;
	/** What the other tool reads out of it. */
	arrives: string;
	/** Null when it arrives as it stands in Halo. */
	problem: string | null;
}

const VARIABLE = /\$[A-Z_]+/g;

/** Variables that Halo fills with a number, which no address can trip over. */
const NUMBERS: ReadonlySet<string> = new Set(['$FAULTID', '$LOGGEDINAGENTID', '$USERID']);
/** What somebody outside may have typed: it could add parameters of its own to the address. */
const FROM_OUTSIDE: ReadonlySet<string> = new Set(['$SYMPTOM']);

const IDEMEUM_HOST = '.idemeum.com';
const IDEMEUM_PARAMETERS = ['customerDisplayName', 'customerName'];

/** A label of a host name: letters, digits and hyphens, at most 63 (RFC 1035, section 2.3.1). */
const HOST_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

function variablesOf(text: string): string[] {
	return text.match(VARIABLE) ?? [];
}

/** Text for an address: encoded, but for the words that Halo replaces. */
function encodeAround(text: string): string {
	const variables = variablesOf(text);
	return text
		.split(VARIABLE)
		.map((part, index) => `${encodeURIComponent(part)}${variables[index] ?? ''}`)
		.join('');
}

function idemeumOrigin(place: string): string {
	const [host = ''] = place.replace(/^https?:\/\//i, '').split('/');
	const tenant = host.toLowerCase().endsWith(IDEMEUM_HOST)
		? host.slice(0, -IDEMEUM_HOST.length)
		: host;
	if (!HOST_LABEL.test(tenant)) {
		throw new TabUrlError(
			`"${place}" is no tenant of idemeum.`,
			'Type the part of its address before .idemeum.com, e.g. contoso.',
		);
	}
	return `https://${tenant.toLowerCase()}${IDEMEUM_HOST}`;
}

function phinUrl(place: string): string {
	if (!/^[\w-]+$/.test(place)) {
		throw new TabUrlError(
			`"${place}" is no Partner ID.`,
			'Copy it from the Phin portal, Settings; it holds no space and no slash.',
		);
	}
	return `https://portal.phinsec.io/${place}/pod/halo/$FAULTID`;
}

function otherUrl(place: string): URL {
	const typed = /^[a-z][a-z0-9+.-]*:\/\//i.test(place) ? place : `https://${place}`;
	const url = URL.canParse(typed) ? new URL(typed) : null;
	if (url === null || !/^https?:$/.test(url.protocol) || /\s/.test(place)) {
		throw new TabUrlError(
			`"${place}" is no address.`,
			'Type it whole, e.g. https://tool.example/page.',
		);
	}
	return url;
}

function warningsOf(url: string, value: string): string[] {
	const variables = [...new Set(variablesOf(value))];
	const texts = variables.filter((name) => !NUMBERS.has(name));
	const outside = texts.filter((name) => FROM_OUTSIDE.has(name));
	return [
		...(url.startsWith('http:')
			? ['The address is http. Halo is https, and browsers show no http page inside it.']
			: []),
		...(texts.length === 0
			? []
			: [
					`Halo puts ${texts.join(', ')} in as it is: a value with & # + or % does not arrive whole.`,
				]),
		...(outside.length === 0
			? []
			: [
					`${outside.join(', ')} is text that customers write: it can add parameters of its own. Leave it out.`,
				]),
		...(url.includes('$HMAC')
			? [
					'$HMAC signs the id of the agent alone and never runs out: it proves no ticket and no customer.',
				]
			: []),
	];
}

function withParameter(base: string, parameter: string, value: string): TabAddress {
	if (parameter === '' || value === '') {
		return { url: base, parameter: null, value: '', warnings: warningsOf(base, base) };
	}
	const hash = base.indexOf('#');
	const page = hash === -1 ? base : base.slice(0, hash);
	const query = `${page.includes('?') ? '&' : '?'}${encodeURIComponent(parameter)}=${encodeAround(value)}`;
	const url = `${page}${query}${hash === -1 ? '' : base.slice(hash)}`;
	return { url, parameter, value, warnings: warningsOf(url, value) };
}

/**
 * The address of a custom tab, for Halo's field URL: fixed text encoded, Halo's variables left for Halo.
 * Halo does not encode what it puts in for a variable (seen for `$AREA` in a tab that is in use, docs/custom-tabs.md).
 * @throws TabUrlError for a place that no tab can open
 */
export function buildTabUrl(question: TabQuestion): TabAddress {
	const place = question.place.trim();
	const value = question.value.trim();
	const { tool, parameter } = question;
	if (place === '') {
		throw new TabUrlError(
			'Nothing says where the tab leads.',
			'Type the tenant, the Partner ID or the address.',
		);
	}
	if (tool === 'phin') return withParameter(phinUrl(place), '', '');
	if (tool === 'idemeumSearch') return withParameter(idemeumOrigin(place), '', '');
	if (tool === 'other') return withParameter(otherUrl(place).href, parameter.trim(), value);
	if (!IDEMEUM_PARAMETERS.includes(parameter) || value === '') {
		throw new TabUrlError(
			'idemeum finds no customer by that.',
			`Name the customer by ${IDEMEUM_PARAMETERS.join(' or ')}, with a variable such as $CLIENT_REFERENCE.`,
		);
	}
	return withParameter(idemeumOrigin(place), parameter, value);
}

function customerVariable({ parameter, value }: TabAddress): string | null {
	const variable = variablesOf(value).find((name) => !NUMBERS.has(name));
	return parameter === null ? null : (variable ?? null);
}

/** True when the address holds text of the customer, which may not arrive whole. */
export function holdsCustomerText(address: TabAddress): boolean {
	return customerVariable(address) !== null;
}

/**
 * What the other tool reads when Halo opens the tab for a customer: the address is put together as Halo does it and
 * read as a browser does it.
 * @param held what the customer has in the field behind the variable
 */
export function arrivalOf(address: TabAddress, held: string): TabArrival {
	const variable = customerVariable(address);
	const filled = (text: string): string =>
		variable === null ? text : text.replaceAll(variable, () => held);
	const url = filled(address.url);
	const arrives = new URL(url).searchParams.get(address.parameter ?? '') ?? '';
	if (variable !== null && held.trim() === '') {
		const problem = `The field behind ${variable} is empty: the tab names no customer.`;
		return { url, arrives, problem };
	}
	const wanted = filled(address.value);
	const problem =
		arrives === wanted
			? null
			: `"${wanted}" arrives as "${arrives}". Take & # + % out of the field.`;
	return { url, arrives, problem };
}
