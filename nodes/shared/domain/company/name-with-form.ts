import { companyNameKeys, type CompanyNameKeys } from './name';

/**
 * Legal forms that are one form in two spellings; the first of a line stands for all of it. Each is written as
 * `companyNameKeys` leaves it, without spaces.
 */
const SAME_FORMS: ReadonlyArray<readonly string[]> = [
	['ltd', 'limited'],
	['inc', 'incorporated'],
	['corp', 'corporation'],
	['co', 'company'],
	['ptyltd', 'ptylimited', 'pty'],
	['pteltd', 'pte'],
	['pvtltd', 'privatelimited', 'pvt'],
	['gmbh', 'mbh', 'gesmbh', 'gesellschaftmitbeschrankterhaftung'],
	['ug', 'ughaftungsbeschrankt'],
	['ag', 'aktiengesellschaft'],
	['kg', 'kommanditgesellschaft', 'cokg'],
	['gmbhcokg', 'gmbhandcokg'],
	['sa', 'societeanonyme', 'sociedadanonima', 'spolkaakcyjna'],
	['sarl', 'societearesponsabilitelimitee'],
	['sl', 'sociedadlimitada'],
	['ltda', 'limitada', 'lda'],
	['spa', 'societaperazioni'],
	['ab', 'aktiebolag'],
	['oy', 'oyab'],
	['spzoo', 'spolkazograniczonaodpowiedzialnoscia'],
	['sro', 'spolsro'],
	['as', 'anonimsirketi'],
	['ltdsti', 'limitedsirketi', 'sti'],
	['αε', 'ανωνυμηεταιρεια'],
	['株', '株式会社', 'kk', 'kabushikikaisha', 'kabushikigaisha'],
	['有', '有限会社'],
	['有限公司', '有限责任公司', '有限責任公司'],
	['주', '주식회사'],
	['유', '유한회사'],
];

const SPOKEN_FOR: ReadonlyMap<string, string> = new Map(
	SAME_FORMS.flatMap(([first = '', ...others]) => others.map((other) => [other, first])),
);

/** The legal form inside a name's full key, evened out; '' when there is none. */
function formOf(full: string, bare: string): string {
	const at = full.indexOf(bare);
	const rest = at === -1 ? '' : `${full.slice(0, at)}${full.slice(at + bare.length)}`;
	const form = rest.replace(/ /g, '');
	return SPOKEN_FOR.get(form) ?? form;
}

/** Keys of a name, with its legal form; the form's accents do not count. */
export interface NameWithForm extends CompanyNameKeys {
	form: string;
}

export function nameWithForm(name: string): NameWithForm {
	const keys = companyNameKeys(name);
	return { ...keys, form: formOf(keys.plainFull, keys.plainBare) };
}

/** Both names carry a legal form, and not the same one: Acme Ltd and Acme GmbH are two companies. */
export function formsConflict(one: NameWithForm, other: NameWithForm): boolean {
	return one.form !== '' && other.form !== '' && one.form !== other.form;
}
