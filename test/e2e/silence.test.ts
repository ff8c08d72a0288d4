import axios from 'axios';

import { type JsonRecord, waitFor } from '../../sandbox/host';
import {
	START_LIMIT_MS,
	type Stage,
	describeWith,
	haloCredential,
	openStage,
	pinnedN8n,
	webhookCredential,
} from '../support/host';
import { makeTables, templateWith } from '../support/host/halo-two-ways';

const MINUTES = 60_000;
const SECRET = 'for the tests only';
const FLOWS = {
	'halo-elevation': 'haloBridgeElevate001',
	'halo-reported-mail': 'haloBridgePhishing01',
} as const;
type Path = keyof typeof FLOWS;

const COMPANIES = {
	'Silent Ltd': { createTicket: true, noNotification: true },
	'Mapped Only Ltd': { createTicket: false, noNotification: false },
};

describeWith('What a mapping leaves out on purpose', pinnedN8n(), (host) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await openStage('silence', host, (halo) => ({
			credentials: [
				haloCredential(halo),
				webhookCredential(SECRET),
				{
					name: 'Approval signature',
					type: 'webhookSecretApi',
					data: { secret: 'signs decisions' },
				},
			],
			workflows: [
				templateWith('setup', {}),
				templateWith('elevation-approval', {}),
				templateWith('phishing-report', {}),
			],
		}));
		await makeTables(stage.session);
		await stage.session.insertRows(
			'halo_company_mappings',
			Object.entries(COMPANIES).map(([companyName, flags], index) => ({
				companyId: companyName,
				companyName,
				haloClientId: 11 + index,
				method: 'by hand',
				...flags,
			})),
		);
		for (const id of Object.values(FLOWS)) await stage.session.publish(id);
	}, START_LIMIT_MS);
	afterAll(async () => await stage?.stop(), START_LIMIT_MS);

	let count = 0;
	const bodies: Record<Path, (company: string) => JsonRecord> = {
		'halo-elevation': (company) => ({
			elevationRequestId: `er-${count}`,
			status: 'requested',
			customerDisplayName: company,
			userName: 'Grace Hopper',
			application: 'setup.exe',
		}),
		'halo-reported-mail': (company) => ({
			id: `mail-${count}`,
			category: 'phishing',
			subject: `Invoice ${count}`,
			sender: 'accounts@parcel.example',
			recipientEmailAddress: 'grace@contoso.example',
			internetMessageId: `<m${count}@parcel.example>`,
			tenantId: company,
			createdDateTime: '2026-05-04T09:12:33Z',
		}),
	};

	/** Sends one report; resolves when the run that it began has ended. */
	async function send(path: Path, company: string): Promise<number> {
		count += 1;
		const body = bodies[path](company);
		return await waitFor(
			'The published webhook',
			async () => {
				const { status } = await axios.post(`${stage.n8n.url}/webhook/${path}`, body, {
					headers: { 'X-Webhook-Token': SECRET },
					validateStatus: () => true,
					proxy: false,
				});
				return status === 404 ? null : status;
			},
			{ withinMs: MINUTES, everyMs: 1000 },
		);
	}

	const errors = async () => await stage.session.tableRows('halo_errors');
	const paths = Object.keys(FLOWS) as Path[];

	it(
		'CN-38 CS-42 No Notification and mapping only: no ticket, no error, nobody is told; without a mapping somebody is',
		async () => {
			for (const path of paths) {
				for (const company of Object.keys(COMPANIES)) {
					expect([path, company, await send(path, company)]).toEqual([path, company, 200]);
				}
			}
			// A request after them that is told: when its row is there, theirs would be.
			for (const path of paths) await send(path, `Nobody knows ${path}`);
			await waitFor(
				'Both reports',
				async () => {
					const told = (await errors()).filter(({ cause }) => cause === 'held_unmapped');
					return told.length >= paths.length ? true : null;
				},
				{ withinMs: 2 * MINUTES, everyMs: 500 },
			);

			expect((await errors()).map(({ cause }) => cause)).toEqual(paths.map(() => 'held_unmapped'));
			expect(stage.halo.tickets().filter(({ summary }) => /scanref/.test(String(summary)))).toEqual(
				[],
			);
			expect(stage.halo.mails).toEqual([]);
		},
		4 * MINUTES,
	);
});
