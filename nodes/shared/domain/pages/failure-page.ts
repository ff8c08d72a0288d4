import { forHtml } from '../values/escape';
import { htmlPage } from './html';

/** The page that is shown instead of one that could not be made. @param nextStep null when there is none */
export function failurePage(message: string, nextStep: string | null): string {
	const step = nextStep === null ? '' : `<p class="fix">${forHtml(nextStep)}</p>`;
	return htmlPage(
		'Halo bridge',
		`<h1>The page could not be made</h1><div class="banner bad">${forHtml(message)}${step}</div>`,
	);
}
