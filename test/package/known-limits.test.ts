import { HaloPsaBridgeApi } from '../../credentials/HaloPsaBridgeApi.credentials';
import { HaloCheckSetup } from '../../nodes/HaloCheckSetup/HaloCheckSetup.node';
import { HaloTicket } from '../../nodes/HaloTicket/HaloTicket.node';
import { HaloTrigger } from '../../nodes/HaloTrigger/HaloTrigger.node';
import { ImportCompanies } from '../../nodes/ImportCompanies/ImportCompanies.node';
import { PROFILE_FIELDS } from '../../nodes/shared/domain/profile/profile';
import { PROBE_FACTS, PROBE_SETTINGS } from '../../nodes/shared/domain/set-up/probe-line';
import { sectionOf } from '../support/markdown';

/** Names of all fields, those inside of collections too. */
function fieldsIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(fieldsIn);
	if (typeof value !== 'object' || value === null) return [];
	const name: unknown = Reflect.get(value, 'displayName');
	return [...(typeof name === 'string' ? [name] : []), ...Object.values(value).flatMap(fieldsIn)];
}

const nodes = [new HaloCheckSetup(), new HaloTicket(), new HaloTrigger(), new ImportCompanies()];
const credential = new HaloPsaBridgeApi();
const FIELDS = new Map<string, readonly string[]>([
	...nodes.map(({ description }): [string, string[]] => [
		description.displayName,
		fieldsIn(description.properties),
	]),
	[credential.displayName, fieldsIn(credential.properties)],
	// Columns of the table, beside the fields that a profile shares with the node.
	['halo_profiles', [...PROFILE_FIELDS.map(([field]) => field), 'fields', 'fieldsClose']],
]);

function exists(setting: string): boolean {
	const [owner = '', field = ''] = setting.split(' > ');
	return FIELDS.get(owner)?.includes(field) === true;
}

/** What settles each line of the page. */
const settled = sectionOf('docs/known-limits.md#halo')
	.split('\n')
	.filter((line) => line.startsWith('| ') && !line.startsWith('| taken'))
	.map((line) => line.split(' | ').at(-1) ?? '');
const facts = settled.flatMap((cell) => [...cell.matchAll(/\*([^*]+)\*/g)].map(([, name]) => name));
const settings = settled.flatMap((cell) =>
	[...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
);

test('each line of the page names a fact of the test ticket or a field that settles it', () => {
	expect(settled.length).toBeGreaterThan(15);
	expect(settled.filter((cell) => !/[*`]/.test(cell))).toEqual([]);
});

test('each fact that the page names is told by the test ticket, and none is left out but its end', () => {
	const told: readonly string[] = PROBE_FACTS;
	expect(facts.filter((name = '') => !told.includes(name))).toEqual([]);
	expect(told.filter((name) => !facts.includes(name))).toEqual(['End of the test ticket']);
});

test('each field that the page or the test ticket names is there', () => {
	const named = [...settings, ...Object.values(PROBE_SETTINGS)];
	expect(named.filter((setting = '') => !exists(setting))).toEqual([]);
	expect(exists('Halo Ticket > Nothing')).toBe(false);
});
