import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { toNodeError } from '../shared/n8n/errors';
import { readOption } from '../shared/n8n/parameters';
import { begin } from './begin.operation';
import { tellChanges } from './changes.operation';
import { findCheckpoint } from './checkpoint.operation';
import { chooseForRun } from './choose.operation';
import { inputs, outputs, properties } from './description';
import { endFeeds } from './end-feeds.operation';
import { endPoll } from './end-poll.operation';
import { writeErrorRow } from './error-row.operation';
import { namedTables } from './find-tables.operation';
import { findErrors, rememberSent, tellNotices } from './notices.operation';
import { OPERATIONS } from './operations';
import { findOldRows, pruneUpTo } from './prune.operation';
import { findWaiting, offerReplay, replayChosen } from './replay.operation';
import { report } from './report.operation';
import { giveFirstRows, setUpTables } from './set-up.operation';
import { settle } from './settle.operation';
import { store } from './store.operation';
import { take } from './take.operation';

/** Keeps events in Data Tables until they are handled: rows and items in, rows and items out. */
export class HaloInbox implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Halo Inbox',
		name: 'haloInbox',
		icon: { light: 'file:../shared/icons/halo.svg', dark: 'file:../shared/icons/halo.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: '={{ $parameter["operation"] }}',
		description:
			'Decide about the rows of the inbox. The Data Table nodes around it read and write.',
		defaults: { name: 'Halo Inbox' },
		usableAsTool: true,
		inputs,
		outputs,
		requiredInputs: 1,
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		try {
			switch (readOption(this, 'operation', 0, OPERATIONS)) {
				case 'begin':
					return begin(this);
				case 'changes':
					return tellChanges(this);
				case 'checkpoint':
					return findCheckpoint(this);
				case 'choose':
					return chooseForRun(this);
				case 'endFeeds':
					return endFeeds(this);
				case 'endPoll':
					return endPoll(this);
				case 'errorRow':
					return writeErrorRow(this);
				case 'findErrors':
					return findErrors();
				case 'findOld':
					return findOldRows(this);
				case 'findTables':
					return namedTables(this);
				case 'findWaiting':
					return findWaiting(this);
				case 'firstRows':
					return giveFirstRows(this);
				case 'notices':
					return tellNotices(this);
				case 'offerReplay':
					return offerReplay(this);
				case 'prune':
					return pruneUpTo(this);
				case 'replay':
					return replayChosen(this);
				case 'report':
					return report(this);
				case 'sent':
					return rememberSent(this);
				case 'setUp':
					return setUpTables(this);
				case 'settle':
					return settle(this);
				case 'store':
					return store(this);
				case 'take':
					return take(this);
			}
		} catch (error) {
			throw toNodeError(error, this.getNode());
		}
	}
}
