/** Values of the parameter Operation. */
export const OPERATIONS = [
	'begin',
	'checkpoint',
	'choose',
	'errorRow',
	'findOld',
	'findTables',
	'findWaiting',
	'notices',
	'offerReplay',
	'prune',
	'replay',
	'settle',
	'store',
	'take',
] as const;
