import './environment';
import 'reflect-metadata';

export { CredentialStore } from './credential-store';
export { runNode, type NodeRun, type RunNodeOptions } from './run-node';
export { searchList, type SearchListOptions } from './list-search';
export { callHook, type HookAnswer, type HookCall } from './call-hook';
export { callWebhook, type WebhookCall, type WebhookAnswer } from './call-webhook';
export { haloCredentialOf } from './halo-credential';
export { testCredential, type CredentialTestResult } from './test-credential';
