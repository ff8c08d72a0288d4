/** How Halo writes "no date" in its answers. */
export const NO_DATE = '1900-01-01T00:00:00';

/** A moment as Halo writes it: UTC without an offset, milliseconds only where there are any. */
export function haloDate(moment: number | null): string {
	if (moment === null) return NO_DATE;
	const iso = new Date(moment).toISOString().slice(0, -1);
	return iso.endsWith('.000') ? iso.slice(0, -4) : iso.replace(/0{1,2}$/, '');
}

/** A date as a client sends it; one without an offset is UTC. Null when it is none, or 1900. */
export function readDate(text: string): number | null {
	const zoned = /(z|[+-]\d\d:?\d\d)$/i.test(text) || !/T/i.test(text) ? text : `${text}Z`;
	// Halo's clients send up to seven digits of a second; JavaScript reads three.
	const moment = Date.parse(zoned.replace(/(\.\d{3})\d+/, '$1'));
	const year1980 = 315_532_800_000;
	return Number.isFinite(moment) && moment >= year1980 ? moment : null;
}
