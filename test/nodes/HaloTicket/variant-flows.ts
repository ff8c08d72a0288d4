import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ownTime } from '../../support/engine/own-time';
import { evaluated, FABRIKAM, mappedTo, picked, resolved, type Ticketing } from './support';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** More than one page of 100, and more than two of 50. */
const STOCK = 130;

const PROFILE: INodeParameters = { moreFields: { sla: picked('1'), priority: picked('3') } };
/** No storm: what the flow is about are lists, not the digest. */
const NO_CAP: INodeParameters = { ...PROFILE, options: { stormCap: 1_000 } };
const CAP: INodeParameters = { ...PROFILE, options: { stormCap: 3 } };
const SCAN: INodeParameters = {
	...PROFILE,
	operation: 'syncScan',
	scanComplete: 'yes',
	scanAssets: '10.9.0.0/24',
	options: { baseline: true, misses: 1 },
};

/** The decisions of one run of the flow. */
export type Step = ReadonlyArray<{ decision: string; reason: string }>;

/** One way of using the node, from the first event to the last ticket's end. */
export interface Flow {
	name: 'life' | 'batch' | 'group' | 'roster' | 'stock';
	play: (halo: Ticketing) => Promise<Step[]>;
}

/** The same Halo, with more fields of the profile filled in every run. @param profile members of More Fields */
export function givenToo(halo: Ticketing, profile: INodeParameters): Ticketing {
	return {
		...halo,
		decide: async (events, parameters = {}, ...more) => {
			const moreFields = { ...Object(parameters.moreFields), ...profile };
			return await halo.decide(events, { ...parameters, moreFields }, ...more);
		},
	};
}

/** Events of a flow follow each other in time, whatever the machine does. */
class Course {
	readonly steps: Step[] = [];
	private at = Date.now() - DAY;

	constructor(private readonly halo: Ticketing) {}

	/** Time of the events of the next run, ISO 8601. */
	next(): string {
		this.at += 10 * MINUTE;
		return new Date(this.at).toISOString();
	}

	async run(events: IDataObject[], parameters: INodeParameters = PROFILE): Promise<void> {
		// What Halo shows late it shows by the next run.
		ownTime.advance(10 * MINUTE);
		const decisions = await this.halo.decide(events, parameters);
		this.steps.push(
			decisions.map(({ decision, reason }) => ({
				decision: String(decision),
				reason: String(reason),
			})),
		);
	}
}

function problem(number: number, change: IDataObject = {}): IDataObject {
	const make = change.status === 'resolved' ? resolved : evaluated;
	const asset = `SRV-${number}`;
	return make({
		source: 'tenable',
		dedupKey: `v1|tenable|42|cve|${asset}`,
		title: `OpenSSL out of date on ${asset}`,
		asset: { id: null, name: asset, ip: `10.9.0.${number}`, mac: null, serial: null },
		...change,
	});
}

function problems(from: number, to: number, change: IDataObject = {}): IDataObject[] {
	return Array.from({ length: to - from }, (_, place) => problem(from + place, change));
}

function member(product: string, change: IDataObject = {}): IDataObject {
	return problem(1, {
		dedupKey: `v1|tenable|42|${product}|srv-1`,
		groupKey: 'v1|tenable|42|by asset|srv-1',
		title: `${product} on SRV-1`,
		product,
		...change,
	});
}

const OVER = { status: 'resolved' };

export const FLOWS: readonly Flow[] = [
	{
		name: 'life',
		play: async (halo) => {
			const course = new Course(halo);
			for (const change of [{}, {}, { severity: 'critical' }, OVER, {}, OVER]) {
				await course.run([problem(1, { ...change, time: course.next() })]);
			}
			return course.steps;
		},
	},
	{
		name: 'batch',
		play: async (halo) => {
			const course = new Course(halo);
			await course.run(problems(0, 4, { time: course.next() }));
			const mixed = (time: string) => [
				...problems(0, 2, { ...OVER, time }),
				problem(2, { severity: 'critical', time }),
				problem(3, { time }),
				...problems(4, 8, { time }),
				...problems(8, 12, { time, mapping: mappedTo(FABRIKAM) }),
			];
			const time = course.next();
			await course.run(mixed(time));
			await course.run(mixed(time));
			return course.steps;
		},
	},
	{
		name: 'group',
		play: async (halo) => {
			const course = new Course(halo);
			const products = ['curl', 'sudo', 'bash'];
			const all = (change: IDataObject = {}) => {
				const time = course.next();
				return products.map((product) => member(product, { ...change, time }));
			};
			await course.run(all());
			await course.run(all());
			await course.run([...all(), member('vim', { time: course.next() })]);
			await course.run([member('vim', { ...OVER, time: course.next() })]);
			await course.run(all(OVER));
			return course.steps;
		},
	},
	{
		name: 'roster',
		play: async (halo) => {
			const course = new Course(halo);
			await course.run(problems(0, 8, { time: course.next() }), CAP);
			await course.run(problems(0, 8, { time: course.next() }), CAP);
			await course.run(problems(0, 8, { ...OVER, time: course.next() }), CAP);
			const scan = (from: number, to: number) =>
				problems(from, to, { time: course.next(), source: 'nessus' });
			await course.run(scan(20, 26), SCAN);
			await course.run(scan(20, 27), SCAN);
			await course.run(scan(21, 27), SCAN);
			return course.steps;
		},
	},
	{
		name: 'stock',
		play: async (halo) => {
			const course = new Course(halo);
			for (const change of [{}, {}, OVER]) {
				await course.run(problems(0, STOCK, { ...change, time: course.next() }), NO_CAP);
			}
			return course.steps;
		},
	},
];
