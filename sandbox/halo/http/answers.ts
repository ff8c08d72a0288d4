/** What a handler gives back. `raw` (with its content type) goes out as it is, instead of `body` as JSON. */
export interface HaloAnswer {
	status: number;
	body?: unknown;
	raw?: { contentType: string; text: string };
	headers?: Record<string, string>;
}

/** Thrown by a handler to end a request with an error of Halo's. */
export class HaloRefusal extends Error {
	constructor(readonly answer: HaloAnswer) {
		super(`Halo refuses with ${answer.status}`);
	}
}

/** A 400 whose body is a bare JSON string, the commonest of Halo's error shapes. */
export function refuse(text: string, status = 400): HaloRefusal {
	return new HaloRefusal({ status, body: text });
}

/** The answer for a record that is missing, or that the agent may not see. */
export function notFound(status = 404): HaloRefusal {
	return refuse('Record not found', status);
}

/** No right: 403 without a body. */
export function forbidden(): HaloRefusal {
	return new HaloRefusal({ status: 403 });
}

/** A value that could not be bound to its field, in ASP.NET's ModelState shape. */
export function modelState(index: number, field: string, value: unknown): HaloRefusal {
	return new HaloRefusal({
		status: 400,
		body: {
			[`[${index}].${field}`]: [
				`Could not convert ${JSON.stringify(value)} to the type of the field.`,
			],
		},
	});
}

/** A .NET exception as Halo's server serialises it. */
export function dotNetError(className: string, message: string, status = 500): HaloAnswer {
	return {
		status,
		body: {
			ClassName: className,
			Message: message,
			Data: null,
			InnerException: null,
			HelpURL: null,
		},
	};
}

const FLOAT_MARK = '\u0000float:';

/** A whole number that Halo writes as a float (`21.0`), as on `client_id` of a site. */
export function float(value: number): { toJSON(): string } {
	return { toJSON: () => `${FLOAT_MARK}${value}` };
}

/** JSON text in which marked floats stand as `21.0`. */
export function toJsonText(value: unknown): string {
	return JSON.stringify(value).replace(/"\\u0000float:(-?\d+)"/g, '$1.0');
}
