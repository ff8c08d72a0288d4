import { companyNameKeys } from '../../../nodes/shared/domain/company/name';

type Level = 'full' | 'bare' | 'accent' | 'different';

/** The closest level at which two names are the same. */
function levelOf(one: string, other: string): Level {
	const left = companyNameKeys(one);
	const right = companyNameKeys(other);
	if (left.full === right.full) return 'full';
	if (left.bare === right.bare) return 'bare';
	return left.plainBare === right.plainBare ? 'accent' : 'different';
}

const PAIRS: ReadonlyArray<[one: string, other: string, level: Level]> = [
	// Case, spacing, punctuation
	['Contoso Ltd', 'CONTOSO LTD', 'full'],
	['Contoso Ltd', '  contoso   ltd. ', 'full'],
	['Contoso, Ltd.', 'Contoso Ltd', 'full'],
	['Fabrikam-Nord', 'Fabrikam Nord', 'full'],
	['Fabrikam_Nord', 'Fabrikam Nord', 'full'],
	["O'Brien & Sons", 'O’Brien and Sons', 'full'],
	['A.B.C. Holding', 'ABC Holding', 'full'],
	['“Northwind” Traders', 'Northwind Traders', 'full'],
	['Contoso™', 'Contoso', 'full'],
	['Ｃｏｎｔｏｓｏ', 'Contoso', 'full'],
	['Conto\u200Bso', 'Contoso', 'full'],
	['Contoso\u00A0Ltd', 'Contoso Ltd', 'full'],
	// Latin letters
	['Müller Bau', 'Muller Bau', 'accent'],
	['Mu\u0308ller Bau', 'Müller Bau', 'full'],
	['Straße 5 Logistik', 'STRASSE 5 LOGISTIK', 'full'],
	['Société Générale Test', 'Societe Generale Test', 'accent'],
	['Łódź Meble', 'Lodz Meble', 'accent'],
	['Østerbro Bageri', 'Osterbro Bageri', 'accent'],
	['Æbleskov', 'Aebleskov', 'accent'],
	['İzmir Tekstil', 'Izmir Tekstil', 'accent'],
	['Þór', 'Thor', 'accent'],
	['Peña Nuñez', 'PENA NUNEZ', 'accent'],
	['Peña Nuñez', 'PEÑA NUÑEZ', 'full'],
	['Όμιλος Φως', 'ΌΜΙΛΟΣ ΦΩΣ', 'full'],
	['Möller GmbH', 'Møller', 'accent'],
	['Contoso S.à r.l.', 'Contoso SARL', 'bare'],
	['Contoso S.à r.l.', 'Contoso', 'bare'],
	// Other scripts
	['ΟΔΟΣ', 'οδος', 'full'],
	['Όμιλος Φως', 'ΟΜΙΛΟΣ ΦΩΣ', 'accent'],
	['Ромашка', 'РОМАШКА', 'full'],
	['Ёлка', 'Елка', 'accent'],
	['مُحَمَّد', 'محمد', 'full'],
	['ﾄﾖﾀ', 'トヨタ', 'full'],
	// Legal forms
	['Contoso GmbH', 'Contoso', 'bare'],
	['Contoso GmbH & Co. KG', 'Contoso', 'bare'],
	['Contoso Aktiengesellschaft', 'Contoso AG', 'bare'],
	['Contoso, Inc.', 'Contoso', 'bare'],
	['Contoso L.L.C.', 'Contoso LLC', 'full'],
	['Contoso Pty Ltd', 'Contoso', 'bare'],
	['Contoso Co., Ltd.', 'Contoso', 'bare'],
	['Contoso S.A.', 'Contoso', 'bare'],
	['Contoso S. A.', 'Contoso S.A.', 'bare'],
	['Contoso SARL', 'Contoso', 'bare'],
	['Contoso S.r.l.', 'Contoso', 'bare'],
	['Contoso S.p.A.', 'Contoso', 'bare'],
	['Contoso S.A. de C.V.', 'Contoso', 'bare'],
	['Contoso Ltda.', 'Contoso', 'bare'],
	['Contoso B.V.', 'Contoso', 'bare'],
	['Contoso A/S', 'Contoso', 'bare'],
	['Contoso ApS', 'Contoso', 'bare'],
	['Contoso AB', 'Contoso', 'bare'],
	['Contoso Oy Ab', 'Contoso', 'bare'],
	['Contoso Sp. z o.o.', 'Contoso', 'bare'],
	['Contoso Sp. z o.o. Sp. k.', 'Contoso', 'bare'],
	['Contoso s.r.o.', 'Contoso', 'bare'],
	['Contoso Kft.', 'Contoso', 'bare'],
	['Contoso d.o.o.', 'Contoso', 'bare'],
	['Contoso OÜ', 'Contoso', 'bare'],
	['Contoso Ltd. Şti.', 'Contoso', 'bare'],
	['ООО «Ромашка»', 'Ромашка', 'bare'],
	['Ромашка ЕООД', 'Ромашка', 'bare'],
	['Όμιλος Α.Ε.', 'Όμιλος', 'bare'],
	['חברה בע"מ', 'חברה', 'bare'],
	['شركة النور ذ.م.م', 'النور', 'bare'],
	['株式会社トヨタ', 'トヨタ', 'bare'],
	['トヨタ株式会社', 'トヨタ', 'bare'],
	['㈱トヨタ', 'トヨタ', 'bare'],
	['腾讯有限公司', '腾讯', 'bare'],
	['주식회사 삼성', '삼성', 'bare'],
	['PT Contoso Tbk', 'Contoso', 'bare'],
	['Smith & Co', 'Smith', 'bare'],
	// Not the same
	['Contoso', 'Contoso UK', 'different'],
	['Contoso', 'Contosa', 'different'],
	['Contoso North', 'North Contoso', 'different'],
	['C# Consulting', 'C Consulting', 'different'],
	['A+ Computing', 'A Computing', 'different'],
	['ガス', 'カス', 'different'],
	['Край', 'Краи', 'different'],
	['!!!', '???', 'different'],
	['AG', 'Limited', 'different'],
	['😀', '😎', 'different'],
	['Müller', 'Mueller', 'different'],
];

describe('Company names', () => {
	it('compares 82 pairs of names', () => {
		expect(PAIRS).toHaveLength(82);
	});

	it.each(PAIRS)('%s and %s: %s', (one, other, level) => {
		expect(levelOf(one, other)).toBe(level);
		expect(levelOf(other, one)).toBe(level);
	});

	it('keeps the raw form of a name of nothing but punctuation', () => {
		expect(companyNameKeys(' -- ')).toEqual({
			full: '--',
			bare: '--',
			plainFull: '--',
			plainBare: '--',
		});
	});

	it('keeps a name that is only a legal form', () => {
		expect(companyNameKeys('Limited').bare).toBe('limited');
	});

	it('takes hostile names of any length in time that grows with them', () => {
		const started = performance.now();
		for (const name of [
			'a.'.repeat(250),
			'ab '.repeat(160),
			'x'.repeat(1_000_000),
			'&'.repeat(500),
		]) {
			companyNameKeys(name);
		}
		expect(performance.now() - started).toBeLessThan(1_000);
	});
});
