/**
 * Record types that Halo has and the simulator does not, by the first word of their path: those that public clients and
 * the pack's neighbours ask for. A path of one of them is no "gone": it is a part of Halo that is missing here.
 */
const NOT_MODELLED: ReadonlySet<string> = new Set(
	[
		'Appointment',
		'AssetType',
		'Automation',
		'ClientContract',
		'Control',
		'ExternalLink',
		'Features',
		'Field',
		'Health',
		'IncomingEvent',
		'IntegrationError',
		'Invoice',
		'Item',
		'KBArticle',
		'Opportunities',
		'Projects',
		'PurchaseOrder',
		'Quotation',
		'RecurringInvoice',
		'Report',
		'SalesOrder',
		'Service',
		'Supplier',
		'TicketApproval',
		'TicketRules',
		'Workflow',
	].map((name) => name.toLowerCase()),
);

/** The record type of a path below `/api` that Halo has and the simulator has not; null for any other path. */
export function notModelled(path: string): string | null {
	const [, name = ''] = path.split('/');
	return NOT_MODELLED.has(name.toLowerCase()) ? name : null;
}
