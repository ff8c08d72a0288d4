import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { newState } from '../../../nodes/shared/domain/ticket/state';
import { ownTexts, referenceOf } from '../../support/own-ticket';
import {
	CONTOSO,
	evaluated,
	FABRIKAM,
	mappedTo,
	picked,
	resolved,
	type Ticketing,
} from './support';

/** More than one page of the pack's own tickets, so that what a scenario is about stands on the second one. */
const EARLIER = 130;
/** Tickets of people, which come into the lists where Halo ignores a filter. */
const UNRELATED = 40;
const DAY = 86_400_000;
/** Times of events stand in notes, so they are the same in every run. */
const REPORTED = '2026-05-04T09:12:33.000Z';
const LATER = '2026-05-04T10:12:33.000Z';

const MEDIUM: INodeParameters = {
	moreFields: { sla: picked('1'), priority: picked('3') },
};
const URGENT: INodeParameters = {
	moreFields: { sla: picked('1'), priority: picked('1') },
};
const CAP: INodeParameters = { ...MEDIUM, options: { stormCap: 3 } };
const SCAN: INodeParameters = {
	...MEDIUM,
	operation: 'syncScan',
	scanComplete: 'yes',
	scanAssets: 'SRV-0, SRV-1, SRV-2, SRV-3, SRV-4, SRV-5, SRV-6',
	// One miss closes here, so that the scan of the scenario does.
	options: { misses: 1 },
};

/** One operation: what is there before, and what meets the fault. */
export interface Scenario {
	name: 'create' | 'note' | 'close' | 'reopen' | 'digest' | 'sync scan';
	before: (halo: Ticketing) => Promise<void>;
	act: (halo: Ticketing) => Promise<IDataObject[]>;
}

/** Tickets of the pack that were made days ago, and others that have nothing to do with it. */
export function fillTenant({ simulator }: Ticketing): void {
	const at = Date.now() - 3 * DAY;
	for (let number = 0; number < EARLIER; number += 1) {
		simulator.technician.create({
			...ownTexts(`Earlier finding ${number}`, referenceOf(`earlier ${number}`), {
				...newState('low'),
				source: 'nessus',
			}),
			client_id: number % 2 === 0 ? CONTOSO.haloClientId : FABRIKAM.haloClientId,
			dateoccurred: at,
		});
	}
	for (let number = 0; number < UNRELATED; number += 1) {
		simulator.technician.create({
			summary: `Printer ${number} is empty`,
			client_id: CONTOSO.haloClientId,
		});
	}
}

function problem(number: number, change: IDataObject = {}): IDataObject {
	const make = change.status === 'resolved' ? resolved : evaluated;
	const asset = `SRV-${number}`;
	return make({
		source: 'tenable',
		dedupKey: `v1|tenable|42|cve|${asset}`,
		title: `OpenSSL out of date on ${asset}`,
		asset: { id: null, name: asset, ip: null, mac: null, serial: null },
		time: change.status === 'resolved' ? LATER : REPORTED,
		...(number % 2 === 0 ? {} : { mapping: mappedTo(FABRIKAM) }),
		...change,
	});
}

function problems(count: number, change: IDataObject = {}): IDataObject[] {
	return Array.from({ length: count }, (_, number) => problem(number, change));
}

/** Two problems on one ticket. */
function group(change: IDataObject = {}): IDataObject[] {
	return ['curl', 'sudo'].map((product) =>
		problem(100, {
			dedupKey: `v1|tenable|42|${product}|srv-100`,
			groupKey: 'v1|tenable|42|by asset|srv-100',
			title: `${product} on SRV-100`,
			...change,
		}),
	);
}

function five(change: IDataObject = {}): IDataObject[] {
	return [...problems(5, change), ...group(change)];
}

const makeFive = async (halo: Ticketing): Promise<void> => {
	await halo.decide(five(), MEDIUM);
};

function ofOneClient(from: number, to: number, change: IDataObject = {}): IDataObject[] {
	const here = { mapping: mappedTo(CONTOSO), ...change };
	return Array.from({ length: to - from }, (_, place) => problem(from + place, here));
}

export const SCENARIOS: readonly Scenario[] = [
	{
		name: 'create',
		before: async () => await Promise.resolve(),
		act: async (halo) =>
			await halo.decide([problem(9, { severity: 'critical' }), ...five()], MEDIUM),
	},
	{
		name: 'note',
		before: makeFive,
		act: async (halo) =>
			await halo.decide(
				[
					...problems(3, { severity: 'critical' }),
					problem(3),
					problem(4, { status: 'suppressed' }),
					...group({ severity: 'critical' }),
				],
				URGENT,
			),
	},
	{
		name: 'close',
		before: makeFive,
		act: async (halo) => await halo.decide(five({ status: 'resolved' }), MEDIUM),
	},
	{
		name: 'reopen',
		before: async (halo) => {
			await makeFive(halo);
			await halo.decide(five({ status: 'resolved' }), MEDIUM);
		},
		act: async (halo) => await halo.decide(five({ time: LATER }), MEDIUM),
	},
	{
		name: 'digest',
		before: async () => await Promise.resolve(),
		act: async (halo) => {
			const first = await halo.decide(ofOneClient(0, 8), CAP);
			const listed = first.filter(({ decision }) => decision === 'digested').slice(0, 2);
			const over = listed.map(({ dedupKey, title }) =>
				resolved({ dedupKey, title, source: 'tenable', time: LATER }),
			);
			return [...first, ...(await halo.decide([...over, ...ofOneClient(8, 10)], CAP))];
		},
	},
	{
		name: 'sync scan',
		before: async (halo) => {
			await halo.decide(ofOneClient(0, 6), MEDIUM);
		},
		act: async (halo) => await halo.decide(ofOneClient(1, 7), SCAN),
	},
];
