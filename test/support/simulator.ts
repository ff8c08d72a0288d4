import axios from 'axios';

import { HaloApi } from '../../nodes/shared/halo/api';
import type { HaloApiOptions } from '../../nodes/shared/halo/api';
import { toConnectionError } from '../../nodes/shared/halo/http/errors';
import type { HaloRuntime, HaloTransport } from '../../nodes/shared/halo/http/transport';
import { startHaloSimulator } from '../../sandbox/halo';
import type { HaloSimulator, HaloSimulatorOptions } from '../../sandbox/halo';

/** Time that belongs to the test: sleeping moves the simulator's clock and is written down. */
export interface TestRuntime extends HaloRuntime {
	/** Milliseconds of every wait, in order. */
	readonly sleeps: number[];
	/** What a person does who presses Stop. */
	cancel(): void;
	/** Called at the begin of every wait, e.g. to cancel there. */
	onSleep: (milliseconds: number) => void;
}

export function createTestRuntime(simulator: Pick<HaloSimulator, 'clock'>): TestRuntime {
	const sleeps: number[] = [];
	let cancelled = false;
	const runtime: TestRuntime = {
		sleeps,
		onSleep: () => undefined,
		now: () => simulator.clock.now(),
		sleep: async (milliseconds) => {
			sleeps.push(milliseconds);
			runtime.onSleep(milliseconds);
			simulator.clock.advance(milliseconds);
			await Promise.resolve();
		},
		random: () => 0,
		cancelled: () => cancelled,
		cancel: () => {
			cancelled = true;
		},
	};
	return runtime;
}

/** Where the simulator is, and how to sign in. */
export type SimulatorAccess = Pick<
	HaloSimulator,
	'resourceServer' | 'authServer' | 'tenant' | 'clientId' | 'clientSecret'
>;

/** A transport without n8n: axios straight to the simulator, one new token after a 401. */
export function createAxiosTransport(access: SimulatorAccess, timeoutMs = 5_000): HaloTransport {
	const http = axios.create({
		timeout: timeoutMs,
		validateStatus: () => true,
		maxRedirects: 0,
		proxy: false,
	});
	let token: string | null = null;
	const signIn = async (): Promise<string> => {
		const form = new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: access.clientId,
			client_secret: access.clientSecret,
			scope: 'read:tickets edit:tickets read:customers read:assets',
		});
		const url = `${access.authServer}/token?tenant=${encodeURIComponent(access.tenant)}`;
		const answer = await http.post<{ access_token?: string }>(url, form);
		if (answer.data.access_token === undefined) throw new Error(`No token: ${answer.status}`);
		return answer.data.access_token;
	};
	return {
		send: async (request) => {
			const call = async () =>
				await http.request<unknown>({
					method: request.method,
					url: `${access.resourceServer}${request.path}`,
					params: request.query ?? {},
					...(request.body === undefined ? {} : { data: request.body }),
					headers: { authorization: `Bearer ${token ?? ''}` },
				});
			try {
				token ??= await signIn();
				let answer = await call();
				if (answer.status === 401) {
					token = await signIn();
					answer = await call();
				}
				const headers = Object.entries(answer.headers).map(([name, value]) => [
					name,
					String(value),
				]);
				return { status: answer.status, headers: Object.fromEntries(headers), body: answer.data };
			} catch (error) {
				if (!axios.isAxiosError(error)) throw error;
				throw toConnectionError(request, 'the connection failed', error);
			}
		},
	};
}

export interface SimulatedHalo {
	simulator: HaloSimulator;
	runtime: TestRuntime;
	transport: HaloTransport;
	api: HaloApi;
	/** A further client with a transport and options of its own. */
	newApi(options?: HaloApiOptions): HaloApi;
}

/** A simulator with a client that talks to it. Stop it with `halo.simulator.stop()`. */
export async function startSimulatedHalo(
	options: HaloSimulatorOptions & { timeoutMs?: number } = {},
): Promise<SimulatedHalo> {
	const { timeoutMs, ...simulatorOptions } = options;
	const simulator = await startHaloSimulator(simulatorOptions);
	const runtime = createTestRuntime(simulator);
	const transport = createAxiosTransport(simulator, timeoutMs);
	const newApi = (apiOptions: HaloApiOptions = {}) =>
		new HaloApi(createAxiosTransport(simulator, timeoutMs), runtime, apiOptions);
	return { simulator, runtime, transport, api: new HaloApi(transport, runtime), newApi };
}
