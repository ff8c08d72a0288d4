import type { HaloRequest } from './transport';

const APPLICATION = 'Configuration > Integrations > HaloPSA API > View applications > Permissions';
const AGENT = 'Configuration > Teams & Agents > Agents > Permissions';

/** Path of Halo, its read scope, its write scope, and the right that the agent behind the application needs. */
const RIGHTS: ReadonlyArray<[RegExp, string, string, string]> = [
	[
		/^\/(tickets|actions|attachment)/i,
		'read:tickets',
		'edit:tickets',
		'Tickets access Read and Modify',
	],
	[
		/^\/(client|site|users)/i,
		'read:customers',
		'edit:customers',
		'Clients and Users access Read Only',
	],
	[/^\/asset/i, 'read:assets', 'edit:assets', 'Assets access Read Only'],
	[/^\/(webhook|notification)/i, 'admin', 'admin', 'role Administrator'],
];

/**
 * Names the scope and the agent's right that a request needs, with the menu path of each: Halo answers a missing
 * right with an empty 403, so the words have to come from here.
 */
export function missingRightFor(request: Pick<HaloRequest, 'method' | 'path'>): string {
	const row = RIGHTS.find(([path]) => path.test(request.path));
	if (row === undefined) {
		return `check the agent's role and default team (${AGENT}); lists need no scope of their own.`;
	}
	const scope = request.method === 'GET' ? row[1] : row[2];
	return `check scope ${scope} of the application (${APPLICATION}) and "${row[3]}" of its agent (${AGENT}).`;
}
