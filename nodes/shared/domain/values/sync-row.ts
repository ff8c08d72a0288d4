/** A row of halo_sync_status, which every flow writes about itself; the members are columns. */
export type SyncRow = {
	integration: string;
	flow: string;
	enabled: boolean;
	/** ISO 8601; null = never yet. */
	lastSync: string | null;
	/** '' = none. */
	lastError: string;
	lastErrorAt: string | null;
	/** JSON. */
	counts: string;
	checkpoint: string;
};
