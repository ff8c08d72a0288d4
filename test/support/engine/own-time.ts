import { dirname } from 'node:path';

type WorkflowPackage = typeof import('n8n-workflow');

/** The members of axios that are needed to shorten what n8n waits for an answer. */
interface Axios {
	interceptors: {
		request: {
			use(change: <Config extends { timeout?: number }>(config: Config) => Config): void;
		};
	};
}

const realNow = Date.now;
let moved = 0;

/** Milliseconds of the waits since `forgetWaits`, in order. */
const waits: number[] = [];

/** Time of a test that owns it: a wait of the node moves the clock instead of lasting. */
export const ownTime = {
	waits: waits as readonly number[],
	forgetWaits: (): void => {
		waits.length = 0;
	},
	/** Moves the clock of node and simulator. */
	advance: (milliseconds: number): void => {
		moved += milliseconds;
	},
	/** From now on `Date.now` is the test's clock. */
	takeOver: (): void => {
		jest.spyOn(Date, 'now').mockImplementation(() => realNow() + moved);
	},
};

/**
 * n8n-workflow whose `sleep` moves the clock; everything else is its own. For `jest.mock('n8n-workflow', …)`.
 * Stopping the run ends a wait as it does in n8n.
 */
export function workflowWithOwnTime(): WorkflowPackage {
	const actual = jest.requireActual<WorkflowPackage>('n8n-workflow');
	const sleep: WorkflowPackage['sleep'] = async (milliseconds, signal) => {
		waits.push(milliseconds);
		moved += milliseconds;
		await actual.sleep(0, signal);
	};
	return { ...actual, sleep };
}

let longest = Infinity;
let limited = false;

/**
 * Cuts what n8n waits for an answer: the node's own limit is two minutes, longer than a test can wait. n8n's own code
 * notices that time is up.
 * @param milliseconds the longest wait from now on; Infinity = as the node says
 */
export function limitTimeouts(milliseconds: number): void {
	longest = milliseconds;
	if (limited) return;
	limited = true;
	// n8n-core brings its own copies of both.
	const path = ['@n8n/backend-network', 'axios'].reduce(
		(from, name) => require.resolve(name, { paths: [dirname(from)] }),
		require.resolve('n8n-core'),
	);
	const { interceptors } = jest.requireActual<{ default: Axios }>(path).default;
	interceptors.request.use((config) => {
		if (config.timeout !== undefined) config.timeout = Math.min(config.timeout, longest);
		return config;
	});
}
