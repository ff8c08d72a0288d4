import { problemWord } from './reference';
import { recognise, type SeenTicket } from './recognise';
import type { Seal } from './seal';
import { answers, vouchedOn } from './view';

/** One problem to look for. */
export interface Wanted {
	/** By the current signing key; names the problem in what is found. */
	reference: string;
	/** All references that its tickets may carry: by the current signing key, by the previous one. */
	references: readonly string[];
	/** Those of them that are searched only where the others found nothing. */
	last?: ReadonlySet<string>;
}

interface Sighting<Row> {
	references: readonly string[];
	last: ReadonlySet<string>;
	rows: Map<number, Row>;
	/** True once a row is ours beyond doubt; one that only names the reference answers nothing. */
	sure: boolean;
}

/** What a look-up has found so far, problem by problem. */
export class Sightings<Row extends SeenTicket & { id: number }> {
	private readonly byReference = new Map<string, Sighting<Row>>();
	private readonly byWord = new Map<string, Array<Sighting<Row>>>();

	constructor(
		wanted: readonly Wanted[],
		private readonly seal: Seal,
	) {
		for (const { last = new Set<string>(), reference, references } of wanted) {
			if (this.byReference.has(reference)) continue;
			const sighting = { references, last, rows: new Map<number, Row>(), sure: false };
			this.byReference.set(reference, sighting);
			for (const word of new Set(references.map(problemWord))) {
				this.byWord.set(word, [...(this.byWord.get(word) ?? []), sighting]);
			}
		}
	}

	/** Problems that are looked for. */
	get size(): number {
		return this.byReference.size;
	}

	/**
	 * Adds the rows that name a wanted reference, exact, in summary or details, whatever Halo took the search for.
	 * @returns how many rows name none of them
	 */
	take(rows: readonly Row[]): number {
		let unrelated = 0;
		for (const row of rows) {
			const { claims, doubtful, reference, state } = recognise(row, this.seal);
			const named = reference === null ? claims : vouchedOn({ reference, state });
			const hits = named.flatMap((one) =>
				(this.byWord.get(problemWord(one)) ?? []).filter((sighting) =>
					answers(sighting.references, one),
				),
			);
			if (hits.length === 0) unrelated += 1;
			for (const sighting of hits) {
				sighting.rows.set(row.id, row);
				if (reference !== null && !doubtful) sighting.sure = true;
			}
		}
		return unrelated;
	}

	/** References of the problems that no ticket of ours was found for yet. */
	missing(): string[] {
		return [...this.byReference].flatMap(([reference, { sure }]) => (sure ? [] : [reference]));
	}

	/** Words to search for some problems by. @param last the words to try where the others found nothing */
	wordsOf(references: readonly string[], last = false): string[] {
		const all = references.flatMap((one) => {
			const sighting = this.byReference.get(one);
			return sighting?.references.filter((word) => sighting.last.has(word) === last) ?? [];
		});
		return [...new Set(all.map(problemWord))];
	}

	/** For each reference the tickets that name it. */
	found(): Map<string, Row[]> {
		return new Map(
			[...this.byReference].map(([reference, { rows }]) => [reference, [...rows.values()]]),
		);
	}
}
