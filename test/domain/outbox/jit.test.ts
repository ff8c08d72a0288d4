import { jitClaim } from '../../../nodes/shared/domain/outbox/jit';
import type { JsonRecord } from '../../../nodes/shared/domain/values/json';
import { ALEX, at, change, NOW } from './changes';

const claim = (ticket: JsonRecord = {}, more: JsonRecord = {}, names: JsonRecord = {}) =>
	jitClaim(change(ticket, more), names, NOW);
const body = (...given: Parameters<typeof claim>): JsonRecord =>
	JSON.parse(claim(...given)?.event ?? 'null');

test('the account of the agent on the ticket ends, else that of who closed it', () => {
	expect(claim()).toMatchObject({
		source: 'halo-jit',
		dedupKey: `jit|7|${at(-5)}|sam.okafor@msp.example`,
		ticketId: 7,
		state: 'sending',
	});
	expect(body()).toEqual({
		customerDisplayName: 'Contoso Ltd',
		technicianEmailAddress: 'sam.okafor@msp.example',
	});
	for (const ticketAgent of [null, { id: 3, name: 'Sam Okafor', email: null }]) {
		expect(body({}, { ticketAgent })).toMatchObject({ technicianEmailAddress: ALEX.email });
	}
});

test('a ticket that was opened again meanwhile keeps its account', () => {
	expect(claim({ hasbeenclosed: false, dateclosed: null })).toBeNull();
});

test('what this pack closed ends the account of the agent on the ticket, and nobody’s without one', () => {
	const own = { ownWrite: true, agent: { id: 9, name: 'n8n', email: 'n8n@msp.example' } };
	expect(body({}, own)).toMatchObject({ technicianEmailAddress: 'sam.okafor@msp.example' });
	expect(claim({}, { ...own, ticketAgent: null })).toBeNull();
	expect(claim({}, { ...own, ticketAgent: own.agent })).toBeNull();
});

test('nobody with an e-mail, or no client: the error says where to enter it', () => {
	const nobody = { agent: null, ticketAgent: null };
	expect(() => claim({}, nobody)).toThrow('Configuration > Teams & Agents > Agents');
	expect(() => claim({ client_name: null })).toThrow('Halo does not name the client of ticket 7');
});

test('a customer is told by the name that idemeum knows, also when it is a word of the language', () => {
	const names = { 'Contoso Ltd': ' Contoso PAM ', Fabrikam: '' };
	expect(body({}, {}, names)).toMatchObject({ customerDisplayName: 'Contoso PAM' });
	for (const name of ['Fabrikam', 'constructor', '__proto__', 'toString']) {
		expect(body({ client_name: name }, {}, names)).toMatchObject({ customerDisplayName: name });
	}
});
