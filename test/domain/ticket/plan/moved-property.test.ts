import { parseEvent } from '../../../../nodes/shared/domain/event/parse';
import type { ScannerEvent } from '../../../../nodes/shared/domain/event/event';
import { type Kind, PlannedHalo } from '../../../support/planned-halo';
import { createRandom, pick } from '../../../support/random';

/** Where people move tickets. */
const CLIENTS = [11, 12, 13, 14];
const HISTORIES = 1_000;
const MINUTE = 60_000;

const nameOf = (clientId: number): string => `Customer ${clientId}.`;

function eventAt(status: ScannerEvent['status'], severity: ScannerEvent['severity'], at: number) {
	return parseEvent({
		source: 'wazuh',
		dedupKey: 'v1|wazuh|disk',
		groupKey: 'v1|wazuh|by company|-',
		status,
		severity,
		title: 'Disk full',
		time: new Date(at).toISOString(),
		resolution: status === 'resolved' ? { reason: 'remediated' } : null,
	});
}

/** What a person or the mapping does between two events. */
const STEPS = ['open', 'open', 'worse', 'resolved', 'move', 'move', 'map', 'copy'] as const;
const KINDS: Kind[] = ['single', 'group'];

describe.each(KINDS)('moved tickets, %s', (kind) => {
	test('are followed while the mapping stays, and left with no other name when it changes', () => {
		const random = createRandom(kind === 'single' ? 41 : 42);
		let followed = 0;
		let left = 0;
		const wrong: string[] = [];
		for (let history = 0; history < HISTORIES; history += 1) {
			const halo = new PlannedHalo();
			let mapped = 11;
			/** Ticket that stands for the problem under the mapping as it is; null before the first. */
			let current: number | null = null;
			const steps: string[] = [];
			for (let step = 0; step < 9; step += 1) {
				halo.now += 10 * MINUTE;
				const does = pick(random, STEPS);
				steps.push(does);
				if (does === 'move' || does === 'copy') {
					const stored = halo.tickets.find(({ detail }) => detail.id === current);
					if (stored === undefined) continue;
					const { detail } = stored;
					const target = pick(random, CLIENTS);
					if (does === 'copy')
						halo.strange(detail.summary, detail.details, target, 'mallory@contoso.example');
					else {
						detail.client_id = target;
						detail.client_name = nameOf(target);
					}
					continue;
				}
				if (does === 'map') {
					mapped = mapped === 11 ? 21 : mapped + 1;
					current = null;
					continue;
				}
				const status = does === 'resolved' ? 'resolved' : 'open';
				const event = eventAt(status, does === 'worse' ? 'critical' : 'high', halo.now);
				const known = new Map(
					halo.tickets.map(({ actions, detail }) => [detail.id, actions.length]),
				);
				const [decided] = halo.send(kind, [event], {
					clientId: mapped,
					clientName: nameOf(mapped),
				});
				const story = `${steps.join(' ')}: ${decided?.decision} ${decided?.reason}`;
				const made = halo.tickets.filter(({ detail }) => !known.has(detail.id));
				const right = (what: string, holds: boolean): void => {
					if (!holds) wrong.push(`${what}: ${story}`);
				};
				const where = (id: number | null) =>
					halo.tickets.find(({ detail }) => detail.id === id)?.detail.client_id;
				if (current !== null) {
					right('no second ticket', made.length === 0);
					right('open as reported', halo.open.includes(current) === (does !== 'resolved'));
					right('the same ticket', does === 'resolved' || decided?.ticketId === current);
					if (where(current) !== mapped) followed += 1;
				} else if (does !== 'resolved') {
					if (halo.tickets.length > 1) left += 1;
					current = made[0]?.detail.id ?? null;
					right('a new ticket on the mapped client', where(current) === mapped);
				}
				for (const { actions, detail } of halo.tickets) {
					const copied = actions[0]?.actionby_application_id === null;
					right('nothing on a copy', !copied || (actions.length === 1 && detail.status_id === 1));
					const written = actions.slice(known.get(detail.id) ?? 0);
					right('no name', !written.some(({ note }) => note.includes('Customer')));
				}
			}
		}
		expect(wrong).toEqual([]);
		expect(Math.min(followed, left)).toBeGreaterThan(300);
	});
});
