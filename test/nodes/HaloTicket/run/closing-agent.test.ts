import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { evaluated, picked, resolved, startTicketing, type Ticketing } from '../support';

// Agents of the simulator's seed: two technicians, and the one that the application logs in as.
const ALEX = 2;
const SAM = 3;
const OWN = 9;

let halo: Ticketing;

beforeEach(async () => {
	halo = await startTicketing();
});
afterEach(async () => {
	await halo.simulator.stop();
});

const WITH_ALEX: INodeParameters = { moreFields: { agent: picked(String(ALEX)) } };
const SAMS_END = { reason: 'approved', byName: null, byEmail: 'sam.okafor@msp.example' };

function disable(...ids: number[]): void {
	for (const agent of halo.simulator.state.agents) agent.isdisabled = ids.includes(agent.id);
}

function ticket() {
	const [only] = halo.tickets();
	return only;
}

function triedAgents(): unknown[] {
	return halo.writes().flatMap(({ body }) => ('agent_id' in body ? [body.agent_id] : []));
}

async function close(change: IDataObject = {}, parameters = WITH_ALEX) {
	halo.simulator.journal.length = 0;
	const [decision] = await halo.decide([resolved(change)], parameters);
	return decision;
}

test("a resolve while the ticket's agent is disabled is closed by the next of the order, and says so", async () => {
	await halo.decide([evaluated()], WITH_ALEX);
	disable(ALEX);
	const decision = await close();
	expect(decision).toMatchObject({ decision: 'closed', ticketId: ticket()?.id });
	expect(decision?.reason).toContain(
		`Halo refused the ticket's agent ${ALEX} ("Please select a valid Agent."); the API agent ${OWN} closed it.`,
	);
	expect(halo.openTickets()).toEqual([]);
	expect(ticket()).toMatchObject({ agent_id: OWN });
	expect(triedAgents()).toEqual([ALEX, OWN]);
});

test('the whole order is tried, each agent once: approver, ticket, profile, API agent', async () => {
	await halo.decide([evaluated()], WITH_ALEX);
	const [made] = halo.openTickets();
	halo.simulator.technician.edit(Number(made?.id), { agent_id: SAM });
	// The list of agents, which tells the approver's id, is an older one.
	const before = { resolution: { ...SAMS_END, scope: null, note: null } };
	await halo.decide([evaluated({ dedupKey: 'v1|wazuh|contoso|cve|srv-02' })], WITH_ALEX);
	await halo.decide([resolved({ dedupKey: 'v1|wazuh|contoso|cve|srv-02', ...before })], WITH_ALEX);
	disable(ALEX, SAM);
	const decision = await close(before, { ...WITH_ALEX, options: { closeTouched: true } });
	expect(decision).toMatchObject({ decision: 'closed' });
	expect(triedAgents()).toEqual([SAM, ALEX, OWN]);
	expect(decision?.reason).toContain(`the approver ${SAM} ("Please select a valid Agent.")`);
	expect(decision?.reason).toContain(`the profile's agent ${ALEX} ("Please`);
});

test('when Halo refuses every agent, the event fails and names each of them with what Halo said', async () => {
	await halo.decide([evaluated()], WITH_ALEX);
	disable(ALEX, OWN);
	const decision = await close();
	expect(decision).toMatchObject({ decision: 'failed' });
	expect(decision?.reason).toContain(`the ticket's agent ${ALEX} ("Please select a valid Agent.")`);
	expect(decision?.reason).toContain(`the API agent ${OWN} ("Please select a valid Agent.")`);
	expect(decision?.reason).toContain('Configuration > Teams & Agents > Agents');
	expect(halo.openTickets()).toHaveLength(1);
	expect(triedAgents()).toEqual([ALEX, OWN]);
});

test('a refusal that is not about the agent is told as it is, and nothing is sent again', async () => {
	await halo.decide([evaluated()], WITH_ALEX);
	halo.simulator.switches.neededToClose = 'category_1';
	const decision = await close();
	expect(decision).toMatchObject({
		decision: 'failed',
		reason: expect.stringContaining('Please complete the following fields: category_1'),
	});
	expect(triedAgents()).toEqual([ALEX]);
});

test('a group is closed by the next agent as well', async () => {
	const grouped = (number: number) => ({
		dedupKey: `v1|wazuh|contoso|cve|srv-0${number}`,
		groupKey: 'v1|wazuh|42|by company',
	});
	await halo.decide([evaluated(grouped(1)), evaluated(grouped(2))], WITH_ALEX);
	disable(ALEX);
	const decisions = await halo.decide([resolved(grouped(1)), resolved(grouped(2))], WITH_ALEX);
	expect(decisions.map(({ decision }) => decision)).toContain('closed');
	expect(halo.openTickets()).toEqual([]);
	expect(ticket()).toMatchObject({ agent_id: OWN });
});
