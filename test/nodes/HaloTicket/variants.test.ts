import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { HaloSwitches } from '../../../sandbox/halo';
import { ownTime } from '../../support/engine/own-time';
import { picked, startTicketing } from './support';
import { FLOWS, type Flow, givenToo, type Step } from './variant-flows';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof import('../../support/engine/own-time')>('../../support/engine/own-time')
		.workflowWithOwnTime(),
);

/** Statuses of the seed in which a ticket is closed, whatever a flag beside it says. */
const CLOSED_STATUSES = [9, 23];

interface Ending {
	open: string[];
	/** References that more than one ticket carries. */
	doubled: number;
	decisions: string[][];
	notes: string[];
	requests: number;
	foreign: string[];
}

/** What a profile gives where a tenant wants fields filled: a person fills them once the decision named them. */
const ON_CLOSING: INodeParameters = {
	fieldsClose: {
		field: [
			{ name: 'category_1', value: 'Security>Patching' },
			{ name: 'CFscannerReference', value: 'closed by the scanner' },
		],
	},
};
const ON_CREATING: INodeParameters = {
	category: picked('Security>Patching'),
	impact: picked('3'),
	urgency: picked('2'),
};

const VARIANTS: ReadonlyArray<
	[name: string, switches: Partial<HaloSwitches>, profile?: INodeParameters]
> = [
	['1 hasbeenclosed stays', { keepsHasBeenClosed: true }],
	['2 status by action', { statusSticks: 'by-action' }],
	['3 pages of 50', { pageCap: 50 }],
	['4 count of the page', { recordCount: 'page' }],
	['4 count is 50', { recordCount: 'fifty' }],
	['4 no count', { recordCount: 'missing' }],
	['5 action 7 refused', { refusedOutcomes: '7' }],
	['7 busy agent', { busyAgents: '2,3,9' }],
	['8 rows without details', { rowDetails: 'missing' }],
	['8 details cut', { rowDetails: 'cut' }],
	['8 details as HTML', { rowDetails: 'html' }],
	['8 other white space', { rowDetails: 'spaced' }],
	['9 details read-only', { detailsMayChange: false }],
	['10 create in envelope', { createAnswer: 'envelope' }],
	['10 update without body', { updateAnswer: 'empty' }],
	['10 update as array', { updateAnswer: 'array' }],
	['10 update in envelope', { updateAnswer: 'envelope' }],
	['10 answer is the old one', { updateAnswer: 'before' }],
	['11 rule acts on create', { ruleActsOnCreate: true }],
	['12 search by prefix', { textSearch: 'prefix' }],
	['12 search of whole words', { textSearch: 'full-text' }],
	['12 search of equal texts', { textSearch: 'equal' }],
	['12 search ignored', { textSearch: 'ignored' }],
	['12 search lags', { searchLagMs: 5_000 }],
	['13 rows without client', { rowWithout: 'client_id' }],
	['13 rows without status', { rowWithout: 'status_id' }],
	['13 ids as text', { rowIds: 'text' }],
	['13 ids as floats', { rowIds: 'float' }],
	['13 local dates', { dates: 'local' }],
	['13 dates with Z', { dates: 'zulu' }],
	['14 lists open ones', { listsOpenOnly: true }],
	['16 user and site needed', { needsUserAndSite: true }],
	['16 fields needed to close', { neededToClose: 'category_1,205' }, ON_CLOSING],
	['16 fields needed to create', { neededToCreate: 'category_1,impact,urgency' }, ON_CREATING],
	['17 priority computed', { priorityFromImpact: true }],
	['3+4+13', { pageCap: 50, recordCount: 'page', rowIds: 'text' }],
	['1+2+10', { keepsHasBeenClosed: true, statusSticks: 'by-action', updateAnswer: 'empty' }],
	['8+12+14', { rowDetails: 'cut', textSearch: 'prefix', listsOpenOnly: true }],
	['3+8+13', { pageCap: 50, rowDetails: 'missing', rowWithout: 'client_id' }],
	['5+11', { refusedOutcomes: '7', ruleActsOnCreate: true }],
	['9+10 old', { detailsMayChange: false, updateAnswer: 'before' }],
	['2+5+9', { statusSticks: 'by-action', refusedOutcomes: '7', detailsMayChange: false }],
	['8+9+13', { rowDetails: 'missing', detailsMayChange: false, rowWithout: 'client_id' }],
	['12+14+3 lag', { searchLagMs: 5_000, listsOpenOnly: true, pageCap: 50 }],
	['7+2+10', { busyAgents: '2,3,9', statusSticks: 'by-action', updateAnswer: 'envelope' }],
	['16 close+2', { neededToClose: 'category_1,205', statusSticks: 'by-action' }, ON_CLOSING],
	['8 html+13+4', { rowDetails: 'html', rowIds: 'float', recordCount: 'fifty' }],
	['1+14+13', { keepsHasBeenClosed: true, listsOpenOnly: true, dates: 'zulu' }],
	['4+12+13', { recordCount: 'missing', textSearch: 'equal', dates: 'local' }],
];

function bare(text: unknown): string {
	return String(text ?? '')
		.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '<time>')
		.replace(/\b([Tt]icket) \d+/g, '$1 <number>')
		.replace(/\((scan\w+) [^)]*\)|scan\w+ .*$/gs, '');
}

async function end(
	flow: Flow,
	switches: Partial<HaloSwitches>,
	profile: INodeParameters = {},
): Promise<Ending> {
	const halo = await startTicketing();
	try {
		Object.assign(halo.simulator.switches, switches);
		const before = JSON.stringify(strangers(halo.simulator.tickets()));
		const steps = await flow.play(givenToo(halo, profile));
		expect(halo.simulator.failures).toEqual([]);
		const ours = halo.tickets();
		const references = ours.map(({ summary }) => /\(scanref [^)]*\)/.exec(String(summary))?.[0]);
		return {
			open: ours
				.filter(({ status_id }) => !CLOSED_STATUSES.includes(Number(status_id)))
				.map(({ summary }) => String(summary).replace(' (scanstate in notes)', ''))
				.sort(),
			doubled: references.length - new Set(references).size,
			decisions: steps.map((step: Step) => step.map(({ decision }) => decision)),
			notes: ours
				.flatMap(({ actions }) => (actions ?? []) as IDataObject[])
				.filter(
					({ actionby_application_id, id, system }) =>
						actionby_application_id !== '' && id !== 1 && system !== true,
				)
				.map(({ note }) => bare(note))
				.filter((note) => note.trim() !== '')
				.sort(),
			requests: halo.requests().length,
			foreign: before === JSON.stringify(strangers(halo.simulator.tickets())) ? [] : ['touched'],
		};
	} finally {
		await halo.simulator.stop();
	}
}

/** Tickets that are not ours, as they are stored. */
function strangers(tickets: readonly object[]): object[] {
	return tickets.filter((ticket) => !String(Reflect.get(ticket, 'summary')).includes('(scanref '));
}

const well = new Map<string, Ending>();
const cells = VARIANTS.flatMap(([variant, switches, profile = {}]) =>
	FLOWS.map((flow): [string, string, Partial<HaloSwitches>, Flow, INodeParameters] => [
		variant,
		flow.name,
		switches,
		flow,
		profile,
	]),
);
const shown = new Map<string, string>();

beforeAll(async () => {
	ownTime.takeOver();
	for (const flow of FLOWS) well.set(flow.name, await end(flow, {}));
}, 120_000);

afterAll(() => {
	const names = FLOWS.map(({ name }) => name);
	const row = (title: string, values: readonly string[]) =>
		`| ${[title.padEnd(26), ...values.map((value) => value.padEnd(22))].join(' | ')} |\n`;
	const usual = names.map((name) => String(well.get(name)?.requests ?? '-'));
	process.stdout.write(
		[
			'open tickets, doubled references, wrong decisions, lost notes; requests\n',
			row('variant', names),
			row('none', usual),
			...VARIANTS.map(([variant]) =>
				row(
					variant,
					names.map((name) => shown.get(`${variant}|${name}`) ?? '-'),
				),
			),
		].join(''),
	);
});

test.each(cells)(
	'%s, %s: ends as on a tenant that is well',
	async (variant, name, switches, flow, profile) => {
		const right = well.get(name);
		if (right === undefined) throw new Error(`The flow ${name} did not end`);
		const ending = await end(flow, switches, profile);
		const decisions = ending.decisions.flat();
		const wrong = decisions.filter((one, place) => one !== right.decisions.flat()[place]).length;
		const lost = right.notes.filter((note) => !ending.notes.includes(note)).length;
		const { doubled, foreign, open, requests } = ending;
		shown.set(`${variant}|${name}`, `${open.length}, ${doubled}, ${wrong}, ${lost}; ${requests}`);
		const seen = { decisions: ending.decisions, doubled, foreign, open, lost };
		const wanted = {
			decisions: right.decisions,
			doubled: 0,
			foreign: [],
			open: right.open,
			lost: 0,
		};
		expect(seen).toEqual(wanted);
	},
);
