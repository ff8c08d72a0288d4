import { parseEvent } from '../../../../nodes/shared/domain/event/parse';
import { countReturn, flappingWords } from '../../../../nodes/shared/domain/ticket/plan/flapping';
import { newState } from '../../../../nodes/shared/domain/ticket/state';
import { PlannedHalo, type Kind } from '../../../support/planned-halo';

const MINUTE = 60_000;

/** Longest details of any ticket after a problem came and went so often, a minute each time. */
function detailsAfter(kind: Kind, returns: number): number {
	const halo = new PlannedHalo();
	for (let turn = 0; turn < 2 * returns; turn += 1) {
		halo.now += MINUTE;
		const over = turn % 2 === 1;
		const event = parseEvent({
			source: 'wazuh',
			dedupKey: 'v1|wazuh|comes and goes',
			groupKey: 'v1|wazuh|contoso|by company|-',
			status: over ? 'resolved' : 'open',
			severity: 'high',
			title: 'Comes and goes',
			time: new Date(halo.now).toISOString(),
			resolution: over ? { reason: 'remediated' } : null,
		});
		halo.send(kind, [event]);
	}
	return Math.max(...halo.tickets.map(({ detail }) => detail.details.length));
}

test.each<Kind>(['single', 'group'])(
	'a problem that comes and goes for hours does not make the record of its ticket longer: %s',
	(kind) => {
		expect(detailsAfter(kind, 100)).toBe(detailsAfter(kind, 30));
		expect(detailsAfter(kind, 100)).toBeLessThan(1_500);
	},
);

test('the words say how often it came back, as far as it is recorded', () => {
	let state = newState('high');
	const counts: number[] = [];
	for (let turn = 0; turn < 40; turn += 1) {
		const again = countReturn(state, Date.UTC(2026, 4, 20) + turn * MINUTE);
		state = again.state;
		counts.push(again.count);
		expect([turn, again.tell]).toEqual([turn, turn === 3]);
	}
	expect([counts[0], counts[3], counts.at(-1)]).toEqual([1, 4, 20]);
	expect(flappingWords(4)).toContain('came back 4 times within 7 days');
	expect(flappingWords(20)).toContain('came back 20 times or more within 7 days');
});
