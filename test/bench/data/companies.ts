import type { HaloClient, LocalCompany } from '../../../nodes/shared/domain/company/types';
import { createRandom, pick } from '../../support/random';

const SYLLABLES =
	'ka lo ven tor mi sel dra no qui bel fa ryn go stra pe lin ha mor we dal zu brin ci nox ta ver jo pel ri gan su tek ona vik eb hol yar cru den fil'.split(
		' ',
	);
const TRADES =
	'Logistics,Dental,Engineering,Foods,Legal,Accounting,Plumbing,Security,Travel,Media,Energy,Textiles,Pharma,Consulting,Printing,Motors,Architects,Insurance,Farms,Steel,Optics,Shipping,Clinics,Schools,Catering,Timber,Robotics,Packaging,Estates,Breweries'.split(
		',',
	);
const FORMS = ['Ltd', 'GmbH', 'Inc', 'LLC', 'AB', 'SARL', 'Pty Ltd', 'Limited'];

/** How a company of the source is written, compared with its client in Halo. */
export type Spelling = 'exact' | 'alike' | 'stranger';

export interface CompanyCase {
	company: LocalCompany;
	spelling: Spelling;
	/** Id of the client that it belongs to; null for a company that is no client. */
	truth: number | null;
}

export interface CompanyLists {
	clients: HaloClient[];
	cases: CompanyCase[];
}

interface Name {
	coined: string;
	trade: string;
	form: string;
}

function coin(random: () => number): string {
	const length = 2 + Math.floor(random() * 2);
	const word = Array.from({ length }, () => pick(random, SYLLABLES)).join('');
	return word.charAt(0).toUpperCase() + word.slice(1);
}

function nameMaker(random: () => number): () => Name {
	const used = new Set<string>();
	return () => {
		for (;;) {
			// Every third has two words of its own, as companies named after two people.
			const coined = random() < 0.33 ? `${coin(random)} ${coin(random)}` : coin(random);
			const name = { coined, trade: pick(random, TRADES), form: pick(random, FORMS) };
			const key = `${coined} ${name.trade}`.toLowerCase();
			if (used.has(key)) continue;
			used.add(key);
			return name;
		}
	};
}

const written = ({ coined, trade, form }: Name): string => `${coined} ${trade} ${form}`;

/** Other case, punctuation or no legal form: the same by an exact rule. */
function sameInOtherWords(name: Name, random: () => number): string {
	const { coined, trade, form } = name;
	return pick(random, [
		written(name).toUpperCase(),
		`${coined}  ${trade}, ${form}.`,
		`${coined} ${trade}`,
		`${coined}-${trade} ${form}`,
	]);
}

function misspelt(word: string, random: () => number): string {
	const at = 1 + Math.floor(random() * Math.max(1, word.length - 2));
	return random() < 0.5
		? `${word.slice(0, at)}${word.slice(at + 1)}`
		: `${word.slice(0, at)}${word.charAt(at)}${word.slice(at)}`;
}

/** A letter lost or doubled, the words in another order, or one word more. */
function alike({ coined, trade, form }: Name, random: () => number): string {
	return pick(random, [
		`${misspelt(coined, random)} ${trade} ${form}`,
		`${trade} ${coined} ${form}`,
		`${coined} ${trade} Group ${form}`,
	]);
}

/**
 * Two lists that belong together as in practice: of ten companies six are the same by an exact rule, three are only
 * alike, one is no client. The same lists in every run.
 * @param count clients, and as many companies
 */
export function makeCompanyLists(count: number): CompanyLists {
	const random = createRandom(count);
	const nextName = nameMaker(random);
	const names = Array.from({ length: count }, nextName);
	const clients = names.map(
		(name, index): HaloClient => ({
			id: 100 + index,
			name: written(name),
			reference: null,
			domain: null,
			inactive: false,
			deleted: false,
			mergedInto: null,
		}),
	);
	const cases = names.map((name, index): CompanyCase => {
		const fate = random();
		const spelling: Spelling = fate < 0.6 ? 'exact' : fate < 0.9 ? 'alike' : 'stranger';
		const text = {
			exact: () => sameInOtherWords(name, random),
			alike: () => alike(name, random),
			stranger: () => written(nextName()),
		}[spelling]();
		const company: LocalCompany = {
			origin: `company ${index + 1}`,
			integration: null,
			source: 'wazuh',
			id: String(index),
			name: text,
			displayName: null,
			reference: null,
			domain: null,
		};
		return { company, spelling, truth: spelling === 'stranger' ? null : 100 + index };
	});
	return { clients, cases };
}
