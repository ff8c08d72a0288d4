/** Values of the parameter Operation. */
export const APPROVAL_OPERATIONS = [
	'answer',
	'ask',
	'decide',
	'handOver',
	'record',
	'word',
] as const;
