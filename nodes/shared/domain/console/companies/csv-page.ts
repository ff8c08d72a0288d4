import { forHtml } from '../../values/escape';
import type { Asked } from '../asked';
import { END_FIELD } from '../asked';
import { valueOf } from '../fields';
import { consolePage } from '../layout';
import { linkTo } from '../links';

/** More lines than these help nobody. */
const MOST_PROBLEMS = 50;

/** The mapping as a file, out and in. @param problems of the file that was sent, of which nothing was stored; empty at first */
export function csvPage(asked: Asked, problems: readonly string[]): string {
	const shown = problems
		.slice(0, MOST_PROBLEMS)
		.map((problem) => `<li><span>${forHtml(problem)}</span></li>`);
	const more =
		problems.length > MOST_PROBLEMS ? `<p>${problems.length - MOST_PROBLEMS} more.</p>` : '';
	const banner =
		problems.length === 0
			? ''
			: `<div class="banner bad" role="alert"><b>Nothing of the file was stored. Correct it and send it once more.</b><ul>${shown.join('')}</ul>${more}</div>`;
	const typed = valueOf(asked.form, 'csv');
	const fields = [
		'<label>A file<input type="file" name="file" accept=".csv,text/csv,text/plain"></label>',
		`<label>Or its text<textarea name="csv" spellcheck="false">${forHtml(typed)}</textarea></label>`,
		'<p class="buttons"><button name="do" value="read">Upload</button></p>',
	];
	// A file is sent in parts; the other forms are not.
	const form = `<form method="post" enctype="multipart/form-data" action="${linkTo('csv')}"><input type="hidden" name="token" value="${forHtml(asked.token)}">${fields.join('')}<input type="hidden" name="${END_FIELD}" value="1"></form>`;
	return consolePage(
		'Mapping as CSV',
		[
			banner,
			`<section><h2>Download</h2><p>Every row with all columns.</p><p class="ways"><a href="${linkTo('csv', { get: 'comma' })}">With commas</a><a href="${linkTo('csv', { get: 'semicolon' })}">With semicolons</a></p></section>`,
			`<section><h2>Upload</h2><p>A row needs companyId or companyName, and haloClientId; comma, semicolon or tab between the columns. Each client is looked up in Halo; with one row that cannot be meant nothing is stored.</p>${form}</section>`,
			`<p><a href="${linkTo('companies')}">Back to the companies</a></p>`,
		].join(''),
		'companies',
	);
}
