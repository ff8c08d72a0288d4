import { readClientId } from '../../company/mapping';
import type { ConsoleWrites } from '../answer';
import { type Fields, isTicked, valuesOf } from '../fields';
import { formOf } from './edit-form';
import { type CompanyLine, companyLabel } from './lines';
import { allWrites, mappingWrites } from './save';

/** One ticked pair. */
export interface ApprovedPair {
	mark: string;
	clientId: number;
}

/** The ticked pairs of a form, or why they cannot be read. */
export function approvedPairs(form: Fields): { pairs: ApprovedPair[] } | { problem: string } {
	const ticked = valuesOf(form, 'pair');
	if (ticked.length === 0) return { problem: 'Nothing is ticked: tick what is right.' };
	const pairs: ApprovedPair[] = [];
	for (const value of ticked) {
		const [mark = '', digits = ''] = value.split('.');
		const read = readClientId(digits);
		if ('fault' in read || read.value === null || mark === '') {
			return { problem: 'A ticked row names no client. Nothing was changed: reload the page.' };
		}
		pairs.push({ mark, clientId: read.value });
	}
	const marks = new Set(pairs.map(({ mark }) => mark));
	if (marks.size < pairs.length) {
		return { problem: 'A company is ticked twice. Nothing was changed: reload the page.' };
	}
	return { pairs };
}

/** More reasons than these help nobody. */
const MOST_REASONS = 10;

/**
 * The rows for the ticked pairs: all of them, or none and why.
 * @param clientOf a client that was looked up in Halo, or why it may not be used
 * @param now ISO 8601 in UTC
 */
export function approveWrites(
	pairs: readonly ApprovedPair[],
	lines: readonly CompanyLine[],
	clientOf: (id: number) => { client: { id: number; name: string } } | { problem: string },
	form: Fields,
	now: string,
): { writes: ConsoleWrites } | { problem: string } {
	const byMark = new Map(lines.map((line) => [line.mark, line]));
	const settings = {
		createTicket: isTicked(form, 'createTicket'),
		noNotification: isTicked(form, 'noNotification'),
		reportPhishing: true,
		phinboxIq: '' as const,
		eventSet: '',
		profile: '',
	};
	const problems: string[] = [];
	const writes: ConsoleWrites[] = [];
	for (const { mark, clientId } of pairs) {
		const line = byMark.get(mark);
		const verified = clientOf(clientId);
		if (line === undefined) {
			problems.push('A company that was ticked is gone');
		} else if (line.mapping !== null && line.mapping.mapping.haloClientId !== null) {
			const { haloClientId, haloClientName } = line.mapping.mapping;
			problems.push(
				`${companyLabel(line.company)}: somebody mapped it to ${haloClientName ?? ''} (${haloClientId}) meanwhile, you have client ${clientId}`,
			);
		} else if ('problem' in verified) {
			problems.push(`${companyLabel(line.company)}: ${verified.problem}`);
		} else {
			const kept = line.mapping?.mapping;
			// A row that waited for its client keeps what a person wrote into it.
			const own = kept === undefined ? settings : formOf(line, '');
			writes.push(mappingWrites(line, verified.client, own, { method: 'approved', now }));
		}
	}
	if (problems.length === 0) return { writes: allWrites(writes) };
	const shown = problems.slice(0, MOST_REASONS);
	const more = problems.length > shown.length ? ` And ${problems.length - shown.length} more.` : '';
	return { problem: `Nothing was changed. ${shown.join('. ')}.${more}` };
}
