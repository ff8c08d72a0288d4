/** Where the knowledge of a name comes from that Halo's published description lacks. */
export type NameSource =
	/** Halo's own guide pages on API applications. */
	| 'Halo guide'
	/** Public clients that are known to run against live tenants. */
	| 'live clients';

export interface BeyondName {
	/** Path as in the facts; token paths stand outside the resource server. */
	path: string;
	/** `path`: the path itself, with its methods in `names`. */
	kind: 'path' | 'query' | 'body';
	names: readonly string[];
	source: NameSource;
	why: string;
}

/** The names that the pack may use though the description lacks them. Keep it short: each is a risk. */
export const BEYOND_THE_DESCRIPTION: readonly BeyondName[] = [
	{
		path: '/auth/token',
		kind: 'path',
		names: ['POST'],
		source: 'Halo guide',
		why: 'tokens come from the authorisation server, which has no description of its own',
	},
	{
		path: '/auth/token',
		kind: 'query',
		names: ['tenant'],
		source: 'live clients',
		why: 'hosted tenants are told apart by it on a shared authorisation server',
	},
	{
		path: '/auth/token',
		kind: 'body',
		names: ['grant_type', 'client_id', 'client_secret', 'scope'],
		source: 'Halo guide',
		why: 'the fields of an OAuth 2 client credentials grant',
	},
	{
		path: '/token',
		kind: 'path',
		names: ['POST'],
		source: 'live clients',
		why: 'trial tenants have their token address at the root of the authorisation server',
	},
	{
		path: '/token',
		kind: 'query',
		names: ['tenant'],
		source: 'live clients',
		why: 'needed on a shared authorisation server',
	},
	{
		path: '/token',
		kind: 'body',
		names: ['grant_type', 'client_id', 'client_secret', 'scope'],
		source: 'Halo guide',
		why: 'the fields of an OAuth 2 client credentials grant',
	},
	{
		path: '/Tickets',
		kind: 'body',
		names: ['_agent01_ok', '_agent02_ok'],
		source: 'live clients',
		why: 'sent beside _forcereassign with every assignment, or a busy agent is refused',
	},
	{
		path: '/Tickets',
		kind: 'query',
		names: ['include_custom_fields'],
		source: 'live clients',
		why: 'the one way to custom fields on list rows',
	},
	{
		path: '/Client',
		kind: 'query',
		names: ['include_custom_fields'],
		source: 'live clients',
		why: 'the one way to custom fields on list rows',
	},
];
