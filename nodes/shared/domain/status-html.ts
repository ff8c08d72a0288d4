/** Text as HTML: nothing that a source or a person typed can become markup. */
export function html(value: unknown): string {
	return String(value ?? '')
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;')
		.replace(/'/g, '&#39;');
}

/** Colours that hold a contrast of 4.5 on their ground in both schemes. */
const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--text:#1c2430;--soft:#5a6472;--line:#d9dee5;--card:#f6f8fa;--good:#1a7f37;--bad:#b42318;--wait:#8a5a00;--bar:#2b6cb0}
@media(prefers-color-scheme:dark){:root{--ground:#12161c;--text:#e8ecf1;--soft:#a3adba;--line:#323a45;--card:#1a2028;--good:#56c271;--bad:#ff8a80;--wait:#e0b050;--bar:#7db4ee}}
*{box-sizing:border-box}
body{margin:0;padding:16px;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
main{max-width:1080px;margin:0 auto}
h1{font-size:1.4rem;margin:0 0 4px}h2{font-size:1.05rem;margin:28px 0 8px}
p{margin:4px 0}.soft{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad)}.wait{color:var(--wait)}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:6px 10px 6px 0;border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:600}td.n{text-align:right;font-variant-numeric:tabular-nums}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:10px}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 12px}.card b{display:block;font-size:1.5rem;font-variant-numeric:tabular-nums}
svg{width:100%;height:auto;display:block}
.fix{border-left:3px solid var(--line);padding-left:10px;margin-top:4px}
@media(max-width:640px){table.stack thead{display:none}table.stack,table.stack tbody,table.stack tr,table.stack td{display:block;width:100%}table.stack tr{border-bottom:1px solid var(--line);padding:8px 0}table.stack td{border:0;padding:2px 0}table.stack td.n{text-align:left}table.stack td::before{content:attr(data-name) " ";color:var(--soft)}}
`;

/**
 * A whole page without script, readable on a phone.
 * @param body HTML, already escaped
 */
export function htmlPage(title: string, body: string): string {
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${html(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

export interface Cell {
	/** HTML, already escaped. */
	content: string;
	isNumber?: boolean;
}

/** A table that becomes a list of blocks on a narrow screen. @param heads column names, plain text */
export function htmlTable(heads: readonly string[], rows: ReadonlyArray<readonly Cell[]>): string {
	const head = heads.map((name) => `<th scope="col">${html(name)}</th>`).join('');
	const body = rows
		.map((cells) => {
			const shown = cells.map(
				({ content, isNumber }, column) =>
					`<td data-name="${html(heads[column])}:"${isNumber === true ? ' class="n"' : ''}>${content}</td>`,
			);
			return `<tr>${shown.join('')}</tr>`;
		})
		.join('');
	return `<table class="stack"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}
