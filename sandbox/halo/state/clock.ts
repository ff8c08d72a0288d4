/** The simulator's own clock: token life, dates in answers and the rate limit's window all follow it. */
export class SimulatorClock {
	private frozenAt: number | null = null;

	private offset = 0;

	/** Milliseconds since the epoch, as Halo sees them. */
	now(): number {
		return this.frozenAt ?? Date.now() + this.offset;
	}

	/** Stops the clock at a moment (milliseconds, or an ISO date). */
	set(moment: number | string): void {
		const at = typeof moment === 'number' ? moment : Date.parse(moment);
		if (!Number.isFinite(at)) throw new RangeError(`Not a moment: ${String(moment)}`);
		this.frozenAt = at;
	}

	/** Moves the clock by milliseconds; it stays frozen or running as it was. */
	advance(milliseconds: number): void {
		if (this.frozenAt === null) this.offset += milliseconds;
		else this.frozenAt += milliseconds;
	}

	/** Back to the computer's own time. */
	follow(): void {
		this.frozenAt = null;
		this.offset = 0;
	}
}
