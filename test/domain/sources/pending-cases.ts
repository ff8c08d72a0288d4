/** Cases of the shared folder whose right end is not reached yet. Only ever shorter: one that is reached fails here. */
export const PENDING_CASES: readonly string[] = [
	'tenable-01',
	'tenable-sc-01',
	'transport-01',
];
