import type { TemplateSource } from './builder';
import { intake } from './intake';
import { processInbox } from './process-inbox';
import { pruneInbox } from './prune-inbox';
import { replayForm } from './replay-form';

/** The templates that are built from sources. */
export const sources: readonly TemplateSource[] = [intake, processInbox, pruneInbox, replayForm];
