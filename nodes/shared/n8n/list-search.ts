import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

const notBuilt: ListSearch = async function () {
	return await Promise.reject(new Error(`The lists of ${this.getNode().name} are not built yet`));
};

export const searchClients = notBuilt;
export const searchTicketTypes = notBuilt;
export const searchStatuses = notBuilt;
export const searchPriorities = notBuilt;
export const searchSlas = notBuilt;
export const searchTeams = notBuilt;
export const searchAgents = notBuilt;
export const searchCategories = notBuilt;
export const searchUsers = notBuilt;
export const searchImpacts = notBuilt;
export const searchUrgencies = notBuilt;

/** All searchable lists; a node takes the ones that its fields name. */
export const haloListSearch = {
	searchClients,
	searchTicketTypes,
	searchStatuses,
	searchPriorities,
	searchSlas,
	searchTeams,
	searchAgents,
	searchCategories,
	searchUsers,
	searchImpacts,
	searchUrgencies,
};
