import axios from 'axios';

import { startHaloSimulator } from '../../sandbox/halo';

test.each(['https://halo.example/api/Tickets', 'http://192.0.2.1/', 'http://[2001:db8::1]/'])(
	'no test reaches %s',
	async (address) => {
		await expect(axios.get(address, { proxy: false })).rejects.toThrow(
			/A test may only talk to this machine, not to/,
		);
	},
);

test('the simulator on this machine is reached', async () => {
	const simulator = await startHaloSimulator();
	try {
		const { status } = await axios.get(`${simulator.resourceServer}/Tickets`, {
			validateStatus: () => true,
			proxy: false,
		});
		expect(status).toBe(401);
	} finally {
		await simulator.stop();
	}
});
