import { html } from './status-html';
import type { DayCount } from './status-input';

const HEIGHT = 160;
const FLOOR = 130;
const TOP = 14;
/** Pixels of one day: two bars and a gap. */
const STEP = 24;
const BAR = 9;
const LEFT = 34;

function bar(x: number, value: number, most: number, colour: string, title: string): string {
	const height = value === 0 ? 0 : Math.max(1, ((FLOOR - TOP) * value) / most);
	return `<rect x="${x}" y="${(FLOOR - height).toFixed(1)}" width="${BAR}" height="${height.toFixed(1)}" fill="var(${colour})"><title>${html(title)}</title></rect>`;
}

/** Tickets created and closed per day as bars, with figures for those who do not see them. */
export function dayPlot(days: readonly DayCount[]): string {
	if (days.length === 0) return '<p class="soft">No ticket was created or closed yet.</p>';
	const most = Math.max(1, ...days.flatMap(({ created, closed }) => [created, closed]));
	const width = LEFT + days.length * STEP + 8;
	const bars = days.map(({ day, created, closed }, index) => {
		const x = LEFT + index * STEP;
		const label =
			index === 0 || index === days.length - 1 || index % 7 === 0
				? `<text x="${x}" y="${HEIGHT - 8}" font-size="10" fill="var(--soft)">${html(day.slice(5))}</text>`
				: '';
		return `${bar(x, created, most, '--bar', `${day}: ${created} created`)}${bar(x + BAR + 1, closed, most, '--good', `${day}: ${closed} closed`)}${label}`;
	});
	const axis = `<line x1="${LEFT}" y1="${FLOOR}" x2="${width}" y2="${FLOOR}" stroke="var(--line)"/><text x="0" y="${TOP + 4}" font-size="10" fill="var(--soft)">${most}</text><text x="0" y="${FLOOR}" font-size="10" fill="var(--soft)">0</text>`;
	const total = days.reduce(
		(sum, { created, closed }) => [sum[0] + created, sum[1] + closed] as [number, number],
		[0, 0] as [number, number],
	);
	const words = `Tickets per day, ${days.length} days: ${total[0]} created, ${total[1]} closed.`;
	return `<svg viewBox="0 0 ${width} ${HEIGHT}" style="max-width:${Math.max(width, 320)}px" role="img" aria-label="${html(words)}">${axis}${bars.join('')}</svg><p class="soft"><span style="color:var(--bar)">&#9632;</span> created <span class="good">&#9632;</span> closed. ${html(words)}</p>`;
}
