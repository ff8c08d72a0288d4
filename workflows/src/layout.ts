import type { Note, TemplateNode } from './builder';

/** Nodes from left to right, with a note behind them. */
export interface Lane {
	note: Note;
	/** Each column holds the nodes that stand below each other; null leaves a place free, beside a tall node. */
	columns: ReadonlyArray<ReadonlyArray<TemplateNode | null>>;
}

/** A note with its place. */
export interface PlacedNote extends Note {
	position: [number, number];
	width: number;
	height: number;
	color: number;
}

/** A node is 96 px wide; its name below it takes as much again. Multiples of n8n's grid of 16 px. */
const COLUMN = 208;
/** More columns than fit a screen stand closer; names of up to 20 letters still have room below their nodes. */
const CLOSE_COLUMN = 176;
const MOST_WIDE_COLUMNS = 8;
const ROW = 144;

/** Room for the text of a lane's note above its nodes. */
const NOTE_TEXT = 96;

/** Between a note's border and the nodes in it. */
const PADDING = 64;

const BETWEEN_LANES = 32;

/** The note about the whole stands to the left. */
const ABOUT_WIDTH = 432;

/** Colours of n8n's notes: yellow-green for what it is, then two in turn. */
const ABOUT_COLOR = 5;
const LANE_COLORS = [4, 6];

/**
 * Places of all nodes and notes: lanes below each other, the columns of a lane from left to right, shorter columns in
 * the middle.
 */
export function layOut(
	about: Note,
	lanes: readonly Lane[],
): { places: Map<string, [number, number]>; notes: PlacedNote[] } {
	const places = new Map<string, [number, number]>();
	const notes: PlacedNote[] = [];
	const widest = Math.max(...lanes.map(({ columns }) => columns.length));
	const pitch = widest > MOST_WIDE_COLUMNS ? CLOSE_COLUMN : COLUMN;
	let top = 0;
	for (const [index, { note, columns }] of lanes.entries()) {
		const tallest = Math.max(...columns.map(({ length }) => length));
		const height = NOTE_TEXT + PADDING + tallest * ROW;
		for (const [column, nodes] of columns.entries()) {
			const offset = ((tallest - nodes.length) * ROW) / 2;
			for (const [row, node] of nodes.entries()) {
				if (node === null) continue;
				places.set(node.name, [
					column * pitch,
					top + NOTE_TEXT + PADDING / 2 + offset + row * ROW,
				]);
			}
		}
		notes.push({
			...note,
			position: [-PADDING, top],
			width: widest * pitch + PADDING / 2,
			height,
			color: LANE_COLORS[index % LANE_COLORS.length] ?? ABOUT_COLOR,
		});
		top += height + BETWEEN_LANES;
	}
	return {
		places,
		notes: [
			{
				...about,
				position: [-PADDING - BETWEEN_LANES - ABOUT_WIDTH, 0],
				width: ABOUT_WIDTH,
				height: top - BETWEEN_LANES,
				color: ABOUT_COLOR,
			},
			...notes,
		],
	};
}
