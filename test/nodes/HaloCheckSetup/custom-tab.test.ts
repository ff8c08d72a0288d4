import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { HaloCheckSetup } from '../../../nodes/HaloCheckSetup/HaloCheckSetup.node';
import { runNode } from '../../support/engine';

const CUSTOMERS: IDataObject[] = [
	{ id: 11, name: 'Contoso Ltd', reference: 'Contoso PAM' },
	{ id: 12, name: 'Smith & Sons', reference: 'Smith & Sons' },
	{ id: 13, name: 'Northwind', reference: null },
];

async function build(parameters: INodeParameters, items: IDataObject[] = CUSTOMERS) {
	return await runNode({
		node: new HaloCheckSetup(),
		parameters: { operation: 'customTab', ...parameters },
		inputs: [items],
		credentials: {},
	});
}

describe('Halo Check Setup: Build Custom Tab URL', () => {
	test('ID-38 ID-39 ID-40 one address, and the customers that it does not work for, without a credential', async () => {
		const run = await build({ tabTenant: 'contoso' });

		expect(run.error).toBeNull();
		expect(run.json[0]).toEqual([
			{
				url: 'https://contoso.idemeum.com?customerDisplayName=$CLIENT_REFERENCE',
				secureUrlParameter: 'not required',
				warnings: [expect.stringContaining('$CLIENT_REFERENCE')],
				checked: 3,
				problems: [
					{
						customer: 'Smith & Sons',
						value: 'Smith & Sons',
						problem: expect.stringContaining('arrives as "Smith "'),
					},
					{ customer: 'Northwind', value: '', problem: expect.stringContaining('is empty') },
				],
				page: expect.stringContaining('Smith &amp; Sons'),
			},
		]);
	});

	test('PH-15 the tab of Phin needs the Partner ID alone', async () => {
		const run = await build({ tabTool: 'phin', tabPartnerId: 'p-77' });

		expect(run.json[0]).toMatchObject([
			{ url: 'https://portal.phinsec.io/p-77/pod/halo/$FAULTID', warnings: [], checked: 0 },
		]);
	});

	test('a tenant that is none is an error with the next step', async () => {
		const run = await build({ tabTenant: 'two words' });

		expect(run.error?.message).toMatch(/"two words" is no tenant of idemeum.*\.idemeum\.com/);
	});

	test('a text of a customer cannot become markup of the page', async () => {
		const run = await build({ tabTenant: 'contoso' }, [
			{ name: '<b onclick=x>', reference: '<script>&' },
		]);

		expect(run.json[0]?.[0]?.page).not.toMatch(/<script|<b onclick/);
	});
});
