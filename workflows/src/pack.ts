/** The nodes of this pack that templates use. */
import { properties as eventSetProperties } from '../../nodes/EvaluateEventSet/description';
import { properties as approvalProperties } from '../../nodes/HaloApproval/description';
import { properties as consoleProperties } from '../../nodes/HaloConsole/description';
import { properties as checkProperties } from '../../nodes/HaloCheckSetup/description';
import { properties as inboxProperties } from '../../nodes/HaloInbox/description';
import { properties as outboxProperties } from '../../nodes/HaloOutbox/description';
import { properties as ticketProperties } from '../../nodes/HaloTicket/description';
import { properties as haloTriggerProperties } from '../../nodes/HaloTrigger/description';
import { properties as importProperties } from '../../nodes/ImportCompanies/description';
import { properties as companyProperties } from '../../nodes/MapCompany/description';
import { properties as eventsProperties } from '../../nodes/ScannerEvents/description';
import { properties as triggerProperties } from '../../nodes/ScannerTrigger/description';
import type { PackNode } from './builder';

export const evaluateEventSet: PackNode = {
	type: 'evaluateEventSet',
	properties: eventSetProperties,
};
export const haloApproval: PackNode = { type: 'haloApproval', properties: approvalProperties };
export const haloCheckSetup: PackNode = { type: 'haloCheckSetup', properties: checkProperties };
export const haloConsole: PackNode = { type: 'haloConsole', properties: consoleProperties };
export const haloInbox: PackNode = { type: 'haloInbox', properties: inboxProperties };
export const haloOutbox: PackNode = { type: 'haloOutbox', properties: outboxProperties };
export const haloTicket: PackNode = { type: 'haloTicket', properties: ticketProperties };
export const haloTrigger: PackNode = { type: 'haloTrigger', properties: haloTriggerProperties };
export const importCompanies: PackNode = { type: 'importCompanies', properties: importProperties };
export const mapCompany: PackNode = { type: 'mapCompany', properties: companyProperties };
export const scannerEvents: PackNode = { type: 'scannerEvents', properties: eventsProperties };
export const scannerTrigger: PackNode = { type: 'scannerTrigger', properties: triggerProperties };

/** Credential of Halo, under the name that the pages use. */
export const HALO = { haloPsaBridgeApi: 'HaloPSA Bridge account' };
