import { DateTime, IANAZone } from 'luxon';

import { describe } from '../values/input-error';
import type { MaintenanceWindow } from './event-set';
import { allowOnly, cell, listCell, refuseRule, textCell } from './wording';
import type { JsonRecord } from '../values/json';
import { isRecord } from '../values/json';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const SETTINGS = ['name', 'timeZone', 'companies', 'days', 'from', 'to', 'start', 'end'];

function clockOf(record: JsonRecord, key: string, where: string): string {
	const value = textCell(record, key, where);
	if (value !== null && CLOCK.test(value)) return value;
	throw refuseRule(`${where}, ${key}`, `expected a time like 22:00, got ${describe(value)}`);
}

function momentOf(record: JsonRecord, key: string, zone: string, where: string): string {
	const value = textCell(record, key, where);
	if (value !== null && DateTime.fromISO(value, { zone }).isValid) return value;
	throw refuseRule(
		`${where}, ${key}`,
		`expected a time like 2026-05-04T22:00, got ${describe(value)}`,
	);
}

function daysOf(record: JsonRecord, where: string): number[] {
	const days = listCell(record, 'days', where).map((written) => {
		const day = DAYS.indexOf(written.slice(0, 3).toLowerCase()) + 1;
		if (day > 0) return day;
		throw refuseRule(`${where}, days`, `"${written}" is none of ${DAYS.join(', ')}`);
	});
	return days.length === 0 ? EVERY_DAY : days;
}

function parseWindow(value: unknown, where: string): MaintenanceWindow {
	if (!isRecord(value)) throw refuseRule(where, `expected an object, got ${describe(value)}`);
	allowOnly(value, SETTINGS, where);
	const timeZone = textCell(value, 'timeZone', where);
	if (timeZone === null || !IANAZone.isValidZone(timeZone)) {
		throw refuseRule(
			`${where}, timeZone`,
			`expected a zone like Europe/Berlin, got ${describe(timeZone)}`,
		);
	}
	const common = {
		name: textCell(value, 'name', where) ?? 'maintenance',
		timeZone,
		companies: listCell(value, 'companies', where),
	};
	if (cell(value, 'start') === undefined) {
		const from = clockOf(value, 'from', where);
		return {
			...common,
			kind: 'weekly',
			days: daysOf(value, where),
			from,
			to: clockOf(value, 'to', where),
		};
	}
	const start = momentOf(value, 'start', timeZone, where);
	const end = momentOf(value, 'end', timeZone, where);
	const zone = timeZone;
	if (DateTime.fromISO(end, { zone }) > DateTime.fromISO(start, { zone })) {
		return { ...common, kind: 'once', start, end };
	}
	throw refuseRule(`${where}, end`, `${end} is not after ${start}`);
}

/**
 * Maintenance windows of a set.
 * @param value parsed JSON: a list, or nothing
 * @throws EventSetError naming the window and the setting
 */
export function parseMaintenance(value: unknown, where: string): MaintenanceWindow[] {
	if (value === undefined) return [];
	if (!Array.isArray(value)) {
		throw refuseRule(`${where}, maintenance`, `expected a list, got ${describe(value)}`);
	}
	return value.map((entry: unknown, index) => parseWindow(entry, `${where}, window ${index + 1}`));
}

function atClock(day: DateTime, clock: string): DateTime {
	const [hour, minute] = clock.split(':').map(Number);
	return day.set({ hour: hour ?? 0, minute: minute ?? 0, second: 0, millisecond: 0 });
}

function endOf(window: MaintenanceWindow, now: Date): DateTime | null {
	const local = DateTime.fromJSDate(now, { zone: window.timeZone });
	if (window.kind === 'once') {
		const start = DateTime.fromISO(window.start, { zone: window.timeZone });
		const end = DateTime.fromISO(window.end, { zone: window.timeZone });
		return start <= local && local < end ? end : null;
	}
	const overnight = window.to <= window.from;
	// One that began yesterday may still be open.
	for (const day of [local, local.minus({ days: 1 })]) {
		if (!window.days.includes(day.weekday)) continue;
		const start = atClock(day, window.from);
		const end = atClock(overnight ? day.plus({ days: 1 }) : day, window.to);
		if (start <= local && local < end) return end;
	}
	return null;
}

/** A window that is open now, and when it ends (ISO 8601 in UTC). */
export interface OpenWindow {
	window: MaintenanceWindow;
	until: string;
}

/** The windows that are open at a moment, the one that ends last first. Clock changes count as the zone has them. */
export function openWindows(windows: readonly MaintenanceWindow[], now: Date): OpenWindow[] {
	return windows
		.flatMap((window) => {
			const end = endOf(window, now);
			return end === null ? [] : [{ window, until: end.toUTC().toJSDate().toISOString() }];
		})
		.sort((left, right) => right.until.localeCompare(left.until));
}
