import type { CustomFieldWrite } from '../../profile/custom-fields';
import type { Template } from '../text/template';

/** What a new ticket says and carries beyond the profile; every member is settled before the first write. */
export interface TicketExtras {
	/** Null = the event's own title. */
	titleTemplate: Template | null;
	/** Null = the built-in text. */
	bodyTemplate: Template | null;
	/** Name of the event set, for templates. */
	eventSet: string | null;
	customFields: readonly CustomFieldWrite[];
	/** Id of the request source; null = Halo's default. */
	sourceId: number | null;
	tags: readonly string[];
}

/** A ticket as Halo's defaults and the built-in texts make it. */
export const NO_EXTRAS: TicketExtras = {
	titleTemplate: null,
	bodyTemplate: null,
	eventSet: null,
	customFields: [],
	sourceId: null,
	tags: [],
};
