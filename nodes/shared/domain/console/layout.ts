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
`;

/** Pages that the navigation leads to, in its order. */
const NAVIGATION: ReadonlyArray<readonly [ConsolePage, string]> = [['overview', 'Overview']];

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
