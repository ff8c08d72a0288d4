import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { OUTPUTS } from '../../../nodes/HaloInbox/description';
import { EvaluateEventSet } from '../../../nodes/EvaluateEventSet/EvaluateEventSet.node';
import { chooseProfile } from '../../../nodes/shared/domain/profile/profile';
import { parseProfileRows } from '../../../nodes/shared/domain/profile/parse';
import { mappedOf, stampOf } from '../../domain/company/mapping-builders';
import { runNode } from '../../support/engine';

/** What a person does on the vendor's screen is done on the rows of halo_event_sets here. */
const set = (name: string, more: IDataObject = {}): IDataObject => ({
	name,
	isDefault: false,
	enabled: true,
	grouping: 'problem',
	minSeverity: 'informational',
	includeUnknown: true,
	rules: '',
	maintenance: '',
	...more,
});

const DEFAULT = set('Standard', { isDefault: true, minSeverity: 'high' });

function event(eventSet: string | null = null): IDataObject {
	const { raw, ...rest } = mappedOf({ severity: 'low', mapping: stampOf({ eventSet }) });
	return { ...rest, raw: raw ?? null };
}

/** Runs the node over one event with these rows, as the next scheduled run would. */
async function decide(sets: IDataObject[], eventSet: string | null = null) {
	const { json, error } = await runNode({
		node: new EvaluateEventSet(),
		inputs: [[event(eventSet)], sets],
		parameters: { eventSetFrom: 'rows' },
	});
	const [ticket = [], ignored = []] = json;
	return { ticket, ignored, error };
}

describe('The screen of event sets, as rows of a table', () => {
	it('CN-10 CN-11 CN-15 a set that is added under a name of its own counts from the next run', async () => {
		expect((await decide([DEFAULT], 'Ports only')).ignored).toMatchObject([{ decision: 'failed' }]);

		expect((await decide([DEFAULT, set('Ports only')], 'Ports only')).ticket).toMatchObject([
			{ eventSet: 'Ports only' },
		]);
	});

	it('CN-16 a set that is edited or deleted counts as it stands at the next run', async () => {
		const edited = set('Mine', { minSeverity: 'critical' });

		expect((await decide([DEFAULT, set('Mine')], 'Mine')).ticket).toHaveLength(1);
		expect((await decide([DEFAULT, edited], 'Mine')).ignored).toMatchObject([
			{ decision: 'skipped_severity', eventSet: 'Mine' },
		]);
		const [gone] = (await decide([DEFAULT], 'Mine')).ignored;
		expect(gone).toMatchObject({ decision: 'failed' });
		expect(String(gone?.reason)).toContain('Mine');
	});

	it('CN-16 CN-17 CN-18 another default is taken once the old mark is off; until then what needs it fails, and what names its set goes on', async () => {
		const marked = set('Mine', { isDefault: true });
		const unmarked = { ...DEFAULT, isDefault: false };

		const half = await decide([DEFAULT, marked]);
		expect(half.ignored).toMatchObject([{ decision: 'failed' }]);
		expect(half.ignored[0]?.reason).toMatch(/"Standard".*"Mine".*are both the default/);
		expect((await decide([DEFAULT, marked], 'Mine')).ticket).toMatchObject([{ eventSet: 'Mine' }]);

		for (let repeat = 0; repeat < 2; repeat += 1) {
			expect((await decide([unmarked, marked])).ticket).toMatchObject([{ eventSet: 'Mine' }]);
		}
		expect((await decide([DEFAULT, set('Mine')])).ignored).toMatchObject([
			{ decision: 'skipped_severity', eventSet: 'Standard' },
		]);
	});

	it('CS-21 a set that was saved without an integration profile is named when its first ticket is due', () => {
		const other = { ticketType: 'Incident', statusClose: 'Closed', eventSet: 'Standard' };
		const profiles = parseProfileRows([{ number: 1, json: { ...other, name: 'P1' } }]);
		const question = {
			integration: 'default',
			eventSet: 'Mine',
			severity: 'high' as const,
			mappingProfile: null,
			mappingOrigin: null,
		};

		expect(() => chooseProfile(profiles, question)).toThrow(
			/No profile is linked to event set "Mine", and none is the default/,
		);
	});
});

describe('The three rules under Company Mapping', () => {
	it('CN-09 event set, integration profile and company mapping are a table each, wired to the node that follows it', () => {
		const path = join(__dirname, '..', '..', '..', 'workflows', 'process-inbox.json');
		const template: {
			connections: Record<string, { main: Array<Array<{ node: string; index: number }>> }>;
		} = JSON.parse(readFileSync(path, 'utf8'));
		const { eventSets, mappings, profiles } = OUTPUTS.take;
		const goTo = (output: number) =>
			template.connections.Take?.main[output]?.map(({ node, index }) => [node, index]);

		expect(goTo(mappings)).toEqual([['Halo Map Company', 1]]);
		expect(goTo(eventSets)).toEqual([['Halo Evaluate Event Set', 1]]);
		expect(goTo(profiles)).toEqual([['Halo Ticket', 1]]);
	});
});
