import {
	formLink,
	linkNote,
	readLink,
	waitingAddress,
} from '../../../nodes/shared/domain/approval/link';
import { questionOf } from './question';

const RESUME = 'https://n8n.example/webhook-waiting/42?signature=ab12';
const LINK =
	'https://n8n.example/form/decide?execution=42&signature=ab12&until=1777888800000&ticket=7';

test('the link opens the form for this run and this ticket', () => {
	expect(formLink(questionOf(), RESUME, 'decide')).toBe(LINK);
});

test('an n8n below a path of its own keeps that path, on both ways', () => {
	const resumeUrl = 'https://msp.example/n8n/webhook-waiting/42?signature=ab12';
	expect(formLink(questionOf(), resumeUrl, 'decide')).toContain(
		'https://msp.example/n8n/form/decide?',
	);
	const link = { execution: '43', signature: 'cd', until: null };
	expect(waitingAddress(resumeUrl, link)).toBe(
		'https://msp.example/n8n/webhook-waiting/43?signature=cd',
	);
});

test('the private note says what the link does, and until when', () => {
	expect(linkNote(questionOf(), LINK)).toBe(
		`Approve or deny this request: ${LINK}\nThe link asks for a login of this n8n; opening it changes nothing. It works until 2026-05-04T10:00:00.000Z.`,
	);
});

test('a form names a run by digits and hexadecimal letters, or none', () => {
	const form = { execution: '42', signature: 'ab12', until: '1777888800000' };
	expect(readLink(form)).toEqual({ execution: '42', signature: 'ab12', until: 1777888800000 });
	expect(readLink({ ...form, until: 'soon' })).toMatchObject({ until: null });
	for (const wrong of ['', '../x', '4 2', '-1', '4e2', undefined]) {
		expect(readLink({ ...form, execution: wrong })).toBeNull();
		expect(readLink({ ...form, signature: wrong === '4e2' ? 'xy' : wrong })).toBeNull();
	}
});

test('an address that names no run is refused by the field that it stands in', () => {
	for (const address of ['', 'n8n', 'https://n8n.example', 'https://n8n.example/x/y']) {
		expect(() => formLink(questionOf(), address, 'decide')).toThrow('Resume Address: expected');
	}
});
