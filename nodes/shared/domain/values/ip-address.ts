/** An address as a number, so that all its spellings are one. */
export interface IpAddress {
	/** Bits of its family: 32 for IPv4, 128 for IPv6. */
	bits: 32 | 128;
	value: bigint;
}

/** All addresses that begin with the same bits. */
export interface IpRange {
	network: IpAddress;
	/** How many bits they share. */
	prefix: number;
}

const GROUPS_OF_6 = 8;

/** The first 96 bits of `::ffff:10.0.0.5`, an IPv4 address as an IPv6 socket shows it (RFC 4291 section 2.5.5.2). */
const MAPPED = 0xffffn;
const MAPPED_BITS = 96;

/** Octets without zeros before them: some readers take `010` for eight, so it names no address for sure. */
function parseIp4(text: string): bigint | null {
	const octets = text.split('.');
	if (octets.length !== 4) return null;
	if (octets.some((octet) => !/^(?:0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255))
		return null;
	return octets.reduce((value, octet) => value * 256n + BigInt(octet), 0n);
}

/** Groups of one side of `::`; null when one is none. */
function groupsOf(side: string): string[] | null {
	if (side === '') return [];
	const groups = side.split(':');
	const last = groups.at(-1) ?? '';
	const tail = last.includes('.') ? parseIp4(last) : null;
	if (tail !== null) {
		groups.splice(-1, 1, (tail >> 16n).toString(16), (tail & 0xffffn).toString(16));
	}
	return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? groups : null;
}

function parseIp6(text: string): bigint | null {
	const sides = text.split('::');
	const [left, right] = sides.map(groupsOf);
	if (left === undefined || left === null || right === null || sides.length > 2) return null;
	const known = left.length + (right?.length ?? 0);
	// `::` stands for one group at least.
	if (right === undefined ? known !== GROUPS_OF_6 : known >= GROUPS_OF_6) return null;
	const zeros = Array.from({ length: GROUPS_OF_6 - known }, () => '0');
	const groups = [...left, ...zeros, ...(right ?? [])];
	return groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}

/** Reads an IPv4 or IPv6 address in any spelling, without a zone. @returns null for every other text */
export function parseIp(text: string): IpAddress | null {
	const four = parseIp4(text);
	if (four !== null) return { bits: 32, value: four };
	const six = text.includes(':') ? parseIp6(text) : null;
	if (six === null) return null;
	return six >> 32n === MAPPED
		? { bits: 32, value: six & 0xffff_ffffn }
		: { bits: 128, value: six };
}

/** Reads a range, e.g. `10.20.0.0/16`; bits after the prefix do not count. @returns null for every other text */
export function parseRange(text: string): IpRange | null {
	const [address = '', length = '', ...more] = text.split('/').map((part) => part.trim());
	const network = parseIp(address);
	if (network === null || more.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(length)) return null;
	const isMapped = network.bits === 32 && address.includes(':');
	const prefix = Number(length) - (isMapped ? MAPPED_BITS : 0);
	return prefix < 0 || prefix > network.bits ? null : { network, prefix };
}

/** True when the address is in the range; one of the other family never is. */
export function rangeHolds({ network, prefix }: IpRange, { bits, value }: IpAddress): boolean {
	if (bits !== network.bits) return false;
	const rest = BigInt(bits - prefix);
	return value >> rest === network.value >> rest;
}
