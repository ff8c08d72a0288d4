import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { tabPage, type TabProblem } from '../shared/domain/pages/tab-page';
import {
	arrivalOf,
	buildTabUrl,
	holdsCustomerText,
	TAB_TOOLS,
	type TabAddress,
} from '../shared/domain/pages/tab-url';
import { toErrorItem, toNodeError } from '../shared/n8n/errors';
import { readOption, readString } from '../shared/n8n/parameters';

function readAddress(context: IExecuteFunctions): TabAddress {
	const tool = readOption(context, 'tabTool', 0, TAB_TOOLS);
	const asked = (name: string): string => readString(context, name, 0);
	const named = tool === 'idemeumCustomer' || tool === 'other';
	const parameter = tool === 'other' ? 'tabParameter' : 'tabNamedBy';
	return buildTabUrl({
		tool,
		place: asked(tool === 'phin' ? 'tabPartnerId' : tool === 'other' ? 'tabAddress' : 'tabTenant'),
		parameter: named ? asked(parameter) : '',
		value: named ? asked('tabValue') : '',
	});
}

/** Items that name a customer; none where the address holds no text of the customer. */
function checkCustomers(
	context: IExecuteFunctions,
	address: TabAddress,
): { checked: number; problems: TabProblem[] } {
	const problems: TabProblem[] = [];
	let checked = 0;
	if (!holdsCustomerText(address)) return { checked, problems };
	for (const itemIndex of context.getInputData(0).keys()) {
		const customer = readString(context, 'tabCustomer', itemIndex);
		if (customer === '') continue;
		const value = readString(context, 'tabHeld', itemIndex);
		const { problem } = arrivalOf(address, value);
		checked += 1;
		if (problem !== null) problems.push({ customer, value, problem });
	}
	return { checked, problems };
}

/** One item: the address of the tab, and the customers among the items that it would not open. Calls nobody. */
export function customTab(context: IExecuteFunctions): INodeExecutionData[][] {
	try {
		const address = readAddress(context);
		const { checked, problems } = checkCustomers(context, address);
		const { url, warnings } = address;
		const json = {
			url,
			secureUrlParameter: 'not required',
			warnings,
			checked,
			problems: problems.map((problem) => ({ ...problem })),
			page: tabPage(address, checked, problems),
		};
		return [[{ json, pairedItem: context.getInputData(0).map((_, item) => ({ item })) }]];
	} catch (error) {
		if (!context.continueOnFail()) throw toNodeError(error, context.getNode());
		return [[toErrorItem(error, context.getNode(), 0)]];
	}
}
