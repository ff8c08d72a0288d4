import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Larger than the mapping of any n8n whose tables share 200 MB may be. */
const LARGEST_BYTES = 20_000_000;

/** Text of the bytes; what is no UTF-8 was stored by a spreadsheet of Western Windows. */
function decoded(bytes: Buffer): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

/**
 * Text of the first file that came with a form; null when none came, or one without a byte, as browsers send for a field
 * that nobody filled.
 * @throws Error for a file that is too large
 */
export async function sentFile(
	context: IExecuteFunctions,
	call: INodeExecutionData | undefined,
): Promise<string | null> {
	const [name] = Object.keys(call?.binary ?? {});
	if (name === undefined) return null;
	const bytes = await context.helpers.getBinaryDataBuffer(0, name);
	if (bytes.length === 0) return null;
	if (bytes.length > LARGEST_BYTES) {
		throw new Error(`The file has ${bytes.length} bytes; at most ${LARGEST_BYTES} are read`);
	}
	return decoded(bytes);
}
