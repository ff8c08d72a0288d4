import { recognise, sealDetails } from '../../../nodes/shared/domain/ticket/recognise';
import { Seal } from '../../../nodes/shared/domain/ticket/seal';

const REFERENCE = 'kqzvwmtrbhxd';
const seal = new Seal({ current: 'a signing key of the tests', previous: '' });

/** A ticket of ours on client 11, fresh each time; named for user 7, who reports it. */
function ours() {
	const html = `<p>Text</p><p>scanstate severity high endstate (scanref ${REFERENCE})</p>`;
	return {
		summary: `Disk full (scanref ${REFERENCE})`,
		details: sealDetails(html, REFERENCE, { clientId: 11, userId: 7 }, seal),
		client_id: 11,
		user_id: 7,
		reporter: 'grace@contoso.example',
	};
}

test('a ticket is recognised by its own block', () => {
	expect(recognise(ours(), seal)).toMatchObject({ reference: REFERENCE, doubtful: false });
});

test.each<[string, (row: ReturnType<typeof ours>) => void, object]>([
	['its details', (row) => (row.details = 'rewritten'), { reference: null }],
	[
		'its summary',
		(row) => (row.summary = '(scanref abcdefghijkl)'),
		{ claims: ['abcdefghijkl', REFERENCE] },
	],
	['its client', (row) => (row.client_id = 12), { doubtful: true }],
	['its user', (row) => (row.user_id = 8), { doubtful: true }],
])('a row that was changed in %s since is looked at anew', (_, change, expected) => {
	const row = ours();
	recognise(row, seal);
	change(row);
	expect(recognise(row, seal)).toMatchObject(expected);
});

test('a reporter whom the block does not name is asked about anew, too', () => {
	const row = { ...ours(), user_id: 8, reporter: null as string | null };
	expect(recognise(row, seal)).toMatchObject({ doubtful: false });
	row.reporter = 'eve@else.example';
	expect(recognise(row, seal)).toMatchObject({ doubtful: true });
});

test('the same row is another one by another key', () => {
	const row = ours();
	recognise(row, seal);
	expect(recognise(row, new Seal({ current: 'another key', previous: '' })).reference).toBeNull();
});
