/** Runs tasks one after the other, in the order in which they were given, whatever becomes of them. */
export class SerialQueue {
	private last: Promise<unknown> = Promise.resolve();

	async run<Result>(task: () => Promise<Result>): Promise<Result> {
		const result = this.last.then(task);
		// The next task waits for this one, not for its success; the caller gets the error.
		this.last = result.then(
			() => undefined,
			() => undefined,
		);
		return await result;
	}
}
