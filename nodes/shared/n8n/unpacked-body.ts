import { BodyError } from '../domain/webhook/body-text';

/** As much as n8n itself takes of a body by default (`N8N_PAYLOAD_SIZE_MAX`, in bytes). */
const MOST_BYTES = 16 * 1024 * 1024;
/** No sender packs twice; a longer list only costs. */
const MOST_CODINGS = 2;

/** Names of content codings (RFC 9110) and what the runtime calls them; Brotli is known to Node.js 24. */
const CODINGS: Readonly<Record<string, string>> = {
	gzip: 'gzip',
	'x-gzip': 'gzip',
	deflate: 'deflate',
	br: 'brotli',
};

/** n8n unpacks gzip and deflate itself, where they are written in lower case and alone. */
function isUnpacked(bytes: Uint8Array, format: string): boolean {
	if (format === 'gzip') return !(bytes[0] === 0x1f && bytes[1] === 0x8b);
	// A zlib header: method 8, and both bytes a multiple of 31 (RFC 1950).
	const [first = 0, second = 0] = bytes;
	return format === 'deflate' && ((first & 15) !== 8 || (first * 256 + second) % 31 !== 0);
}

function unknownCoding(coding: string): BodyError {
	return new BodyError(
		415,
		`The body is packed as ${coding.slice(0, 40)}, which is not known here.`,
		'Send it as it is, or packed as gzip.',
	);
}

function decompression(coding: string): InstanceType<typeof DecompressionStream> {
	let stream: unknown;
	try {
		stream = Reflect.construct(DecompressionStream, [CODINGS[coding] ?? coding]);
	} catch {
		throw unknownCoding(coding);
	}
	if (stream instanceof DecompressionStream) return stream;
	throw unknownCoding(coding);
}

/** All bytes of a stream; null for more than are taken. */
async function readWhole(stream: ReadableStream<Uint8Array>): Promise<Uint8Array | null> {
	const parts: Uint8Array[] = [];
	let length = 0;
	const reader = stream.getReader();
	for (let part = await reader.read(); !part.done; part = await reader.read()) {
		length += part.value.byteLength;
		if (length > MOST_BYTES) {
			await reader.cancel();
			return null;
		}
		parts.push(part.value);
	}
	return Buffer.concat(parts);
}

async function unpack(bytes: Uint8Array, coding: string): Promise<Uint8Array> {
	const packed = new Blob([new Uint8Array(bytes)]).stream();
	const unpacked = packed.pipeThrough(decompression(coding));
	const whole = await readWhole(unpacked).catch(() => {
		const message = `The body could not be unpacked as ${coding}.`;
		throw new BodyError(400, message, 'Send it whole, or as it is.');
	});
	if (whole !== null) return whole;
	const message = `The body is larger than ${MOST_BYTES / 1024 / 1024} MB when it is unpacked.`;
	throw new BodyError(413, message, 'Send fewer records per request.');
}

/**
 * The body as it was before its sender packed it.
 * @param contentEncoding value of the header as it came; '' when there is none
 * @throws BodyError for a coding that is not known, for bytes that are not packed so, and for more than 16 MB
 */
export async function unpackedBody(
	bytes: Uint8Array,
	contentEncoding: string,
): Promise<Uint8Array> {
	const codings = contentEncoding
		.toLowerCase()
		.split(',')
		.map((coding) => coding.trim())
		.filter((coding) => coding !== '' && coding !== 'identity');
	if (codings.length > MOST_CODINGS) {
		throw new BodyError(415, 'The body is packed more than twice.', 'Send it packed once.');
	}
	let unpacked = bytes;
	for (const coding of codings.reverse()) {
		if (isUnpacked(unpacked, CODINGS[coding] ?? coding)) continue;
		unpacked = await unpack(unpacked, coding);
	}
	return unpacked;
}
