import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { statusRowOf } from '../shared/domain/event/sync-status';
import { contentLookUps } from '../shared/domain/inbox/look-up';
import { connectSecure } from '../shared/domain/sources/connectsecure/source';
import {
	feedResult,
	feedWindow,
	type PolledFeed,
	readMarks,
} from '../shared/domain/sources/connectsecure/poll';
import { isRecord } from '../shared/domain/values/json';
import { memberText, recordsIn } from '../shared/domain/values/read';
import { toNodeError } from '../shared/n8n/errors';
import { ParameterError, readCollection } from '../shared/n8n/parameters';
import { inputRows } from '../shared/n8n/rows';
import { readSourceSettings } from '../shared/n8n/source-fields';
import { POLL_OVERLAP_MINUTES, POD_PAGE_SIZE, OUTPUTS } from './description';
import { itemsOf } from './normalise.operation';
import { readPodList } from './pod';

/** What halo_sync_status calls the poll. */
const FLOW = 'poll-connectsecure';

/** Names of columns; what stands here goes into a condition, which is SQL at the other end. */
const COLUMN = /^\w*$/;

function readFeeds(context: IExecuteFunctions): PolledFeed[] {
	const value: unknown = context.getNodeParameter('feeds', 0, {});
	const feeds = recordsIn(isRecord(value) ? value.feed : null).map((entry) => ({
		path: memberText(entry, 'path') ?? '',
		time: memberText(entry, 'time') ?? '',
	}));
	if (feeds.length === 0) throw new ParameterError('Feeds', 'at least one feed', value);
	for (const { path, time } of feeds) {
		if (!path.startsWith('/')) {
			throw new ParameterError('Feeds, Path', 'a path that begins with /', path);
		}
		if (!COLUMN.test(time)) {
			throw new ParameterError('Feeds, Time Column', 'the name of one column', time);
		}
	}
	return feeds;
}

function readAmount(options: Record<string, unknown>, name: string, otherwise: number): number {
	const value = options[name] ?? otherwise;
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
	throw new ParameterError(name, 'a whole number that is not negative', value);
}

/**
 * Reads each feed from where the last poll ended, and says which rows of halo_inbox tell what of it is new. A feed that fails does not stop the others: its line on the output
 * Feeds says why, and keeps its mark.
 * @throws NodeOperationError for a setting, a checkpoint or a status row that cannot be used
 */
export async function pollPod(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items: INodeExecutionData[][] = [[], [], []];
	const give = (output: number, jsons: readonly IDataObject[]): void => {
		for (const json of jsons) items[output]?.push({ json, pairedItem: { item: 0 } });
	};
	try {
		const settings = readSourceSettings((name) => {
			if (name === 'source') return connectSecure.id;
			// Of the fields about a payload, these are shown beside a poll.
			const isShown = name === 'integration' || name === 'additionalFields';
			return isShown ? context.getNodeParameter(name, 0, undefined) : undefined;
		}, null);
		const rows = inputRows(context, 0);
		const last = statusRowOf(rows, settings.integration, FLOW) ?? {};
		if (last.enabled === false) return items;
		const options = readCollection(context, 'pollOptions', 0);
		const asked = {
			overlapMinutes: readAmount(options, 'overlapMinutes', POLL_OVERLAP_MINUTES),
			pageSize: Math.max(1, readAmount(options, 'pageSize', POD_PAGE_SIZE)),
		};
		const marks = readMarks(memberText(last, 'checkpoint') ?? '');
		for (const feed of readFeeds(context)) {
			const window = feedWindow(feed, marks, asked);
			const list = await readPodList(context, window.path, window.query);
			const now = Date.now();
			const { data, summary } = feedResult(window, list, now);
			const receivedAt = new Date(now).toISOString();
			give(
				OUTPUTS.pollConnectSecure.events,
				itemsOf(
					{ status: true, feed: window.feed, data },
					{ ...settings, receivedAt, deliveryId: null },
				),
			);
			give(OUTPUTS.pollConnectSecure.feeds, [summary]);
		}
		const events = items[OUTPUTS.pollConnectSecure.events] ?? [];
		give(OUTPUTS.pollConnectSecure.lookUp, contentLookUps(events.map(({ json }) => json)));
		return items;
	} catch (error) {
		throw toNodeError(error, context.getNode());
	}
}
