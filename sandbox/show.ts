import type { HaloTarget } from './halo-target';
import type { RunningN8n } from './host';
import type { SampleResult, Webhook } from './run-samples';

/** One line for the user. */
export function print(line = ''): void {
	process.stdout.write(`${line}\n`);
}

function table(rows: string[][]): string[] {
	const widths = (rows[0] ?? []).map((_, column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0)),
	);
	return rows.map((row) =>
		row
			.map((cell, i) => cell.padEnd(widths[i] ?? 0))
			.join('  ')
			.trimEnd(),
	);
}

/** One event of a sample, as it ended. */
export function showResult(result: SampleResult): void {
	const { source, title, decision, ticketId, ticket, reason, faults } = result;
	const mark = faults.length === 0 ? 'ok    ' : 'FAILED';
	print(`  ${mark}  ${decision.padEnd(13)}  ${source}: ${title}`);
	if (ticketId !== null) print(`          ticket ${ticketId}  ${ticket}`);
	print(`          ${reason}`);
	for (const fault of faults) print(`          NOT AS EXPECTED: ${fault}`);
}

/** The last lines about the samples; true when all is as expected. */
export function showSummary(
	target: HaloTarget,
	results: SampleResult[],
	faults: string[],
): boolean {
	const wrong = results.filter((result) => result.faults.length > 0).length;
	print();
	if (target.simulator !== null) {
		const { journal } = target.simulator;
		const writes = journal.filter(
			({ method, path }) => method !== 'GET' && !/\/token$/i.test(path),
		).length;
		print(
			`Requests to Halo: ${journal.length}, of which ${writes} wrote. Mails to end users: ${target.simulator.mails.length}.`,
		);
	}
	for (const fault of faults) print(`NOT AS EXPECTED: ${fault}`);
	print(
		wrong + faults.length === 0
			? `All ${results.length} events ended in the decision expected of them.`
			: `${wrong} of ${results.length} events did not end as expected.`,
	);
	return wrong + faults.length === 0;
}

/** Where everything is reached, and how. */
export function showAddresses(
	n8n: RunningN8n,
	target: HaloTarget,
	webhooks: Record<string, Webhook>,
): void {
	print();
	for (const line of table([
		['Editor', n8n.url],
		['Login', `${n8n.owner.email}   password ${n8n.owner.password}`],
		[
			'Halo',
			target.simulator === null
				? target.resourceServer
				: `${target.resourceServer} (simulator; journal ${target.simulator.origin}/__admin/journal)`,
		],
		...Object.entries(webhooks).map(([source, { url, headers }]) => [
			`Webhook ${source}`,
			`${url}   ${Object.entries(headers)
				.map(([name, value]) => `${name}: ${value}`)
				.join(', ')}`,
		]),
	])) {
		print(`  ${line}`);
	}
	print();
}
