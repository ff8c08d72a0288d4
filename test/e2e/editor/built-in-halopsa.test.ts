import { outputOf } from '../../../sandbox/host';
import {
	START_LIMIT_MS,
	type Stage,
	chain,
	describeWith,
	node,
	openStage,
	pinnedN8n,
} from '../../support/host';

const NODE = 'n8n-nodes-base.haloPSA';
const CREDENTIAL = { haloPSAApi: { id: null, name: 'Halo of n8n itself' } };

/** n8n's own node is a Halo client that this project did not write: what it does, the simulator must answer. */
const WORKFLOW = chain('builtInWorkflow1', 'Built-in HaloPSA node', [
	node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
	node(
		'Create',
		NODE,
		1,
		{
			resource: 'ticket',
			operation: 'create',
			ticketType: '1',
			summary: 'Disk on srv-01 is full',
			details: 'Reported by the built-in node',
			additionalFields: {},
		},
		{ credentials: CREDENTIAL },
	),
	node(
		'Get',
		NODE,
		1,
		{ resource: 'ticket', operation: 'get', ticketId: '={{ $json.id }}', simplify: false },
		{ credentials: CREDENTIAL },
	),
	node(
		'List',
		NODE,
		1,
		{
			resource: 'ticket',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			filters: { activeStatus: 'all', search: 'srv-01' },
		},
		{ credentials: CREDENTIAL, executeOnce: true },
	),
	node(
		'Update',
		NODE,
		1,
		{
			resource: 'ticket',
			operation: 'update',
			ticketId: "={{ $('Create').first().json.id }}",
			updateFields: { summary: 'Disk on srv-01 is full again' },
		},
		{ credentials: CREDENTIAL, executeOnce: true },
	),
]);

describeWith("n8n's built-in HaloPSA node against the simulator", pinnedN8n(), (host) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await openStage('built-in-halopsa', host, (halo) => ({
			withPack: false,
			credentials: [
				{
					name: CREDENTIAL.haloPSAApi.name,
					type: 'haloPSAApi',
					data: {
						hostingType: 'hostedHalo',
						authUrl: halo.authServer,
						resourceApiUrl: halo.resourceServer,
						tenant: halo.tenant,
						client_id: halo.clientId,
						client_secret: halo.clientSecret,
						scope: 'admin edit:tickets edit:customers',
					},
				},
			],
			workflows: [WORKFLOW],
		}));
	}, START_LIMIT_MS);

	afterAll(async () => {
		await stage?.stop();
	}, START_LIMIT_MS);

	it('creates, gets, lists and updates a ticket', async () => {
		const { halo, session } = stage;

		const execution = await session.runWorkflow(WORKFLOW.id, 'Start');

		expect({ status: execution.status, error: execution.error }).toEqual({
			status: 'success',
			error: null,
		});
		const [created] = outputOf(execution, 'Create');
		expect(created).toMatchObject({ summary: 'Disk on srv-01 is full', tickettype_id: 1 });
		const [got] = outputOf(execution, 'Get');
		expect(got).toMatchObject({ id: created?.id, details: 'Reported by the built-in node' });
		expect(outputOf(execution, 'List').map(({ id }) => id)).toContain(created?.id);
		expect(outputOf(execution, 'Update')).toHaveLength(1);
		expect(halo.tickets().find(({ id }) => id === created?.id)).toMatchObject({
			summary: 'Disk on srv-01 is full again',
		});
	});

	it('asks for nothing that the simulator does not know', () => {
		const { halo } = stage;

		expect(halo.journal.length).toBeGreaterThanOrEqual(5);
		expect(halo.journal.filter(({ unhandled }) => unhandled)).toEqual([]);
		expect(halo.failures).toEqual([]);
	});
});
