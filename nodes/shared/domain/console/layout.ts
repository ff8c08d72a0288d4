import { forHtml } from '../values/escape';
import { htmlPage } from '../pages/html';
import type { Asked, ConsolePage } from './asked';
import { END_FIELD } from './asked';
import { linkTo } from './links';

/** What the console's pages have beside the common rules: navigation, forms in rows, large tables. */
const STYLE = `
main{max-width:1240px}
nav{display:flex;flex-wrap:wrap;gap:4px 6px;margin:0 0 14px}nav a{padding:8px 14px;border-radius:8px;text-decoration:none;color:var(--text)}nav a:hover{background:var(--card)}nav a[aria-current]{background:var(--card);border:1px solid var(--line);font-weight:600}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,textarea:focus-visible,summary:focus-visible{outline:3px solid var(--bar);outline-offset:2px}
.row{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:end;margin-bottom:12px}.row label{margin:0;flex:1 1 220px;max-width:420px}.row label+label{flex:0 1 130px}form .row button,form.row button{margin:0}
.filters{display:flex;flex-wrap:wrap;gap:6px;margin:0 0 10px}.filters a{padding:5px 12px;border:1px solid var(--line);border-radius:999px;text-decoration:none;color:var(--text)}.filters a[aria-current]{border-color:var(--bar);box-shadow:inset 0 0 0 1px var(--bar);font-weight:600}
.ways{display:flex;flex-wrap:wrap;gap:8px}.ways a,a.button{display:inline-block;padding:8px 14px;border:1px solid var(--line);border-radius:6px;background:var(--card);text-decoration:none;color:var(--text)}
.pager{display:flex;flex-wrap:wrap;gap:14px;margin-top:10px}.buttons{display:flex;flex-wrap:wrap;gap:10px;align-items:center;margin-top:12px}form .buttons button{margin:0}
dl{display:grid;grid-template-columns:minmax(90px,170px) 1fr;gap:4px 14px;margin:0}dt{color:var(--soft)}dd{margin:0;min-width:0;overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:12px}
form textarea.small{min-height:70px;max-width:640px}details{border:1px solid var(--line);border-radius:8px;padding:6px 12px;margin:6px 0}summary{cursor:pointer;padding:4px 0}form h2{margin-top:18px}fieldset .pick{padding:4px 0}
label.required{border-left:4px solid var(--bad);padding-left:10px}form input[aria-invalid]{border-color:var(--bad)}.field-error{margin:4px 0 10px}
td.n,th.n{padding-right:14px}.pick .soft{white-space:normal}form .pick{align-items:center}
td input[type=checkbox],.pick input{width:20px;height:20px;flex:none}form textarea{display:block;width:100%;min-height:180px;font:13px/1.5 ui-monospace,monospace;color:inherit;background:var(--ground);border:1px solid var(--line);border-radius:6px;padding:8px 10px}
`;

/** Pages that the navigation leads to, in its order. */
const NAVIGATION: ReadonlyArray<readonly [ConsolePage, string]> = [
	['overview', 'Overview'],
	['inbox', 'Inbox'],
	['companies', 'Companies'],
	['sets', 'Event sets'],
];

/** A page of the console. @param body HTML, already escaped @param here page of the navigation that it belongs to */
export function consolePage(title: string, body: string, here: ConsolePage | null): string {
	const links = NAVIGATION.map(([page, name]) => {
		const current = page === here ? ' aria-current="page"' : '';
		return `<a href="${linkTo(page)}"${current}>${name}</a>`;
	});
	return htmlPage(
		`Halo bridge: ${title}`,
		`<nav aria-label="Console">${links.join('')}</nav><h1>${forHtml(title)}</h1>${body}`,
		{ hasForm: true, style: STYLE },
	);
}

/**
 * A form that changes something: sent to the page's own address, signed, and with a last field that says that it is whole.
 * @param content HTML, already escaped
 */
export function signedForm(
	{ token }: Pick<Asked, 'token'>,
	action: string,
	content: string,
): string {
	return `<form method="post" action="${action}"><input type="hidden" name="token" value="${forHtml(token)}">${content}<input type="hidden" name="${END_FIELD}" value="1"></form>`;
}
