import { runCode } from '../support/template-code';

const FORM = 'map-companies-form';
const ROW = {
	id: 5,
	integration: 'default',
	source: 'wazuh',
	companyId: '7',
	companyName: 'North Trade',
	haloClientId: 13,
	haloClientName: 'Northwind Traders',
	createTicket: false,
	noNotification: true,
	eventSet: 'Nights',
	profile: 'Servers',
	flags: '{"x":1}',
};
const SETTINGS = {
	createTicket: false,
	noNotification: true,
	eventSet: 'Nights',
	profile: 'Servers',
	flags: '{"x":1}',
};

function page(companySearch: string) {
	return runCode(FORM, 'Pair page', {
		input: [{}],
		nodes: {
			Choice: [{ companySearch, clientSearch: '' }],
			'Mappings now': [ROW],
			'Company rows': [{ id: 1, companyId: '8', displayName: 'Games', source: 'wazuh' }],
			'Held events': [],
			'Search Halo': [{ id: '13', name: 'Northwind Traders' }],
			'Event sets': [{ id: 1, name: 'Nights' }],
			Profiles: [{ id: 1, name: 'Servers' }],
		},
	})[0];
}

interface Field {
	fieldName?: string;
	defaultValue?: string;
	fieldOptions?: { values: Array<{ option: string }> };
}
const fieldsOf = (json: Record<string, unknown> | undefined) => json?.fields as Field[];

/** The answers of somebody who touches nothing but these fields. */
function pair(companySearch: string, company: RegExp, changed: Record<string, string> = {}) {
	const shown = page(companySearch);
	const answer = Object.fromEntries(
		fieldsOf(shown).flatMap(({ fieldName, defaultValue }) =>
			fieldName === undefined || defaultValue === undefined ? [] : [[fieldName, defaultValue]],
		),
	);
	const labels = Object.keys(shown?.byLabel as object);
	const label = labels.find((text) => company.test(text));
	return runCode(FORM, 'Pair', {
		input: [{ ...answer, company: label, client: 'Northwind Traders [#13]', ...changed }],
		nodes: { 'Pair page': [{ byLabel: shown?.byLabel }] },
	})[0];
}

describe('a pair that is edited on the form', () => {
	test('CS-41 keeps the settings that nobody changed', () => {
		expect(pair('north', /North Trade/)).toMatchObject(SETTINGS);
	});

	test.each([
		['createTicket', 'Yes', true],
		['createTicket', 'No, mapping only', false],
		['noNotification', 'No', false],
		['noNotification', 'Yes, record findings without ticket and message', true],
		['eventSet', '(default)', ''],
		['profile', '(default)', ''],
		['profile', 'Servers', 'Servers'],
	])('CS-41 changes %s to %s, and nothing else', (field, option, becomes) => {
		const values = fieldsOf(page('north')).find(({ fieldName }) => fieldName === field);
		expect(values?.fieldOptions?.values.map((each) => each.option)).toContain(option);
		expect(pair('north', /North Trade/, { [field]: option })).toMatchObject({
			...SETTINGS,
			[field]: becomes,
		});
	});

	test('CS-41 shows what it has', () => {
		expect(Object.keys(page('north')?.byLabel as object)).toEqual([
			'North Trade, wazuh → Northwind Traders (mapping only, no notification, event set Nights, profile Servers)',
		]);
	});

	test('a new pair gets tickets, notifications and the defaults', () => {
		expect(pair('', /Games/)).toMatchObject({
			companyId: '8',
			createTicket: true,
			noNotification: false,
			eventSet: '',
			profile: '',
		});
	});
});
