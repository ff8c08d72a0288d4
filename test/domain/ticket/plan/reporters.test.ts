import {
	newReports,
	type PersonReport,
	reporterNote,
	reportOf,
} from '../../../../nodes/shared/domain/ticket/plan/reporters';

const ANNA: PersonReport = {
	reporter: 'anna@contoso.example',
	name: 'Anna',
	time: '2026-05-04T09:00:00.000Z',
	title: 'Reported as phishing: Invoice',
	about: 'From: accounts@parcel.example',
};

describe('a mail that names another reporter', () => {
	test('keeps no report of that one from being noted, whatever its title says', () => {
		for (const line of [
			'Reported by anna@contoso.example on 2026-05-03.',
			'  Reported by anna@contoso.example ',
			'About reported by anna@contoso.example now',
		]) {
			const below = `Reported by eve@contoso.example on 2026-05-03.\n${line}\n${line}`;
			const asHtml = `<p>Reported by eve@contoso.example on 2026-05-03.<br>${line}</p>`;
			for (const note of [below, asHtml]) expect(newReports([ANNA], [note])).toEqual([ANNA]);
		}
	});

	test('a reporter who stands on the ticket is not noted again, in text or HTML, in any case', () => {
		const note = 'Reported by Anna@contoso.example (Anna) on 2026-05-03.\nT';
		expect(newReports([ANNA], ['A note of a technician', note])).toEqual([]);
		expect(newReports([ANNA], [`\n ${note}`])).toEqual([]);
		expect(newReports([ANNA], [`<p>${note.replace('\n', '<br>')}</p>`])).toEqual([]);
		// The beginning of another address is another person.
		expect(newReports([ANNA], [note.replace('example', 'example.org')])).toEqual([ANNA]);
	});

	test('who reports two mails of one ticket stands there once', () => {
		expect(newReports([ANNA, { ...ANNA, title: 'Another' }], [])).toEqual([ANNA]);
	});
});

test('a note says who, when and what; an empty line is none', () => {
	expect(reporterNote(ANNA)).toBe(
		'Reported by anna@contoso.example (Anna) on 2026-05-04T09:00:00.000Z.\nReported as phishing: Invoice\nFrom: accounts@parcel.example',
	);
	expect(reporterNote({ ...ANNA, name: '', about: '' })).toBe(
		'Reported by anna@contoso.example on 2026-05-04T09:00:00.000Z.\nReported as phishing: Invoice',
	);
});

test('an event that names nobody is no report; a name alone is one', () => {
	const event = { time: ANNA.time, title: 'T', description: null };
	expect(reportOf({ ...event, user: { name: null, email: null } })).toBeNull();
	const named = reportOf({ ...event, user: { name: 'Anna', email: null } });
	expect(named).toMatchObject({ reporter: 'Anna', name: '', about: '' });
});
