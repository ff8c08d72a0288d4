import { chain, packNode, type TemplateNode, type Wire } from './builder';
import { failure, insertRows } from './core';
import { haloInbox } from './pack';

/** What a template does when it fails itself: one row of halo_errors, which *notices* tells people of. */
export interface ErrorBranch {
	fails: TemplateNode;
	errorRow: TemplateNode;
	storeErrors: TemplateNode;
	wires: Wire[];
}

/** @param direction whose failure it is when neither Halo nor full tables are behind it */
export function errorBranch(direction: 'incoming' | 'outgoing'): ErrorBranch {
	const fails = failure();
	const errorRow = packNode(haloInbox, 'Error row', { operation: 'errorRow', direction });
	const storeErrors = insertRows('Store the errors', { name: 'halo_errors' }, 'ofTheItem');
	return { fails, errorRow, storeErrors, wires: chain(fails, errorRow, storeErrors) };
}
