import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { deepCopy, ICredentialsHelper, NodeHelpers } from 'n8n-workflow';

import { ConnectSecureBridgeApi } from '../../../credentials/ConnectSecureBridgeApi.credentials';
import { HaloPsaBridgeApi } from '../../../credentials/HaloPsaBridgeApi.credentials';
import { WebhookSecretApi } from '../../../credentials/WebhookSecretApi.credentials';

const CREDENTIAL_TYPES: ICredentialType[] = [
	new ConnectSecureBridgeApi(),
	new HaloPsaBridgeApi(),
	new WebhookSecretApi(),
];

/**
 * Credentials as n8n's database keeps them, with n8n's own rules for `authenticate` and `preAuthentication`
 * (`dist/credentials-helper.js` of n8n 2.40): pre-authentication runs when the expirable field is empty, after a 401,
 * and in the editor's test; what it returns is written back to the store. The store outlives one run, as n8n's does.
 */
export class CredentialStore extends ICredentialsHelper {
	private readonly data = new Map<string, ICredentialDataDecryptedObject>();

	/** @param credentials data by credential type */
	constructor(credentials: Record<string, ICredentialDataDecryptedObject> = {}) {
		super();
		for (const [type, data] of Object.entries(credentials)) this.save(type, data);
	}

	/** What a person does when pressing Save: hidden fields keep their stored value. */
	save(type: string, data: ICredentialDataDecryptedObject): void {
		this.data.set(type, { ...this.data.get(type), ...deepCopy(data) });
	}

	/** What stands in the database now. */
	stored(type: string): ICredentialDataDecryptedObject {
		return deepCopy(this.data.get(type) ?? {});
	}

	types(): string[] {
		return [...this.data.keys()];
	}

	private typeByName(name: string): ICredentialType {
		const type = CREDENTIAL_TYPES.find((candidate) => candidate.name === name);
		if (type === undefined) throw new Error(`The pack has no credential type ${name}`);
		return type;
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const options = requestOptions as IHttpRequestOptions;
		const { authenticate } = this.typeByName(typeName);
		if (authenticate === undefined) return options;
		if (typeof authenticate !== 'function')
			throw new Error(`${typeName}.authenticate is no function`);
		return await authenticate(credentials, options);
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.typeByName(typeName);
		const expirable = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		if (expirable === undefined || type.preAuthentication === undefined) return undefined;
		const isTest = node.parameters.temp === '' && node.type === 'n8n-nodes-base.noOp';
		if (credentials[expirable.name] !== '' && !credentialsExpired && !isTest) return undefined;
		const output: IDataObject = await type.preAuthentication.call(helpers, credentials);
		if (output[expirable.name] === undefined) return undefined;
		const persisted = this.stored(typeName);
		for (const [key, value] of Object.entries(output)) {
			persisted[key] = value as ICredentialDataDecryptedObject[string];
		}
		this.data.set(typeName, persisted);
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Not used by the engine for these credentials');
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.data.get(type);
		if (stored === undefined) throw new Error(`No credential of type ${type} is stored`);
		const parameters = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			deepCopy(stored) as never,
			true,
			false,
			null,
			null,
		);
		return { ...(parameters ?? {}) } as ICredentialDataDecryptedObject;
	}

	async updateCredentials(
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.data.set(type, deepCopy(data));
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('The pack has no OAuth2 credential');
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.typeByName(type).properties;
	}
}
