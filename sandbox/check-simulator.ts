import type { HaloTarget } from './halo-target';
import type { SampleResult } from './run-samples';

/** What may not happen whatever the decisions are; only the simulator can tell. */
export function simulatorFaults({ simulator }: HaloTarget, results: SampleResult[]): string[] {
	if (simulator === null) return [];
	const unknown = simulator.journal.filter(({ unhandled }) => unhandled);
	const created = results.filter(({ decision }) => decision === 'created').length;
	const tickets = simulator.journal.filter(
		({ method, path, body }) =>
			method === 'POST' &&
			/\/tickets$/i.test(path) &&
			JSON.stringify(body).includes('scanref') &&
			!/"id":/.test(JSON.stringify(body)),
	);
	return [
		...simulator.mails.map((mail) => `a mail went to ${JSON.stringify(mail)}`),
		...unknown.map(({ method, path }) => `unknown to the simulator: ${method} ${path}`),
		...simulator.failures.map((failure) => `the simulator failed: ${failure}`),
		...(tickets.length === created
			? []
			: [`${tickets.length} requests made tickets, for ${created} decisions "created"`]),
	];
}
