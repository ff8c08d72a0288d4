import type { ScannerEvent } from '../../event/event';
import { noteText } from './note';

/** What one person reported. */
export type PersonReport = {
	/** E-mail address, or the name where there is none. */
	reporter: string;
	/** The name where it is not the reporter already; '' when there is none. */
	name: string;
	time: string;
	title: string;
	about: string;
};

/** The report of an event's person; null when the event names nobody. */
export function reportOf({
	description,
	time,
	title,
	user,
}: Pick<ScannerEvent, 'description' | 'time' | 'title' | 'user'>): PersonReport | null {
	const reporter = user.email ?? user.name;
	if (reporter === null) return null;
	const name = user.name === null || user.name === reporter ? '' : user.name;
	return { reporter, name, time, title: title ?? '', about: description ?? '' };
}

/** How the note about a reporter begins; only a note's beginning is our own word, below it stands what somebody mailed. */
function beginning({ reporter }: PersonReport): string {
	return `Reported by ${reporter} `;
}

/** True when the note about a reporter is among a ticket's notes. @param notes as Halo gives them, text or HTML */
export function isReporterNoted(report: PersonReport, notes: readonly string[]): boolean {
	const words = beginning(report).toLowerCase();
	return notes.some((note) => noteText(note).toLowerCase().startsWith(words));
}

/** Reports of people who do not stand on the ticket yet, each person once. @param notes as Halo gives them */
export function newReports(
	reports: readonly PersonReport[],
	notes: readonly string[],
): PersonReport[] {
	const seen = new Set<string>();
	return reports.filter((report) => {
		const words = beginning(report).toLowerCase();
		if (seen.has(words) || isReporterNoted(report, notes)) return false;
		seen.add(words);
		return true;
	});
}

/** The note about a reporter, as text. */
export function reporterNote(report: PersonReport): string {
	const { about, name, time, title } = report;
	const who = name === '' ? '' : `(${name}) `;
	const lines = [`${beginning(report)}${who}on ${time}.`, title, about];
	return lines.filter((line) => line !== '').join('\n');
}
