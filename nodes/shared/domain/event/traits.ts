/** What a source says of all its problems, or of the problem of one event. */
export interface SourceTraits {
	/** `unique`: no two companies anywhere have findings of one key. `shared`: they may, so that the key alone names none. */
	keys: 'unique' | 'shared';
	/** `reported`: the source may say by itself that the problem is over. `never`: a person closes, or a scan. */
	ends: 'reported' | 'never';
}

/** Of a source that nobody declared anything of: what does least harm where it is otherwise. */
export const CAREFUL: SourceTraits = { keys: 'shared', ends: 'reported' };
