import type { ScannerEvent } from '../event/event';
import { CAREFUL, type SourceTraits } from '../event/traits';
import { SOURCES } from './index';

/** What the source of an event declares of its problem; the careful answer for one that only canonical JSON names. */
export function traitsOf(event: ScannerEvent): SourceTraits {
	const source = SOURCES.find(({ id }) => id === event.source);
	if (source === undefined) return CAREFUL;
	const { ends, keys } = source;
	return {
		keys: typeof keys === 'function' ? keys(event) : keys,
		ends: typeof ends === 'function' ? ends(event) : ends,
	};
}
