import { parsePayload } from '../../../../nodes/shared/domain/sources/parse-payload';
import { readPayload } from '../../../../nodes/shared/domain/sources/read-payload';
import { describeMatrix, onlyEvent, refusedFields } from '../../../support/sources/matrix';
import { contextFor } from '../context';

const failure = {
	tacticalrmm: 'failure',
	alert_id: '71',
	alert_type: 'check',
	severity: 'warning',
	message: 'FS-02: Disk Space Check: Drive D: failed',
	alert_time: '2026-05-04T08:00:00.412000+00:00',
	client: 'Tailwind Toys',
	site: 'Main',
	agent_id: 'a-1',
	hostname: 'FS-02',
};
const resolved = { ...failure, tacticalrmm: 'resolved', severity: '' };
const only = (changes: object) => onlyEvent('tactical-rmm', { ...failure, ...changes });

describeMatrix({
	source: 'tactical-rmm',
	open: failure,
	repeat: { ...failure, severity: 'error', message: 'Worse', hostname: 'renamed', alert_time: '' },
	end: resolved,
	otherProblem: { ...failure, alert_id: '72' },
	otherCompany: { ...failure, client: 'Fabrikam' },
	noCompany: { ...failure, client: '{{agent.client.name}}' },
	damaged: [
		[{ ...failure, tacticalrmm: 'failed' }, 'tacticalrmm'],
		[{ ...failure, alert_id: '{{alert.id}}' }, 'alert_id'],
		[{ ...failure, alert_id: '' }, 'alert_id'],
		[{ alert_id: '71' }, 'tacticalrmm'],
		['{"tacticalrmm":"failure"}', 'alert_id'],
	],
});

describe('Tactical RMM', () => {
	test('the end that comes as a text with the JSON in it is read', () => {
		const text = JSON.stringify(JSON.stringify(resolved));
		const payload = parsePayload(text, 'tactical-rmm');
		expect(typeof payload).toBe('string');
		expect(readPayload('detect', payload, contextFor()).source).toBe('tactical-rmm');
		expect(onlyEvent('tactical-rmm', payload)).toMatchObject({
			status: 'resolved',
			dedupKey: only({}).dedupKey,
		});
	});

	test('a body that its message broke is mended', () => {
		const text = JSON.stringify(failure).replace('Drive D:', 'Drive "D:"');
		expect(() => JSON.parse(text) as unknown).toThrow();
		expect(onlyEvent('tactical-rmm', text).title).toContain('"D:"');
	});

	test('the time of an end is that of its receipt, which is after the beginning', () => {
		const event = onlyEvent('tactical-rmm', resolved);
		expect([event.time, event.timeFrom]).toEqual([contextFor().receivedAt, 'receipt']);
	});

	test.each([
		['availability', 'agent.down'],
		['task', 'script.failed'],
		['check', 'monitor.triggered'],
		['custom', 'monitor.triggered'],
		['odd', 'monitor.triggered'],
	])('an alert of type %s is %s', (alert_type, event) => {
		expect(only({ alert_type }).event).toBe(event);
	});

	test.each([
		['error', 'high'],
		['warning', 'medium'],
		['info', 'informational'],
		['{{alert.severity}}', 'unknown'],
	])('severity %s is %s', (severity, expected) => {
		expect(only({ severity }).severity).toBe(expected);
	});

	test('the body of another template is refused by name', () => {
		const zammad = { title: 'error on FS-02', group: 'Users', article: { body: 'x' } };
		expect(refusedFields('tactical-rmm', zammad)).toEqual(['tacticalrmm']);
	});
});
