import { forHtml } from '../values/escape';
import type { DayCount } from './status-input';

const HEIGHT = 170;
const FLOOR = 142;
const TOP = 14;
/** Pixels of one day, two bars and a gap, so that thirty days fill a desktop and fourteen a phone. */
const WIDE_STEP = 33;
const NARROW_STEP = 24;
/** Pixels of a day that stay free. */
const GAP = 6;
const LEFT = 34;
/** As many days as a phone shows without shrinking the letters. */
const DAYS_ON_A_PHONE = 14;

/** A round number that is not below the highest bar, with a whole half. */
function axisTop(most: number): number {
	const unit = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
	const tops = [1, 2, 3, 4, 5, 6, 8, 10].map((step) => step * unit);
	return tops.find((top) => top >= most && top % 2 === 0) ?? 2 * unit;
}

interface Bar {
	x: number;
	width: number;
	value: number;
	/** Value at the top of the plot. */
	top: number;
	colour: string;
	title: string;
}

function bar({ x, width, value, top, colour, title }: Bar): string {
	const height = value === 0 ? 0 : Math.max(2, ((FLOOR - TOP) * value) / top);
	return `<rect x="${x}" y="${(FLOOR - height).toFixed(1)}" width="${width}" height="${height.toFixed(1)}" rx="1" fill="var(${colour})"><title>${forHtml(title)}</title></rect>`;
}

function gridLine(value: number, top: number, width: number): string {
	const y = (FLOOR - ((FLOOR - TOP) * value) / top).toFixed(1);
	return `<line x1="${LEFT}" y1="${y}" x2="${width}" y2="${y}" stroke="var(--line)"/><text x="${LEFT - 8}" y="${y}" dy="4" text-anchor="end" font-size="12" fill="var(--soft)">${value}</text>`;
}

function draw(days: readonly DayCount[], step: number, className: string, words: string): string {
	const top = axisTop(Math.max(...days.flatMap(({ created, closed }) => [created, closed])));
	const width = LEFT + days.length * step;
	const half = (step - GAP) / 2;
	const bars = days.map(({ day, created, closed }, index) => {
		const x = LEFT + index * step + GAP / 2;
		const common = { width: half - 1, top };
		const made = {
			...common,
			x,
			value: created,
			colour: '--bar',
			title: `${day}: ${created} created`,
		};
		const gone = {
			...common,
			x: x + half,
			value: closed,
			colour: '--good',
			title: `${day}: ${closed} closed`,
		};
		const left = days.length - 1 - index;
		const label =
			left % 7 === 0
				? `<text x="${x + half}" y="${HEIGHT - 8}" text-anchor="middle" font-size="12" fill="var(--soft)">${forHtml(left === 0 ? 'today' : day.slice(5))}</text>`
				: '';
		return `${bar(made)}${bar(gone)}${label}`;
	});
	const lines = [0, top / 2, top].map((value) => gridLine(value, top, width)).join('');
	return `<svg class="${className}" viewBox="0 0 ${width + 6} ${HEIGHT}" role="img" aria-label="${forHtml(words)}">${lines}${bars.join('')}</svg>`;
}

function sum(days: readonly DayCount[], of: 'created' | 'closed'): number {
	return days.reduce((total, day) => total + day[of], 0);
}

/**
 * Tickets created and closed per day as bars, with the sums in words for those who do not see them. A phone shows the
 * last two weeks.
 * @param days oldest first, without gaps
 */
export function dayPlot(days: readonly DayCount[]): string {
	if (days.length === 0) return '<p class="soft">No ticket was created or closed yet.</p>';
	const recent = days.slice(-DAYS_ON_A_PHONE);
	const words = (some: readonly DayCount[]): string =>
		`Last ${some.length} days: ${sum(some, 'created')} created, ${sum(some, 'closed')} closed.`;
	const key = `<p class="soft"><span class="key" style="background:var(--bar)"></span>created <span class="key" style="background:var(--good)"></span>closed by the bridge, days in UTC.`;
	return `${draw(days, WIDE_STEP, 'wide', words(days))}${draw(recent, NARROW_STEP, 'narrow', words(recent))}${key} <span class="wide">${forHtml(words(days))}</span><span class="narrow">${forHtml(words(recent))}</span></p>`;
}
