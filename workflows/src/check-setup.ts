import { chain, coreNode, packNode, type TemplateSource, wire } from './builder';
import { getRows, ifTrue, listTables } from './core';
import { errorBranch } from './error-branch';
import { HALO, haloCheckSetup } from './pack';

/** A page is sent whatever fails: it says what failed. */
const SAID_ON_THE_PAGE = { onError: 'continueRegularOutput', credentials: HALO } as const;

const BEHIND_A_PASSWORD = {
	authentication: 'basicAuth',
	responseMode: 'responseNode',
	options: {},
};
const PASSWORD = { httpBasicAuth: 'Halo bridge pages' };

const checkPage = coreNode(
	'Check page',
	'webhook',
	2.1,
	{ httpMethod: 'GET', path: 'halo-setup', ...BEHIND_A_PASSWORD },
	{ webhookId: 'fa088dc8-b8e4-76e7-5b0f-184f82d7227e', credentials: PASSWORD },
);
const tables = listTables();
const isProfiles = ifTrue('Is halo_profiles', "={{ $json.name === 'halo_profiles' }}");
const profiles = getRows(
	'Profile rows',
	{ id: '={{ $json.id }}' },
	{ where: [], limit: 'all', orderBy: 'id', direction: 'ASC' },
);
const check = packNode(
	haloCheckSetup,
	'Halo Check Setup',
	{ operation: 'check', usedFor: ['tickets', 'assets'], profileFrom: 'rows', options: {} },
	SAID_ON_THE_PAGE,
);
const testPage = coreNode(
	'Test page',
	'webhook',
	2.1,
	{
		multipleMethods: true,
		httpMethod: ['GET', 'POST'],
		path: 'halo-try',
		...BEHIND_A_PASSWORD,
	},
	{ webhookId: '665e29bb-2323-6662-2f4b-6a2fe2484d56', credentials: PASSWORD },
);
const tryIt = packNode(
	haloCheckSetup,
	'Try on a test client',
	{ operation: 'tryPage' },
	SAID_ON_THE_PAGE,
);
const show = coreNode('Show it', 'respondToWebhook', 1.5, {
	respondWith: 'text',
	responseBody: '={{ $json.page }}',
	options: {
		responseCode: '={{ $json.error === undefined ? 200 : 500 }}',
		responseHeaders: {
			entries: [
				{ name: 'Content-Type', value: 'text/html; charset=utf-8' },
				{ name: 'X-Frame-Options', value: 'DENY' },
				{ name: 'Cache-Control', value: 'no-store' },
				{ name: 'Referrer-Policy', value: 'no-referrer' },
				{ name: 'X-Content-Type-Options', value: 'nosniff' },
			],
		},
	},
});
const { fails, errorRow, storeErrors, wires: whenItFails } = errorBranch('outgoing');

/** Two pages about the set-up in Halo: what a check sees, and what one test ticket tells. */
export const checkSetup: TemplateSource = {
	file: 'check-setup',
	id: 'haloBridgeCheckSet01',
	name: 'Halo Bridge: check set-up',
	settings: { executionOrder: 'v1' },
	about: {
		name: 'About',
		content: `## Is Halo set up as it must be?

Two pages behind a password, without script.

**Check page** goes through credential, rights and profiles, line by line, with the menu path of what is to be corrected. It writes nothing; about 20 requests to Halo.

**Test page** makes one ticket on a client that you choose, finds out by it how your Halo behaves, closes it, and says what to set. At most 104 requests.

**To set up**
1. Make a credential *Basic Auth* called **Halo bridge pages**, with a user and a long password, and choose it in **Check page** and in **Test page**.
2. Choose your HaloPSA credential in **Halo Check Setup** and in **Try on a test client**.
3. Publish, and open the Production URL of **Check page**, or of **Test page**.

The table \`halo_profiles\` comes from *setup*. Without it the rest is checked all the same.

**Yours to change**: the paths; *Used For* in **Halo Check Setup**. **Leave alone**: authentication, and the headers of **Show it**.`,
	},
	lanes: [
		{
			note: {
				name: 'Stage 1',
				content:
					'### 1. The check page: reads only\nWithout the table halo_profiles, credential and rights are checked all the same.',
			},
			// The rows are read below the wire that starts the check.
			columns: [
				[checkPage, null],
				[null, tables],
				[null, isProfiles],
				[null, profiles],
				[check, null],
				[show, null],
			],
		},
		{
			note: {
				name: 'Stage 2',
				content:
					'### 2. The test page: one ticket on a client of your own; to the left: when this workflow fails\nA failure is only stored in halo_errors; *notices* tells people.',
			},
			columns: [[fails], [errorRow], [storeErrors], [testPage], [tryIt]],
		},
	],
	wires: [
		...chain(checkPage, tables, isProfiles, profiles),
		wire(checkPage, check),
		wire(profiles, check, 0, 1),
		// Its first output are the lines, one item each.
		wire(check, show, 1),
		// GET and POST have an output each.
		wire(testPage, tryIt, 0),
		wire(testPage, tryIt, 1),
		wire(tryIt, show),
		...whenItFails,
	],
};
