import { parseEvent } from '../../../../nodes/shared/domain/event/parse';
import type { ScannerEvent } from '../../../../nodes/shared/domain/event/event';
import type { SourceTraits } from '../../../../nodes/shared/domain/event/traits';
import { PlannedHalo } from '../../../support/planned-halo';
import { createRandom, pick } from '../../../support/random';

const HISTORIES = 1_000;
const STEPS = 9;
const MINUTE = 60_000;

/** Companies with the client that each is mapped to; two share one. '' = an event that names none. */
const CLIENTS: Readonly<Record<string, number>> = {
	Contoso: 11,
	Fabrikam: 12,
	Northwind: 12,
	'': 13,
};
const OWNERS = Object.keys(CLIENTS);

function eventOf(owner: string, status: ScannerEvent['status'], at: number): ScannerEvent {
	return parseEvent({
		source: 'canonical',
		dedupKey: 'v1|canonical|-|srv-01/disk-c|-',
		status,
		severity: 'high',
		title: `Disk C at ${owner === '' ? 'somebody' : owner}.`,
		company: { name: owner },
		time: new Date(at).toISOString(),
		resolution: status === 'resolved' ? { reason: 'remediated' } : null,
	});
}

const KEYS: Array<SourceTraits['keys']> = ['shared', 'unique'];

test.each(KEYS)(
	'two owners with equal keys never meet, and what names none ends only what can be meant: %s keys',
	(keys) => {
		const random = createRandom(keys === 'shared' ? 61 : 62);
		const wrong: string[] = [];
		let held = 0;
		let taken = 0;
		for (let history = 0; history < HISTORIES; history += 1) {
			const halo = new PlannedHalo();
			/** Owners that have a ticket, and whether it is open. */
			const known = new Map<string, boolean>();
			const story: string[] = [];
			for (let step = 0; step < STEPS; step += 1) {
				halo.now += MINUTE;
				const owner = pick(random, OWNERS);
				const status = pick(random, ['open', 'resolved'] as const);
				const clientId = owner === '' && status === 'resolved' ? null : (CLIENTS[owner] ?? null);
				const [decided] = halo.send('single', [eventOf(owner, status, halo.now)], {
					clientId,
					traits: { keys, ends: 'reported' },
				});
				story.push(`${owner}:${status}=${decided?.decision}`);
				const owners = [...known.keys()];
				const anyOpen = [...known.values()].includes(true);
				const unclear =
					owner === '' &&
					(status === 'open'
						? owners.length > 1 || (keys === 'shared' && owners.some((one) => one !== ''))
						: anyOpen && owners.length > 1);
				if (unclear !== (decided?.decision === 'held_ambiguous')) wrong.push(story.join(' '));
				if (unclear) held += 1;
				else if (owner !== '') {
					if (status === 'open' || known.has(owner)) known.set(owner, status === 'open');
				} else {
					const [only = ''] = owners;
					if (status === 'open' || known.has(only)) known.set(only, status === 'open');
					if (only !== '') taken += 1;
				}
				const open = halo.tickets
					.filter(({ detail }) => detail.status_id !== 9)
					.map(({ detail }) => `${/at (\w+)/.exec(detail.summary)?.[1]} on ${detail.client_id}`);
				const should = [...known].flatMap(([who, isOpen]) =>
					isOpen ? [`${who === '' ? 'somebody' : who} on ${CLIENTS[who]}`] : [],
				);
				if (open.sort().join() !== should.sort().join()) wrong.push(story.join(' '));
				for (const { actions, detail } of halo.tickets) {
					const own = /at (\w+)/.exec(detail.summary)?.[1] ?? '';
					const others = OWNERS.filter((one) => one !== '' && one !== own);
					const texts = actions.map(({ note }) => note).join(' ');
					if (others.some((one) => texts.includes(one)) && keys === 'shared')
						wrong.push(`a name on ${own}: ${story.join(' ')}`);
				}
			}
			if (wrong.length > 0) break;
		}
		expect(wrong).toEqual([]);
		expect(Math.min(held, taken)).toBeGreaterThan(300);
	},
);
