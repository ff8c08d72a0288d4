import type { TemplateSource } from './builder';
import { checkSetup } from './check-setup';
import { consolePages } from './console';
import { elevationApproval } from './elevation-approval';
import { intake } from './intake';
import { jitDisable } from './jit-disable';
import { noticesTemplate } from './notices';
import { phishingReport } from './phishing-report';
import { pollConnectSecure } from './poll-connectsecure';
import { pollTickets } from './poll-tickets';
import { processInbox } from './process-inbox';
import { pruneInbox } from './prune-inbox';
import { replayForm } from './replay-form';
import { setup } from './setup';
import { syncCompanies } from './sync-companies';
import { ticketClosedCallback } from './ticket-closed-callback';

/** The templates that are built from sources. */
export const sources: readonly TemplateSource[] = [
	checkSetup,
	consolePages,
	elevationApproval,
	intake,
	jitDisable,
	noticesTemplate,
	phishingReport,
	pollConnectSecure,
	pollTickets,
	processInbox,
	pruneInbox,
	replayForm,
	setup,
	syncCompanies,
	ticketClosedCallback,
];
