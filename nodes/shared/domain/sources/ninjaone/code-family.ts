/**
 * What NinjaOne's activity codes say about a problem. The codes are those of its public API 2.0.9 (`statusCode` of
 * `GET /v2/activities`). Each is compared whole: `CUSTOM_HEALTH_STATUS_RESET` is no `RESET`, and a code that is not
 * in a table only informs.
 */

/** What a code is about, and which codes are the beginning and the end of it on one device. */
export interface CodeFamily {
	/** Stands in keys: frozen once released. */
	name: string;
	category: 'Endpoint' | 'Monitor';
	event: string;
	/** Codes that report the problem. */
	opens: readonly string[];
	/** Codes that report that it is over. Empty where NinjaOne sends none: a person closes the ticket. */
	ends: readonly string[];
	/** Codes of the problem in a weaker form: it is dealt with, or the job ran, and somebody may want to look. */
	warns?: readonly string[];
	/**
	 * What tells two of them on one device apart: nothing (a device has one), the plan or policy element that the
	 * activity names, or the object that its data names. An activity that should name it and does not is a problem of
	 * its own, and such an end ends nothing.
	 */
	told: 'device' | 'plan' | 'object';
}
