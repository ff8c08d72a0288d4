/**
 * Why Halo did not do what it was asked.
 * - `halo_down`: no answer, or an answer that may be another one later
 * - `halo_rights`: the credential is refused, or a right is missing
 * - `halo_refused`: Halo said no to what was sent
 */
export const HALO_CAUSES = ['halo_down', 'halo_rights', 'halo_refused'] as const;

export type HaloCause = (typeof HALO_CAUSES)[number];

/** A cause from outside, e.g. of an item; null when it is none. */
export function readHaloCause(value: unknown): HaloCause | null {
	return HALO_CAUSES.find((cause) => cause === value) ?? null;
}
