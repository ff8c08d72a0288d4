import type { ScannerEvent } from '../../event/event';
import type { Desired } from './types';
import { renderBody, renderTitle } from '../text/template';
import type { TemplateScope } from '../text/placeholders';

/** What templates make of a ticket; null where the built-in text stands. */
export interface Templated {
	title: string | null;
	bodyHtml: string | null;
}

/**
 * Title and body out of the templates, where there are any. A title whose values are all empty gives way to the
 * built-in one.
 * @param event stands for the ticket
 * @param members problems that the ticket stands for
 */
export function templated(
	{ clientName, extras, profile, reference }: Omit<Desired, 'want' | 'event'>,
	event: ScannerEvent,
	members: readonly ScannerEvent[],
): Templated {
	if (extras === undefined) return { title: null, bodyHtml: null };
	const { bodyTemplate, eventSet, titleTemplate } = extras;
	const scope: TemplateScope = {
		event,
		reference,
		client: clientName,
		profile: profile.name,
		eventSet,
		members,
	};
	const title = titleTemplate === null ? '' : renderTitle(titleTemplate, scope);
	return {
		title: title === '' ? null : title,
		bodyHtml: bodyTemplate === null ? null : renderBody(bodyTemplate, scope),
	};
}
