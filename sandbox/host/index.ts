export { findHost, type N8nHost } from './locate-host';
export { launchN8n, type N8nOrder, type RunningN8n } from './launch-n8n';
export {
	N8nSession,
	N8nRequestError,
	type CredentialFile,
	type Execution,
	type WorkflowFile,
} from './n8n-session';
export type { N8nDatabase, N8nMode, N8nOwner } from './n8n-environment';
export { waitFor } from './wait';
export { asRecord, asRecords, asText, isRecord, type JsonRecord } from './json';
export { outputOf } from './run-data';
export { freePortOr } from './ports';
