/** Menu paths of Halo as its screens name them. */
export const MENU = {
	api: 'Configuration > Integrations > HaloPSA API',
	application: 'Configuration > Integrations > HaloPSA API > View applications',
	scopes: 'Configuration > Integrations > HaloPSA API > View applications > Permissions',
	agents: 'Configuration > Teams & Agents > Agents',
	agentTeams: 'Configuration > Teams & Agents > Agents > Departments and teams',
	agentRights: 'Configuration > Teams & Agents > Agents > Permissions',
	ticketTypes: 'Configuration > Tickets > Ticket Types',
	statuses: 'Configuration > Tickets > Statuses',
	slas: 'Configuration > Service Level Agreements',
	actions: 'Configuration > Tickets > Actions',
} as const;
