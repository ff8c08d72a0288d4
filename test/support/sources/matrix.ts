import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { DETECT, recognisedBy } from '../../../nodes/shared/domain/sources';
import { parsePayload } from '../../../nodes/shared/domain/sources/parse-payload';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { contextFor } from '../../domain/sources/context';

/** What a tool has nothing of, with the document that says so. */
export interface NoSuchThing {
	none: string;
}

/** What every source is asked, by payloads in the tool's own shape; a text is a body as it comes. */
export interface SourceMatrix {
	source: string;
	open: unknown;
	/** The same problem told again, with everything changed that changes while it lasts. */
	repeat: unknown;
	end: unknown;
	otherProblem: unknown;
	otherCompany: unknown;
	/** One that names no company. */
	noCompany: unknown;
	/** Bodies that are not whole, each with the field that its refusal names. */
	damaged: ReadonlyArray<readonly [payload: unknown, field: string]>;
}

function isNone(cell: unknown): cell is NoSuchThing {
	return typeof cell === 'object' && cell !== null && 'none' in cell;
}

function parsed(source: string, payload: unknown): unknown {
	return typeof payload === 'string' ? parsePayload(payload, source) : payload;
}

/** The one event of a payload. */
export function onlyEvent(source: string, payload: unknown): ScannerEvent {
	const { events, failures } = readPayload(source, parsed(source, payload), contextFor());
	expect(failures).toEqual([]);
	const [event, ...more] = events;
	if (event === undefined || more.length > 0) throw new Error(`${events.length} events`);
	return event;
}

/** The fields by which a payload is refused, as a whole or record by record. */
export function refusedFields(source: string, payload: unknown): string[] {
	try {
		const { events, failures } = readPayload(source, parsed(source, payload), contextFor());
		expect(events).toEqual([]);
		return failures.map(({ field }) => field);
	} catch (error) {
		if (error instanceof Error && 'field' in error) return [String(error.field)];
		throw error;
	}
}

function companyOf({ company }: ScannerEvent): string | null {
	return company.id ?? company.name ?? company.displayName;
}

/** The tests of one row: open, repeat, end, other problem, other company, no company, damaged. */
export function describeMatrix(matrix: SourceMatrix): void {
	const { source } = matrix;
	const cell = (name: string, given: unknown, check: (event: ScannerEvent) => void) => {
		if (isNone(given)) {
			test(`${name}: the tool has no such thing, as a document says`, () => {
				expect(given.none).toMatch(/\w{4,}/);
			});
			return;
		}
		test(name, () => check(onlyEvent(source, given)));
	};
	const first = () => onlyEvent(source, matrix.open);

	describe(`${source}: the matrix`, () => {
		test('open, of a company, and detected', () => {
			const event = first();
			expect(event.status).toBe('open');
			expect(event.timeFrom).not.toBe('ahead');
			expect(recognisedBy(parsed(source, matrix.open)).map(({ id }) => id)).toEqual([source]);
			expect(readPayload(DETECT, parsed(source, matrix.open), contextFor()).source).toBe(source);
		});
		cell('repeat: the same problem, still open', matrix.repeat, ({ dedupKey, status }) => {
			expect([dedupKey, status]).toEqual([first().dedupKey, 'open']);
		});
		cell('end: the same problem is over', matrix.end, ({ dedupKey, status, resolution }) => {
			expect([dedupKey, status]).toEqual([first().dedupKey, 'resolved']);
			expect(resolution).not.toBeNull();
		});
		cell('other problem: another key', matrix.otherProblem, ({ dedupKey }) => {
			expect(dedupKey).not.toBe(first().dedupKey);
		});
		cell('other company', matrix.otherCompany, (event) => {
			expect(companyOf(event)).not.toBeNull();
			expect(companyOf(event)).not.toBe(companyOf(first()));
		});
		cell('no company: none is guessed', matrix.noCompany, (event) => {
			expect(event.company).toEqual({
				id: null,
				name: null,
				displayName: null,
				reference: null,
				domain: null,
			});
		});
		test.each(matrix.damaged.map(([payload, field], at) => ({ at, payload, field })))(
			'damaged $at: refused, naming $field',
			({ payload, field }) => {
				expect(refusedFields(source, payload)).toEqual([field]);
			},
		);
	});
}
