import { forHtml } from '../values/escape';

/** Colours that hold a contrast of 4.5 on their ground in both schemes. */
const STYLE = `
:root{color-scheme:light dark;--ground:#f4f6f8;--text:#1c2430;--soft:#5a6472;--line:#d9dee5;--card:#fff;--good:#1a7f37;--bad:#b42318;--wait:#8a5a00;--bar:#2b6cb0;--critical:#a4161a;--high:#d9480f;--medium:#b98900;--low:#2b6cb0;--none:#8b95a3}
@media(prefers-color-scheme:dark){:root{--ground:#12161c;--text:#e8ecf1;--soft:#a3adba;--line:#323a45;--card:#1a2028;--good:#56c271;--bad:#ff8a80;--wait:#e0b050;--bar:#7db4ee;--critical:#ff6b6b;--high:#ff9f5a;--medium:#e6c34a;--low:#7db4ee;--none:#8b95a3}}
*{box-sizing:border-box}
body{margin:0;padding:20px 16px 40px;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:break-word}
main{max-width:1080px;margin:0 auto}
h1{font-size:1.5rem;margin:0 0 2px}h2{font-size:1.05rem;margin:0 0 10px}h3{font-size:.85rem;margin:10px 0 6px;color:var(--soft)}
p{margin:4px 0}.soft{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad)}.wait{color:var(--wait)}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px;margin-top:16px;min-width:0}
.banner{border:1px solid var(--line);border-left:5px solid currentColor;border-radius:10px;background:var(--card);padding:12px 16px;margin-top:14px}
.banner ul{margin:6px 0 0;padding-left:18px}.banner li{margin:4px 0}.banner li span{color:var(--text)}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:8px 14px 8px 0;border-bottom:1px solid var(--line)}
tbody tr:last-child td{border-bottom:0}
th{color:var(--soft);font-weight:600;font-size:.85rem;white-space:nowrap}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;padding-right:0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:10px}
.card{border:1px solid var(--line);border-radius:8px;padding:10px 12px}.card b{display:block;font-size:1.6rem;line-height:1.2;font-variant-numeric:tabular-nums}.card span,.card small{display:block}
.two{display:grid;grid-template-columns:2fr 1fr;gap:16px;align-items:start}.three{display:grid;grid-template-columns:repeat(3,1fr);gap:28px}
.track{display:flex;height:8px;border-radius:4px;background:var(--line);overflow:hidden;margin:6px 0}.track i{background:var(--bar)}
.track .critical{background:var(--critical)}.track .high{background:var(--high)}.track .medium{background:var(--medium)}.track .low{background:var(--low)}.track .informational,.track .unknown{background:var(--none)}
.bars{list-style:none;margin:0;padding:0}.bars li{display:grid;grid-template-columns:1fr auto;gap:0 12px;padding:4px 0}.bars .track,.bars small{grid-column:1/-1}.bars .track{margin:3px 0;height:7px}
svg{width:100%;height:auto}svg.wide{display:block}.narrow{display:none}
.key{display:inline-block;width:10px;height:10px;border-radius:2px;margin:0 4px 0 8px}
.when{white-space:nowrap}
.checks{list-style:none;margin:0;padding:0}.checks li{display:grid;grid-template-columns:104px 240px 1fr;gap:2px 14px;padding:8px 0;border-bottom:1px solid var(--line)}.checks li:last-child{border-bottom:0}.checks li>*{min-width:0}
.pill{justify-self:start;align-self:start;border:1px solid currentColor;border-radius:999px;padding:0 9px;font-size:.8rem;line-height:1.6;white-space:nowrap}
form label{display:block;margin:10px 0}form .pick{display:flex;gap:10px;align-items:baseline;padding:7px 0;margin:0}fieldset{border:1px solid var(--line);border-radius:8px;max-height:50vh;overflow-y:auto;margin:0;min-width:0}
form input:not([type=radio],[type=checkbox]),form select{display:block;width:100%;max-width:420px;margin-top:4px}form input,form select,form button{font:inherit;color:inherit;background:var(--ground);border:1px solid var(--line);border-radius:6px;padding:8px 10px}form button{background:var(--bar);color:var(--card);border-color:var(--bar);padding:9px 22px;margin-top:6px;cursor:pointer}
a{color:var(--bar)}.path{overflow-wrap:anywhere}.pick .soft{white-space:nowrap}
.fix{border-left:3px solid var(--bar);padding-left:10px;margin-top:6px}
@media(max-width:640px){body{padding:14px 10px 30px;overflow-wrap:anywhere}.checks li{grid-template-columns:auto 1fr;gap:4px 10px}.checks li>div{grid-column:1/-1}section,.banner{padding:12px}.two,.three{grid-template-columns:1fr;gap:0}.cards{grid-template-columns:1fr 1fr}.wide,svg.wide{display:none}.narrow{display:inline}svg.narrow{display:block}
table.stack thead{display:none}table.stack,table.stack tbody,table.stack tr,table.stack td{display:block;width:100%}table.stack tr{border-bottom:1px solid var(--line);padding:8px 0}table.stack tr:last-child{border-bottom:0}table.stack td{border:0;padding:2px 0}table.stack td.n{text-align:left}table.stack td:empty{display:none}table.stack td:first-child{font-weight:600}table.stack td::before{content:attr(data-name) " ";color:var(--soft)}}
@media print{body{background:none;padding:0}section{break-inside:avoid}}
`;

/** For whoever opens the saved page: n8n sends a policy of its own, which has no room for another one. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'";

/**
 * A whole page without script, readable on a phone.
 * @param body HTML, already escaped @param hasForm true when it may send a form back to where it came from
 * @param style rules behind the common ones
 */
export function htmlPage(
	title: string,
	body: string,
	{ hasForm = false, style = '' }: { hasForm?: boolean; style?: string } = {},
): string {
	const policy = `${POLICY}; form-action ${hasForm ? "'self'" : "'none'"}`;
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>${forHtml(title)}</title><style>${STYLE}${style}</style></head><body><main>${body}</main></body></html>`;
}

export interface Cell {
	/** HTML, already escaped. */
	content: string;
	isNumber?: boolean;
}

/** A table that becomes a list of blocks on a narrow screen. @param heads column names, plain text */
export function htmlTable(heads: readonly string[], rows: ReadonlyArray<readonly Cell[]>): string {
	const head = heads
		.map((name, column) => {
			const isNumber = rows[0]?.[column]?.isNumber === true;
			return `<th scope="col"${isNumber ? ' class="n"' : ''}>${forHtml(name)}</th>`;
		})
		.join('');
	const body = rows
		.map((cells) => {
			const shown = cells.map(
				({ content, isNumber }, column) =>
					`<td data-name="${forHtml(heads[column])}:"${isNumber === true ? ' class="n"' : ''}>${content}</td>`,
			);
			return `<tr>${shown.join('')}</tr>`;
		})
		.join('');
	return `<table class="stack"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}
