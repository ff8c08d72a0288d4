import type { JsonRecord } from '../../values/json';
import { textAt } from '../common/paths';

/**
 * Annotation by which Grafana says that an alert became normal without being looked at: its series or its rule is gone,
 * the rule was edited or paused, or there is no data and the rule takes that as normal. Whether the problem is over it
 * does not say (Grafana: "Stale alert instances", "No data and error states").
 */
export const STATE_REASON = 'grafana_state_reason';

/** Last segment of the address of a Grafana rule: `view` since version 9, `edit` before. */
const LAST_SEGMENTS = ['view', 'edit'];

/**
 * Id of the Grafana rule that an alert is of. Since Grafana 12 two rules of a folder may have one title, and their
 * alerts the same labels (grafana/grafana, pull request 102067).
 * @returns null for an alert of something else than Grafana
 */
export function grafanaRule(alert: JsonRecord): string | null {
	const told = textAt(alert, 'ruleUID');
	if (told !== null) return told;
	const address = textAt(alert, 'generatorURL') ?? '';
	if (!URL.canParse(address)) return null;
	const segments = new URL(address).pathname.split('/').filter((segment) => segment !== '');
	const [rule, last] = segments.slice(-2);
	return segments.includes('alerting') && LAST_SEGMENTS.includes(last ?? '')
		? (rule ?? null)
		: null;
}

/**
 * True for the body that the button "Test" of a Grafana contact point sends: nothing is wrong, and its end never comes.
 * Both labels are reserved, a test with labels of one's own bears them too (grafana/grafana, pull request 40406).
 */
export function isContactPointTest(alerts: readonly unknown[]): boolean {
	return (
		alerts.length > 0 &&
		alerts.every(
			(alert) =>
				textAt(alert, 'labels.alertname') === 'TestAlert' &&
				textAt(alert, 'labels.instance') === 'Grafana',
		)
	);
}
