import type { INodeProperties } from 'n8n-workflow';

import type { EventCategory } from '../shared/domain/event/catalogue';
import { EVENT_CATALOGUE, EVENT_CATEGORIES } from '../shared/domain/event/catalogue';

const GENERATIONS: Readonly<Record<EventCategory['generation'], string>> = {
	both: 'CyberCNS and ConnectSecure',
	cybercns: 'CyberCNS',
	connectsecure: 'ConnectSecure',
	generic: 'Every tool',
};

const MARKS = {
	vendor: 'Named in the vendor’s documentation',
	ours: 'Named by this node',
} as const;

/** Name of the field that holds the chosen events of a category. */
export function fieldOfCategory(category: EventCategory): string {
	return `events${category.name.replace(/[^A-Za-z0-9]/g, '')}`;
}

/** The categories to choose from, with the tool whose screen has them. */
export const categoryOptions = EVENT_CATEGORIES.map(({ name, generation }) => ({
	name,
	value: name,
	description: GENERATIONS[generation],
}));

/** One field per category, shown when the category is chosen: its events, none ticked = all of them. */
export const categoryFields: INodeProperties[] = EVENT_CATEGORIES.map((category) => ({
	displayName: `${category.name} Events`,
	name: fieldOfCategory(category),
	type: 'multiOptions',
	default: [],
	options: EVENT_CATALOGUE.filter(({ code }) => category.events.includes(code)).map(
		({ code, label, mark }) => ({
			name: label,
			value: code,
			description: `${code}. ${MARKS[mark]}.`,
		}),
	),
	placeholder: 'All events',
	description: `Which events of the category ${category.name} count. Leave empty for all of them.`,
	displayOptions: {
		show: { eventSetFrom: ['node'], events: ['categories'], categories: [category.name] },
	},
}));
