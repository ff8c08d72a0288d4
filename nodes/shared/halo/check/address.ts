import { MENU } from '../../domain/set-up/menu';
import type { CheckLine } from '../../domain/set-up/line';
import { failedLine, okLine, untestableLine } from '../../domain/set-up/line';
import { isRecord } from '../../domain/values/json';
import type { CheckSession } from './session';
import { textIn } from './session';
import type { CredentialFields } from '../sign-in/token';
import { HaloAddressError, readAddresses, readTenant } from '../sign-in/urls';

/** Where this Halo is, as far as the fields and Halo itself say. */
export interface FoundAddress {
	resourceServer: string;
	/** As typed; without the tenant. */
	tokenUrl: string;
	/** As typed; null when blank. */
	tenant: string | null;
	/** Tenant and authorisation server in Halo's own words; null when it does not say. */
	named: { tenant: string | null; authServer: string | null };
}

export interface AddressResult {
	lines: CheckLine[];
	/** Null when nothing further can be asked. */
	address: FoundAddress | null;
}

const SEE = `Copy it from ${MENU.api}.`;

function refusalOf(error: unknown): { seen: string; fix: string } {
	if (!(error instanceof HaloAddressError)) return { seen: String(error), fix: SEE };
	const seen = error.message.replace(error.nextStep, '').trim();
	return { seen, fix: error.nextStep };
}

function attempt(
	check: string,
	read: () => string,
	toSeen: (value: string) => string,
): { line: CheckLine; value: string | null } {
	try {
		const value = read();
		return { line: okLine('Address', check, toSeen(value)), value };
	} catch (error) {
		const { seen, fix } = refusalOf(error);
		return { line: failedLine('Address', check, seen, fix), value: null };
	}
}

/** The same host without what stands before `/api`; null when nothing does. */
function bareForm(resourceServer: string): string | null {
	const bare = `${new URL(resourceServer).origin}/api`;
	return bare === resourceServer ? null : bare;
}

async function findResource(
	session: CheckSession,
	typed: string,
): Promise<{ line: CheckLine; resourceServer: string | null; named: FoundAddress['named'] }> {
	const nothing = { tenant: null, authServer: null };
	const answer = await session.get(typed, '/AuthInfo');
	if (answer.kind === 'none') {
		const seen = `No answer from ${typed}: ${answer.words}.`;
		const fix = `Type the Resource Server that ${MENU.api} shows into Domain, and check that the n8n host can reach it (DNS, proxy, firewall).`;
		return {
			line: failedLine('Address', 'Halo answers', seen, fix),
			resourceServer: null,
			named: nothing,
		};
	}
	const authServer = textIn(answer, 'auth_url');
	if (authServer !== null) {
		const tenant = textIn(answer, 'tenant_id');
		const seen = `Halo answers at ${typed}. It names ${authServer} as authorisation server and ${tenant ?? 'no tenant'} as tenant.`;
		const line = okLine('Address', 'Halo answers', seen);
		return { line, resourceServer: typed, named: { tenant, authServer } };
	}
	const other = bareForm(typed);
	if (other !== null) {
		const again = await session.get(other, '/AuthInfo');
		const found = textIn(again, 'auth_url');
		if (found !== null) {
			const seen = `There is no Halo at ${typed} (${session.words(answer)}); ${other} answers.`;
			const fix = `Type ${new URL(other).host} into Domain.`;
			return {
				line: failedLine('Address', 'Halo answers', seen, fix),
				resourceServer: other,
				named: { tenant: textIn(again, 'tenant_id'), authServer: found },
			};
		}
	}
	if (answer.status < 400 && !isRecord(answer.body)) {
		const seen = `${typed} answers with a web page, not with Halo's API.`;
		return {
			line: failedLine('Address', 'Halo answers', seen, SEE),
			resourceServer: null,
			named: nothing,
		};
	}
	const seen = `${typed} answers, but does not name its sign-in (${session.words(answer)}).`;
	const line = untestableLine('Address', 'Halo answers', seen, 'The lines below tell.');
	return { line, resourceServer: typed, named: nothing };
}

/** Are domain, authorisation server and tenant readable, and does a Halo answer there? One or two requests, unsigned. */
export async function checkAddress(
	session: CheckSession,
	fields: CredentialFields,
): Promise<AddressResult> {
	const resource = attempt(
		'Domain',
		() => readAddresses({ ...fields, authorisationServer: '', tenant: '' }).resourceServer,
		(value) => `Understood as ${value}.`,
	);
	const token = attempt(
		'Authorisation server',
		() => readAddresses({ ...fields, tenant: '' }).tokenUrl,
		(value) => `Tokens are asked for at ${value}.`,
	);
	const tenant = attempt(
		'Tenant',
		() => readTenant(fields.tenant) ?? '',
		(value) => (value === '' ? 'None, as on a server of your own.' : `One word: ${value}.`),
	);
	const lines =
		resource.value === null ? [resource.line] : [resource.line, token.line, tenant.line];
	if (resource.value === null) return { lines, address: null };
	const found = await findResource(session, resource.value);
	lines.push(found.line);
	if (found.resourceServer === null || token.value === null) return { lines, address: null };
	return {
		lines,
		address: {
			resourceServer: found.resourceServer,
			tokenUrl: token.value,
			tenant: tenant.value === '' ? null : tenant.value,
			named: found.named,
		},
	};
}
