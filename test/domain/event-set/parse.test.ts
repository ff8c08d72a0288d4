import { DEFAULT_EVENT_SET, EventSetError } from '../../../nodes/shared/domain/event-set/event-set';
import { parseEventSet, parseEventSetRows } from '../../../nodes/shared/domain/event-set/parse';

const ALL = '[{"events":["*"]}]';

function rowsOf(...rows: Array<Record<string, unknown>>) {
	return rows.map((row, index) => ({
		number: index + 1,
		json: { name: `Set ${index + 1}`, rules: ALL, ...row },
	}));
}

function refusalOf(...rows: Array<Record<string, unknown>>): string {
	try {
		parseEventSetRows(rowsOf(...rows));
	} catch (error) {
		if (error instanceof EventSetError) return error.message;
		throw error;
	}
	return 'not refused';
}

const REFUSED: ReadonlyArray<[row: Record<string, unknown>, refusal: RegExp]> = [
	[{ name: '' }, /^Event set of row 1, name: expected a name, got nothing/],
	[{ rules: '[]' }, /^Event set "Set 1" \(row 1\), rules: the set has no events/],
	[{ rules: '[{"name":"empty"}]' }, /rule 1: it names no event/],
	[{ rules: '[{"events":[]}]' }, /rule 1: it names no event/],
	[
		{ rules: '[{"events":["*"]},{"events":["ports.opend"]}]' },
		/\(row 1\), rule 2, events: no event is called "ports.opend"/,
	],
	[
		{ rules: '[{"categories":["Port"]}]' },
		/rule 1, categories: no category is called "Port"; there are Agent, /,
	],
	[{ rules: '{broken' }, /\(row 1\), rules: expected JSON/],
	[{ rules: '[7]' }, /rule 1: expected an object, got 7/],
	[{ rules: '[{"events":["*"],"minSeverty":"low"}]' }, /rule 1: "minSeverty" is no setting/],
	[
		{ rules: '[{"events":["*"],"minSeverity":"bad"}]' },
		/rule 1, minSeverity: "bad" is none of critical/,
	],
	[
		{ rules: '[{"events":["*"],"minEpss":2}]' },
		/rule 1, minEpss: expected a number from 0 to 1, got 2/,
	],
	[
		{ rules: '[{"events":["*"],"asset":"SRV-("}]' },
		/rule 1, asset: "SRV-\(" is no regular expression/,
	],
	[
		{ rules: '[{"events":["*"],"action":"drop"}]' },
		/rule 1, action: "drop" is none of ticket, ignore/,
	],
	[{ rules: '[{"events":["*"],"kevOnly":"maybe"}]' }, /rule 1, kevOnly: expected true or false/],
	[
		{ grouping: 'colour' },
		/\(row 1\), grouping: "colour" is none of problem, company, asset, product/,
	],
	[{ minSeverity: 'urgent' }, /minSeverity: "urgent" is none of/],
	[{ isDefault: 'perhaps' }, /isDefault: expected true or false, got "perhaps"/],
	[
		{ rules: '["remediation.by_asset","remediation.by_product"]' },
		/\(row 1\): choose exactly one of Remediation by asset, Remediation by product/,
	],
	[
		{ rules: '["remediation.by_asset"]', grouping: 'company' },
		/Remediation by asset contradicts the grouping company/,
	],
	[{ maintenance: '{}' }, /maintenance: expected a list, got an object/],
	[
		{ maintenance: '[{"from":"22:00","to":"04:00"}]' },
		/window 1, timeZone: expected a zone like Europe\/Berlin, got null/,
	],
	[
		{ maintenance: '[{"from":"22:00","to":"04:00","timeZone":"Mars/Base"}]' },
		/window 1, timeZone: .* got "Mars\/Base"/,
	],
	[
		{ maintenance: '[{"from":"25:00","to":"04:00","timeZone":"UTC"}]' },
		/window 1, from: expected a time like 22:00, got "25:00"/,
	],
	[
		{ maintenance: '[{"days":["noday"],"from":"22:00","to":"04:00","timeZone":"UTC"}]' },
		/days: "noday" is none of mon/,
	],
	[
		{ maintenance: '[{"start":"2026-05-04T22:00","end":"2026-05-04T21:00","timeZone":"UTC"}]' },
		/window 1, end: .* is not after/,
	],
];

describe('Rows of halo_event_sets', () => {
	it('CS-17 CS-18 CN-18 many sets, each with its name, one of them the default', () => {
		const sets = parseEventSetRows(
			rowsOf({ isDefault: true }, { isDefault: false }, { isDefault: '' }),
		);
		expect(sets.map(({ name, isDefault, origin }) => [name, isDefault, origin])).toEqual([
			['Set 1', true, 'row 1'],
			['Set 2', false, 'row 2'],
			['Set 3', false, 'row 3'],
		]);
	});

	it('a row with nothing but a name is the built-in set under that name', () => {
		expect(parseEventSet({ name: 'Default', isDefault: true }, 'this node')).toEqual(
			DEFAULT_EVENT_SET,
		);
	});

	it('no row is a valid answer', () => {
		expect(parseEventSetRows([])).toEqual([]);
	});

	it('counts 25 refusals', () => {
		expect(REFUSED).toHaveLength(25);
	});

	it.each(REFUSED)('%j is refused, naming the row', (row, refusal) => {
		expect(refusalOf(row)).toMatch(refusal);
	});

	it('every fault of every row is named at once', () => {
		const text = refusalOf({ grouping: 'x' }, {}, { minSeverity: 'y' });
		expect(text).toMatch(/\(row 1\), grouping/);
		expect(text).toMatch(/\(row 3\), minSeverity/);
	});

	it.each([
		['', 'problem'],
		['Problem', 'problem'],
		['by company', 'company'],
		['Remediation by Asset', 'asset'],
		['Product', 'product'],
		['asset and product', 'asset and product'],
		['Remediation by Asset And Product', 'asset and product'],
		['assetProduct', 'asset and product'],
	])('CS-19 Notify By written as "%s" is %s', (written, grouping) => {
		expect(parseEventSet({ name: 'A', grouping: written }, 'row 1').grouping).toBe(grouping);
	});

	it.each(['*', 'all', ' ALL ', ALL, '["*"]', ''])(
		'rules written as %j are all events',
		(rules) => {
			expect(
				parseEventSet({ name: 'A', rules }, 'row 1').rules.map(({ events }) => events),
			).toEqual([['*']]);
		},
	);
});
