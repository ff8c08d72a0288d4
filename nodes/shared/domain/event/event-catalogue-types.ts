/** Where the name of an event comes from. */
export type CatalogueMark = 'vendor' | 'ours';

/** One event that an event set can name. */
export interface CatalogueEvent {
	/** As events carry it, e.g. `ports.opened.external`; `.*` at the end stands for all codes that begin so. */
	code: string;
	label: string;
	mark: CatalogueMark;
}
