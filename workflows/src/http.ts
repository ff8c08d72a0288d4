/** n8n's HTTP Request, as the templates call other tools. */
import { coreNode, type TemplateNode } from './builder';

/** A call of HTTP Request: what is sent, and how it proves itself. */
export interface Post {
	url: string;
	headers?: { [name: string]: string };
	/** Type and name of a credential of n8n. */
	credential?: [type: string, name: string];
	contentType: string;
	body: string;
	/** How often, with which pause, and how long for an answer; milliseconds. */
	patience?: { tries: number; pause: number; answer: number };
}

/** Where nobody waits for the end. */
const PATIENT = { tries: 5, pause: 5_000, answer: 10_000 };

/**
 * HTTP Request: a POST of a text, five tries in all unless told otherwise. Whatever the answer is, one item comes out for each call: on the
 * first output with its status code, on the second with an error.
 */
export function post(
	name: string,
	{ url, headers = {}, credential, contentType, body, patience = PATIENT }: Post,
): TemplateNode {
	const parameters = Object.entries(headers).map(([header, value]) => ({ name: header, value }));
	const withHeaders = {
		sendHeaders: true,
		specifyHeaders: 'keypair',
		headerParameters: { parameters },
	};
	const signIn = {
		authentication: 'genericCredentialType',
		genericAuthType: credential?.[0] ?? '',
	};
	return coreNode(
		name,
		'httpRequest',
		4.5,
		{
			method: 'POST',
			url,
			...(credential === undefined ? {} : signIn),
			...(parameters.length === 0 ? {} : withHeaders),
			sendBody: true,
			contentType: 'raw',
			rawContentType: contentType,
			body,
			options: {
				timeout: patience.answer,
				redirect: { redirect: { followRedirects: false } },
				// Else a list in the answer would be several items, and a member called error a failure.
				response: { response: { fullResponse: true } },
			},
		},
		{
			retryOnFail: true,
			maxTries: patience.tries,
			waitBetweenTries: patience.pause,
			onError: 'continueErrorOutput',
			...(credential === undefined ? {} : { credentials: { [credential[0]]: credential[1] } }),
		},
	);
}
