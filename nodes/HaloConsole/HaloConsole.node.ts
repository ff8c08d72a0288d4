import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { toNodeError } from '../shared/n8n/errors';
import { readOption } from '../shared/n8n/parameters';
import { answer } from './answer.operation';
import { inputs, outputs, properties } from './description';
import { done } from './done.operation';
import { about } from './items';
import { request } from './request.operation';

const OPERATIONS = ['request', 'answer', 'done'] as const;

/** The pages that people work with: calls of a webhook and rows in, pages and rows out. */
export class HaloConsole implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Halo Console',
		name: 'haloConsole',
		icon: { light: 'file:../shared/icons/halo.svg', dark: 'file:../shared/icons/halo.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: '={{ $parameter["operation"] }}',
		description:
			'Make the pages of the template console. The Data Table nodes around it read and write.',
		defaults: { name: 'Halo Console' },
		usableAsTool: true,
		inputs,
		outputs,
		requiredInputs: 1,
		credentials: [
			{
				name: 'haloPsaBridgeApi',
				required: true,
				displayOptions: { hide: { operation: ['done'] } },
			},
		],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			switch (readOption(this, 'operation', 0, OPERATIONS)) {
				case 'request':
					return await request(this);
				case 'answer':
					return await answer(this);
				case 'done':
					return done(this);
			}
		} catch (error) {
			const said = toNodeError(error, this.getNode());
			if (!this.continueOnFail()) throw said;
			// The next node makes a page of it.
			return [about([{ error: said.message, nextStep: said.description ?? '' }])];
		}
	}
}
