import { noteText, sameNote } from '../../../nodes/shared/domain/ticket/plan/note';
import { readTicketPick } from '../../../nodes/shared/domain/ticket/typed-ticket';

test.each([
	['2041', { kind: 'id', id: 2041 }],
	[' #2041 ', { kind: 'id', id: 2041 }],
	['0002041', { kind: 'id', id: 2041 }],
	['https://acme.halopsa.com/ticket?id=2041&showmenu=false', { kind: 'id', id: 2041 }],
	['kqzvwmtrbhxd', { kind: 'reference', reference: 'kqzvwmtrbhxd' }],
	['(scanref kqzvwmtrbhxd)', { kind: 'reference', reference: 'kqzvwmtrbhxd' }],
	['OpenSSL out of date (scanref kqzvwmtrbhxd)', { kind: 'reference', reference: 'kqzvwmtrbhxd' }],
	['(scanref kqzvwmtrbhxd) (scanref abcdefghijkl)', null],
	['0', null],
	['-1', null],
	['99999999999999999999', null],
	['SRV-01', null],
	['https://acme.halopsa.com/client?area=12', null],
	['', null],
])('%s names a ticket as %j', (text, expected) => {
	expect(readTicketPick(text)).toEqual(expected);
});

test('a note is known again as HTML and as the text that Halo makes of it', () => {
	const words = noteText('<p>Once &lt;only&gt;<br>and &quot;more&quot;</p>');
	expect(words).toBe('Once <only> and "more"');
	expect(sameNote('Once <only>\nand "more"', words)).toBe(true);
	expect(sameNote('<p>Once &lt;only&gt;<br>and &quot;more&quot;</p>', words)).toBe(true);
	expect(sameNote('Once <only> and more', words)).toBe(false);
	expect(sameNote('', '')).toBe(false);
});
