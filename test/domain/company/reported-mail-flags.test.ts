import type { ScannerEvent } from '../../../nodes/shared/domain/event/event';
import { createMapDecider } from '../../../nodes/shared/domain/company/decide';
import { parseMappingRow } from '../../../nodes/shared/domain/company/mapping';
import { createCompanyResolver } from '../../../nodes/shared/domain/company/resolve';
import { reportedMail } from '../../../nodes/shared/domain/sources/reported-mail/source';
import { readPayload } from '../../../nodes/shared/domain/sources/read-payload';
import { contextFor } from '../sources/context';

const TENANT = '0d6b3f5e-2f44-4a3c-8a55-6a1f5f3f2b11';

function mail(): ScannerEvent {
	const [event] = readPayload('reported-mail', reportedMail.sample, contextFor()).events;
	if (event === undefined) throw new Error('The sample gave no event');
	return event;
}

function decided(flags: unknown, event: ScannerEvent = mail()) {
	const row = parseMappingRow({ companyId: TENANT, haloClientId: 12, flags }, 1);
	if (row === null) throw new Error('No mapping');
	const resolve = createCompanyResolver([row], { referenceFirst: false });
	return createMapDecider({ resolve, associatedCompany: null, unmapped: { policy: 'hold' } })(
		event,
	);
}

describe('PH-12 the two options per company do what they say', () => {
	test.each(['', '{}', '{"reportPhishingButton":true}', { reportPhishingButton: 'yes' }])(
		'Report Phishing on (%j): a reported mail goes on to its ticket',
		(flags) => expect(decided(flags)).toMatchObject({ output: 'mapped', advice: null }),
	);

	test('Report Phishing off: a reported mail makes no ticket, any other event does', () => {
		const flags = '{"reportPhishingButton":false}';
		expect(decided(flags)).toMatchObject({
			output: 'unmapped',
			decision: 'skipped_mapping_off',
			reason: expect.stringContaining('Report Phishing is off'),
		});
		expect(decided(flags, { ...mail(), event: 'vuln.found' }).output).toBe('mapped');
		expect(decided(flags, { ...mail(), status: 'resolved' }).output).toBe('mapped');
	});

	test('Phinbox IQ on and off: the ticket of a reported mail says where the mail is dealt with', () => {
		const advice = (flags: string, event?: ScannerEvent) => {
			const outcome = decided(flags, event);
			return outcome.output === 'mapped' ? outcome.advice : undefined;
		};
		expect(advice('{"phinboxIq":true}')).toContain("ticket's tab of Phin");
		expect(advice('{"phinboxIq":"off"}')).toContain("company's own mail system");
		expect(advice('{"phinboxIq":true}', { ...mail(), event: 'vuln.found' })).toBeNull();
	});

	test.each(['{"phinboxIq":"perhaps"}', '{"reportPhishingButton":3}'])(
		'a switch that is neither (%s) holds the company and names the column',
		(flags) => {
			expect(decided(flags)).toMatchObject({ output: 'review', decision: 'held_unmapped' });
			expect(decided(flags)).toMatchObject({ reason: expect.stringContaining('column flags') });
		},
	);
});
