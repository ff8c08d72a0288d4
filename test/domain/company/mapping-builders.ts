import type { CompanyMapping } from '../../../nodes/shared/domain/company/mapping';
import type { EventMapping, MappedEvent } from '../../../nodes/shared/domain/event/decision';
import type { EventCompany, ScannerEvent } from '../../../nodes/shared/domain/event/event';

/** An open, high event of wazuh for Contoso Ltd; only what a test is about is given. */
export function eventOf(given: Partial<ScannerEvent> = {}): ScannerEvent {
	return {
		source: 'wazuh',
		integration: 'default',
		deliveryId: null,
		dedupKey: 'v1|wazuh|m1|cve-2026-10001|007',
		recurrenceKey: null,
		groupKey: null,
		status: 'open',
		category: 'Vulnerability',
		event: 'vuln.found',
		title: 'CVE-2026-10001 affects openssl',
		description: null,
		url: null,
		severity: 'high',
		rawSeverity: '12',
		cvss: 8.1,
		epss: null,
		kev: false,
		cves: [],
		company: companyOf({ name: 'Contoso Ltd' }),
		companyBound: false,
		asset: { id: '007', name: 'SRV-01', ip: '10.0.0.5', mac: null, serial: null },
		user: { name: null, email: null },
		application: null,
		product: 'openssl',
		remediation: null,
		time: '2026-05-04T09:12:33.000Z',
		firstSeen: null,
		lastSeen: null,
		resolution: null,
		scan: null,
		simulation: false,
		raw: null,
		...given,
	};
}

export function companyOf(given: Partial<EventCompany> = {}): EventCompany {
	return { id: null, name: null, displayName: null, reference: null, domain: null, ...given };
}

export function mappingOf(given: Partial<CompanyMapping> = {}): CompanyMapping {
	return {
		origin: 'row 1',
		integration: null,
		source: null,
		companyId: null,
		companyName: null,
		reference: null,
		haloClientId: 12,
		haloClientName: null,
		createTicket: true,
		noNotification: false,
		eventSet: null,
		profile: null,
		reportPhishing: true,
		phinboxIq: null,
		refusal: null,
		...given,
	};
}

export function stampOf(given: Partial<EventMapping> = {}): EventMapping {
	return {
		haloClientId: 12,
		haloClientName: 'Contoso',
		method: 'name',
		origin: 'row 1',
		createTicket: true,
		noNotification: false,
		eventSet: null,
		profile: null,
		...given,
	};
}

/** An event as it leaves Map Company. */
export function mappedOf(given: Partial<MappedEvent> = {}): MappedEvent {
	return { ...eventOf(given), mapping: stampOf(), ...given };
}
