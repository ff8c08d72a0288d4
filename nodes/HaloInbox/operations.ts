/** Values of the parameter Operation. */
export const OPERATIONS = [
	'begin',
	'changes',
	'checkpoint',
	'choose',
	'endPoll',
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
