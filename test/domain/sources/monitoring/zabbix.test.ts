import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';

import { zabbix } from '../../../../nodes/shared/domain/sources/monitoring/zabbix';
import { readPayload } from '../../../../nodes/shared/domain/sources/read-payload';
import { isRecord } from '../../../../nodes/shared/domain/values/json';
import { describeMatrix, onlyEvent } from '../../../support/sources/matrix';
import { contextFor } from '../context';

const problem = {
	sent_by: 'zabbix',
	sent_at: '2026-05-04T08:00:00.000Z',
	company: '',
	event_id: '771',
	event_name: 'Service spooler is down',
	event_nseverity: '3',
	event_opdata: 'Stopped (3)',
	event_recovery_name: '{EVENT.RECOVERY.NAME}',
	event_source: '0',
	event_tags: '[{"tag":"component","value":"service"},{"tag":"Company","value":"Tailwind Toys"}]',
	event_update_message: '{EVENT.UPDATE.MESSAGE}',
	event_update_status: '0',
	event_value: '1',
	host_groups: 'Windows servers, Tailwind',
	host_id: '10501',
	host_ip: '10.7.0.4',
	host_name: 'FS-02',
	subject: 'Service spooler is down',
	trigger_description: '',
	trigger_id: '19011',
	zabbix_url: 'https://zabbix.msp.example',
};
const only = (changes: object) => onlyEvent('zabbix', { ...problem, ...changes });

describeMatrix({
	source: 'zabbix',
	open: problem,
	repeat: {
		...problem,
		sent_at: '2026-05-04T08:30:00.000Z',
		event_nseverity: '5',
		event_name: 'Service spooler is still down',
		host_name: 'renamed',
		event_opdata: 'Stopped (9)',
	},
	end: { ...problem, event_value: '0', event_recovery_name: 'Service spooler is up' },
	otherProblem: { ...problem, event_id: '772' },
	otherCompany: { ...problem, event_tags: '[{"tag":"company","value":"Fabrikam"}]' },
	noCompany: { ...problem, event_tags: '[{"tag":"customer class","value":"Gold"}]' },
	damaged: [
		[{ ...problem, event_value: '2' }, 'event_value'],
		[{ ...problem, event_value: '{EVENT.VALUE}' }, 'event_value'],
		[{ ...problem, event_id: '*UNKNOWN*' }, 'event_id'],
		[{ ...problem, event_source: '7' }, 'event_source'],
		[{ ...problem, event_value: 0 }, 'event_value'],
		[{ sent_by: 'zabbix', event_source: '0' }, 'event_id'],
	],
});

describe('Zabbix', () => {
	test('an update only informs, also where it acknowledges', () => {
		const update = { event_update_status: '1', event_update_message: 'Ada looks at it' };
		expect(only(update)).toMatchObject({ status: 'info', event: 'monitor.acknowledged' });
		expect(only(update).description).toContain('Ada looks at it');
	});

	test('a recovery that says that it updates is still the end', () => {
		expect(only({ event_value: '0', event_update_status: '1' }).status).toBe('resolved');
	});

	test.each([
		['0', 'unknown'],
		['1', 'informational'],
		['2', 'low'],
		['3', 'medium'],
		['4', 'high'],
		['5', 'critical'],
		['6', 'unknown'],
	])('severity %s is %s', (event_nseverity, severity) => {
		expect(only({ event_nseverity }).severity).toBe(severity);
	});

	test.each(['1', '2'])(
		'a discovery or a registration (source %s) only informs',
		(event_source) => {
			expect(only({ event_source, event_value: '{EVENT.VALUE}' }).status).toBe('info');
		},
	);

	test.each(['3', '4'])(
		'internal events and services (source %s) begin and end',
		(event_source) => {
			expect([
				only({ event_source }).status,
				only({ event_source, event_value: '0' }).status,
			]).toEqual(['open', 'resolved']);
		},
	);

	test('a trigger that fires again is another problem that is the same one come back', () => {
		const [one, other] = [only({}), only({ event_id: '900' })];
		expect(other.dedupKey).not.toBe(one.dedupKey);
		expect(other.recurrenceKey).toBe(one.recurrenceKey);
		expect(only({ trigger_id: '19012' }).recurrenceKey).not.toBe(one.recurrenceKey);
	});

	test('a macro that Zabbix did not fill is nothing, and a parameter names a company where no tag does', () => {
		const event = only({
			event_tags: '{EVENT.TAGSJSON}',
			company: 'Contoso Ltd',
			host_ip: '*UNKNOWN*',
		});
		expect(event.company.name).toBe('Contoso Ltd');
		expect(event.asset.ip).toBeNull();
		expect(event.description).toBe('Stopped (3)');
	});

	test('the button Test of the media type starts nothing', () => {
		const body = { ...problem, event_id: '{EVENT.ID}', event_name: '{EVENT.NAME}' };
		expect(readPayload('detect', body, contextFor())).toMatchObject({ ping: true, events: [] });
	});
});

describe('the media type to import', () => {
	const text = readFileSync(
		join(__dirname, '../../../../docs/sources/zabbix-media-type.yaml'),
		'utf8',
	);
	const parameters = [...text.matchAll(/^ {8}- name: (\w+)\n(?: {10}value: '(.*)'\n)?/gm)];
	const [, after = ''] = text.split('      script: |\n');
	const script = after.slice(0, after.indexOf("      attempts: '10'"));

	/** Runs the script as Zabbix does: a function of `value`, the parameters as JSON. */
	function send(filled: Record<string, string>, status = 200) {
		const sent: { url?: string; body?: unknown; headers: string[] } = { headers: [] };
		const given = Object.fromEntries(
			parameters.map(([, name = '', macro = '']) => [name, filled[name] ?? macro]),
		);
		class HttpRequest {
			addHeader(header: string) {
				sent.headers.push(header);
			}
			setProxy() {}
			getStatus() {
				return status;
			}
			post(url: string, body: string) {
				Object.assign(sent, { url, body: JSON.parse(body) as unknown });
				return '{}';
			}
		}
		const room = createContext({ HttpRequest, Zabbix: { log: () => undefined } });
		const answer: unknown = runInContext(
			`(function (value) {${script}})(${JSON.stringify(JSON.stringify(given))})`,
			room,
		);
		return { answer, sent };
	}

	const filled = {
		url: 'https://n8n.msp.example/webhook/zabbix',
		token: 's3cret',
		event_id: '771',
		event_source: '0',
		event_value: '1',
		event_update_status: '0',
		event_name: 'Service spooler is down',
		event_nseverity: '3',
		event_tags: '[{"tag":"company","value":"Tailwind Toys"}]',
		host_id: '10501',
		host_name: 'FS-02',
		trigger_id: '19011',
	};

	test('sends what the source reads, with the secret in a header and not in the body', () => {
		const { answer, sent } = send(filled);
		expect(answer).toBe('OK');
		expect(sent.url).toBe(filled.url);
		expect(sent.headers).toContain('X-Webhook-Token: s3cret');
		expect(JSON.stringify(sent.body)).not.toContain('s3cret');
		expect(isRecord(sent.body) && zabbix.recognises(sent.body)).toBe(true);
		expect(onlyEvent('zabbix', sent.body)).toMatchObject({
			status: 'open',
			company: { name: 'Tailwind Toys' },
			asset: { name: 'FS-02' },
		});
		expect(onlyEvent('zabbix', send({ ...filled, event_value: '0' }).sent.body)).toMatchObject({
			status: 'resolved',
			dedupKey: onlyEvent('zabbix', sent.body).dedupKey,
		});
	});

	test('an answer that is no success fails, so that Zabbix tries again', () => {
		expect(() => send(filled, 503)).toThrow('HTTP 503');
		expect(() => send({ ...filled, url: '<address of the Scanner Trigger>' })).toThrow('url');
	});

	test('has a message for problems, recoveries and updates: without one Zabbix sends nothing', () => {
		for (const mode of ['PROBLEM', 'RECOVERY', 'UPDATE']) {
			expect(text).toContain(`- event_source: TRIGGERS\n          operation_mode: ${mode}`);
		}
	});
});
