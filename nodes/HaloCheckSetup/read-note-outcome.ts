import type { IExecuteFunctions } from 'n8n-workflow';

import { INTERNAL_NOTE } from '../shared/halo/notes';
import { readNumber } from '../shared/n8n/parameters';

/** Id of the action that notes are written with; Halo's Internal Note unless the option says otherwise. */
export function readNoteOutcome(context: IExecuteFunctions): number {
	const options: unknown = context.getNodeParameter('options', 0, {});
	const given = typeof options === 'object' && options !== null && 'noteOutcome' in options;
	return given ? readNumber(context, 'options.noteOutcome', 0) : INTERNAL_NOTE;
}
