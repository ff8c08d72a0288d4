import { addressPart, shortHash } from '../../event/keys';
import type { JsonRecord } from '../../values/json';
import { textAt } from '../common/paths';
import type { LabelRule } from '../common/source';

/** What is used when nothing is typed. */
export const DEFAULT_LABELS: LabelRule = { kind: 'default', without: [], also: [] };

/** How bad it is, in the label of Prometheus' own examples and in those of other rule sets. */
const SEVERITY_LABELS: ReadonlySet<string> = new Set([
	'severity',
	'severity_level',
	'alert_severity',
	'priority',
	'urgency',
	'criticality',
]);
/** A pod's own id, which is another after each restart; its name stands beside it. */
const VOLATILE_LABELS: ReadonlySet<string> = new Set(['uid', 'pod_uid', 'pod_ip', 'container_id']);
/** Labels of the exporter itself, where the alert is about an object of Kubernetes that it only reports on. */
const EXPORTER_LABELS: ReadonlySet<string> = new Set([
	'instance',
	'pod',
	'container',
	'endpoint',
	'service',
	'node',
]);
/** Objects of Kubernetes that no exporter is; with `namespace` beside it the label names the object. */
const WORKLOAD_LABELS = [
	'deployment',
	'statefulset',
	'daemonset',
	'replicaset',
	'job_name',
	'cronjob',
	'persistentvolumeclaim',
	'horizontalpodautoscaler',
	'poddisruptionbudget',
	'resourcequota',
];
/** Exporter that reports on all objects of a cluster: its own address says nothing about them. */
const CLUSTER_EXPORTER = 'kube-state-metrics';
/** Prefix under which Prometheus keeps a label of the object where the exporter has one of the same name. */
const EXPORTED = 'exported_';

/** Labels that hold a host's name, in which case does not count. */
const HOST_LABELS: readonly string[] = [
	'instance',
	'host',
	'hostname',
	'host_name',
	'nodename',
	'node',
	'server',
	'machine',
	'fqdn',
	'target',
];

/**
 * True where `pod` is the exporter's own: another after each restart, while `instance` stays. An object that an exporter
 * reports on has another name than the exporter.
 */
function isExportersPod(labels: JsonRecord): boolean {
	const pod = textAt(labels, 'pod') ?? '';
	const named = [textAt(labels, 'job'), textAt(labels, 'container')];
	return (
		textAt(labels, 'instance') !== null &&
		named.some((name) => name !== null && name.endsWith('exporter') && pod.includes(name))
	);
}

function isReplica(name: string): boolean {
	// Each member of a pair of Prometheus servers or rulers adds its own, unless it is dropped before it is sent.
	return /(?:^|_)replica_*$/.test(name);
}

/** True for a label that never names the problem, or does not beside the others. */
function leftOut(name: string, labels: JsonRecord): boolean {
	if (name.startsWith('__') || SEVERITY_LABELS.has(name) || VOLATILE_LABELS.has(name)) return true;
	if (isReplica(name)) return true;
	if (Object.hasOwn(labels, `${EXPORTED}${name}`)) return true;
	if (name === 'instance' && textAt(labels, 'job') === CLUSTER_EXPORTER) return true;
	if (name === 'pod' && isExportersPod(labels)) return true;
	// Which queries of a Grafana rule found nothing: another list at each evaluation, for one data source.
	if (name === 'ref_id' && textAt(labels, 'datasource_uid') !== null) return true;
	if (!EXPORTER_LABELS.has(name)) return false;
	// The object lies in another namespace than the exporter, so these are the exporter's.
	if (textAt(labels, `${EXPORTED}namespace`) !== null) return true;
	return (
		textAt(labels, 'namespace') !== null &&
		WORKLOAD_LABELS.some((label) => textAt(labels, label) !== null)
	);
}

function names(rule: LabelRule, labels: JsonRecord): string[] {
	if (rule.kind === 'only') return rule.names.filter((name) => Object.hasOwn(labels, name));
	return Object.keys(labels).filter(
		(name) => rule.also.includes(name) || (!rule.without.includes(name) && !leftOut(name, labels)),
	);
}

/**
 * The labels that name the problem, as one part of a key: in the order of their names, with the names of hosts folded.
 * @returns null when none of them does
 */
export function namedByLabels(labels: JsonRecord, rule: LabelRule): string | null {
	const pairs = names(rule, labels)
		.sort()
		.map((name): [string, string] => [name, textAt(labels, name)?.trim() ?? ''])
		.filter(([, value]) => value !== '')
		.map(([name, value]) => [name, HOST_LABELS.includes(name) ? addressPart(value) : value]);
	return pairs.length === 0 ? null : shortHash(JSON.stringify(pairs));
}

/** Host of an address: of a URL, or what stands before the port. */
function hostOf(address: string): string {
	const afterScheme = address.includes('://') ? address.slice(address.indexOf('://') + 3) : address;
	const authority = afterScheme.split(/[/?#]/)[0] ?? afterScheme;
	const host = authority.slice(authority.lastIndexOf('@') + 1);
	return host.replace(/:\d{1,5}$/, '').replace(/^\[(.*)\]$/, '$1');
}

/** The host, or else the object of Kubernetes, that an alert is about; null when its labels name none. */
export function assetOf(labels: JsonRecord): string | null {
	for (const name of HOST_LABELS) {
		const exported = textAt(labels, `${EXPORTED}${name}`);
		const value = exported ?? (leftOut(name, labels) ? null : textAt(labels, name));
		if (value !== null) return hostOf(value.trim());
	}
	const pod = leftOut('pod', labels) ? [] : ['pod'];
	return textAt(labels, `${EXPORTED}pod`, ...pod, ...WORKLOAD_LABELS);
}

/** A label's name, with what is to be done with it before it. */
const MARKED = /^[-+]?[A-Za-z_][\w.\-/]{0,200}$/;

/**
 * Reads the setting: blank for the default; names (`alertname, instance`) for exactly these; `-name` leaves one more
 * out, `+name` puts one back.
 * @returns null when both are mixed, or a name is no label's
 */
export function parseLabelRule(text: string): LabelRule | null {
	const words = text.split(/[\s,]+/).filter((word) => word !== '');
	if (words.length === 0) return DEFAULT_LABELS;
	if (words.some((word) => !MARKED.test(word))) return null;
	const after = (mark: string) =>
		words.filter((word) => word.startsWith(mark)).map((word) => word.slice(1));
	const [without, also] = [after('-'), after('+')];
	if (without.length + also.length === 0) return { kind: 'only', names: words };
	return without.length + also.length < words.length ? null : { kind: 'default', without, also };
}
