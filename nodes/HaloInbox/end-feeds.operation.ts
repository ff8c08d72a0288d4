import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { endOfFeeds, readFeedEnd } from '../shared/domain/inbox/feeds-end';
import { readString } from '../shared/n8n/parameters';
import { inputRows, itemsFor } from '../shared/n8n/rows';
import { INPUTS, OUTPUTS } from './description';

/**
 * The row of halo_sync_status that ends a poll, and beside it what failed. It waits for what is stored, so that the
 * checkpoint is written last; a poll that read nothing at all, since it is off, has no end.
 */
export function endFeeds(context: IExecuteFunctions): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = [[], []];
	const feeds = inputRows(context, INPUTS.endFeeds.feeds).flatMap(
		(item) => readFeedEnd(item) ?? [],
	);
	if (feeds.length === 0) return outputs;
	const { row, failure } = endOfFeeds(feeds, {
		integration: readString(context, 'integration', 0),
		flow: readString(context, 'flow', 0),
		at: new Date().toISOString(),
	});
	outputs[OUTPUTS.endFeeds.status] = itemsFor([row]);
	if (failure !== '') outputs[OUTPUTS.endFeeds.failed] = itemsFor([{ message: failure }]);
	return outputs;
}
