import { describeMatrix, onlyEvent } from '../../../support/sources/matrix';

const ARM =
	'/subscriptions/s-1/resourceGroups/rg-siem/providers/Microsoft.OperationalInsights/workspaces/law-1/providers/Microsoft.SecurityInsights/Incidents/';
const properties = {
	title: 'Password spray',
	description: 'Many sign-ins failed',
	severity: 'Medium',
	status: 'New',
	incidentNumber: 9,
	incidentUrl: 'https://portal.azure.com/#asset/Incident/9',
	createdTimeUtc: '2026-05-04T07:58:00Z',
	lastModifiedTimeUtc: '2026-05-04T08:00:00.123Z',
	additionalData: { alertsCount: 1, tactics: ['CredentialAccess'] },
	relatedEntities: [
		{ kind: 'Ip', properties: { address: '192.0.2.9' } },
		{ kind: 'Account', properties: { accountName: 'ada' } },
		{ kind: 'Host', properties: { hostName: 'FS-02' } },
	],
};
const body = (changes: object = {}, name = 'g-1', more: object = {}) => ({
	eventUniqueId: 'e-1',
	objectSchemaType: 'Incident',
	objectEventType: 'Update',
	workspaceInfo: { SubscriptionId: 's-1', ResourceGroupName: 'rg-siem', WorkspaceName: 'law-1' },
	workspaceId: 'w-1',
	object: {
		id: `${ARM}${name}`,
		name,
		etag: '"1"',
		type: 'Microsoft.SecurityInsights/Incidents',
		properties: { ...properties, ...changes },
	},
	...more,
});
const only = (changes: object) => onlyEvent('sentinel', body(changes));

describeMatrix({
	source: 'sentinel',
	open: body({}, 'g-1', { objectEventType: 'Create' }),
	repeat: body({
		status: 'Active',
		severity: 'High',
		title: 'Spray',
		owner: { assignedTo: 'Ada' },
	}),
	end: body({ status: 'Closed', classification: 'TruePositive', classificationComment: 'Blocked' }),
	otherProblem: body({}, 'g-2'),
	otherCompany: body({}, 'g-1', { workspaceId: 'w-2' }),
	noCompany: body({}, 'g-1', { workspaceId: null }),
	damaged: [
		[body({ status: 'Resolved' }), 'properties.status'],
		[body({ status: null }), 'properties.status'],
		[{ object: { properties } }, 'name'],
		[{ value: [{ type: 'Microsoft.SecurityInsights/Incidents', properties }] }, 'name'],
	],
});

describe('Microsoft Sentinel', () => {
	test('a row of the API is the same problem, of no company', () => {
		const { object } = body({}, 'g-1');
		const event = onlyEvent('detect', { value: [object] });
		expect(event).toMatchObject({ dedupKey: only({}).dedupKey, company: { id: null, name: null } });
		const { name, ...unnamed } = object;
		expect(name).toBe('g-1');
		expect(onlyEvent('sentinel', unnamed).dedupKey).toBe(only({}).dedupKey);
	});

	test('two workspaces of one name are told apart by their id', () => {
		const companies = ['w-1', 'w-2'].map(
			(workspaceId) => onlyEvent('sentinel', body({}, 'g-1', { workspaceId })).company,
		);
		expect(companies.map(({ id, name }) => [id, name])).toEqual([
			['w-1', null],
			['w-2', null],
		]);
	});

	test('only a true positive was put right, everything else a person closed', () => {
		const over = (classification: string | null) =>
			only({ status: 'Closed', classification }).resolution?.reason;
		expect(
			['TruePositive', 'FalsePositive', 'BenignPositive', 'Undetermined', null].map(over),
		).toEqual([...['remediated', 'manual', 'manual', 'manual', 'manual']]);
	});

	test('a body that was cut down is open where it says that the incident was made', () => {
		const small = { title: 'dummy', severity: 'High', incidentNumber: 9, status: null };
		const created = body(small, 'g-1', { objectEventType: 'Create' });
		expect(onlyEvent('sentinel', created).status).toBe('open');
	});

	test('host, account and tactics are told', () => {
		expect(only({})).toMatchObject({
			asset: { name: 'FS-02' },
			user: { name: 'ada' },
			description: 'Many sign-ins failed\nTactics: CredentialAccess',
		});
	});
});
