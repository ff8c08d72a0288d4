/** A query string as Halo reads it: names in any case, unknown names of no consequence. */
export class Query {
	private readonly values = new Map<string, string>();

	constructor(entries: Iterable<[string, string]>) {
		for (const [name, value] of entries) this.values.set(name.toLowerCase(), value);
	}

	has(name: string): boolean {
		return (this.values.get(name) ?? '') !== '';
	}

	text(name: string): string | null {
		const value = this.values.get(name);
		return value === undefined || value === '' ? null : value;
	}

	/** A whole number; null when absent or not a number, which Halo ignores. */
	number(name: string): number | null {
		const value = this.text(name);
		return value !== null && /^-?\d+$/.test(value.trim()) ? Number(value) : null;
	}

	flag(name: string): boolean {
		return this.text(name)?.toLowerCase() === 'true';
	}

	/** Comma separated whole numbers; null when absent. */
	numbers(name: string): number[] | null {
		const value = this.text(name);
		if (value === null) return null;
		return value
			.split(',')
			.map((part) => part.trim())
			.filter((part) => /^-?\d+$/.test(part))
			.map(Number);
	}

	/** The same query without the names that `keep` refuses. */
	only(keep: (name: string) => boolean): Query {
		return new Query([...this.values].filter(([name]) => keep(name)));
	}

	with(name: string, value: string): Query {
		return new Query([...this.values, [name, value]]);
	}
}
