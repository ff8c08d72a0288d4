import type { ScannerEvent } from '../../event/event';
import { limited } from './limits';
import { toHtml } from './details';

/** What to do about one product, and where. */
export interface ProductRemediation {
	product: string;
	/** Different advice that sources gave, in the order in which it came. */
	remediations: string[];
	assets: string[];
	findings: number;
}

/** Products and assets that a ticket shows; the rest is counted. */
const SHOWN_PRODUCTS = 20;
const SHOWN_ASSETS = 10;
/** Longest advice; nobody reads more at 2 a.m. */
const ADVICE_LENGTH = 4_000;

function named(text: string | null): string | null {
	return text === null || text.trim() === '' ? null : text.trim();
}

/** Advice of several events by product, those with the most findings first. Products differ by more than letter case. */
export function remediationsByProduct(events: readonly ScannerEvent[]): ProductRemediation[] {
	const products = new Map<string, ProductRemediation>();
	for (const { asset, product, application, remediation } of events) {
		const name = named(product) ?? named(application) ?? 'Other findings';
		const key = name.toLowerCase();
		const entry = products.get(key) ?? {
			product: name,
			remediations: [],
			assets: [],
			findings: 0,
		};
		products.set(key, entry);
		entry.findings += 1;
		const advice = named(remediation);
		if (advice !== null && !entry.remediations.includes(advice)) entry.remediations.push(advice);
		const where = named(asset.name) ?? named(asset.ip) ?? named(asset.id);
		if (where !== null && !entry.assets.includes(where)) entry.assets.push(where);
	}
	return [...products.values()].sort((left, right) => right.findings - left.findings);
}

function entryHtml({ product, remediations, assets, findings }: ProductRemediation): string {
	const advice = remediations.length === 0 ? ['No advice from the source.'] : remediations;
	const where = limited(assets, SHOWN_ASSETS).join(', ');
	const count = findings === 1 ? '' : ` (${findings} findings)`;
	return [
		`<li><b>${toHtml(product)}</b>${count}`,
		where === '' ? '' : `<br>On ${toHtml(where)}`,
		...advice.map((text) => `<br>${toHtml(text, ADVICE_LENGTH)}`),
		'</li>',
	].join('');
}

/** What to do, by product, as HTML; empty when no event brings advice. */
export function remediationsHtml(events: readonly ScannerEvent[]): string {
	const products = remediationsByProduct(events);
	if (products.every(({ remediations }) => remediations.length === 0)) return '';
	const shown = products.slice(0, SHOWN_PRODUCTS).map(entryHtml);
	const rest = products.length - shown.length;
	const more = rest > 0 ? `<li>${rest} more</li>` : '';
	return `<p><b>Remediation, as first reported</b></p><ul>${shown.join('')}${more}</ul>`;
}
