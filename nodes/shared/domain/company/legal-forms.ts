/**
 * Legal forms as they end a company's name, each written without spaces and dots, as `foldCompanyName` leaves it.
 * A form of several words stands as one: `sp. z o.o.` is `spzoo`.
 */
export const LEGAL_SUFFIXES: readonly string[] = [
	// English-speaking countries, India, Malaysia, Singapore, Gulf states
	...[
		'ltd',
		'limited',
		'llc',
		'llp',
		'lp',
		'lllp',
		'inc',
		'incorporated',
		'corp',
		'corporation',
		'co',
	],
	...['company', 'plc', 'pllc', 'cic', 'ulc', 'pty', 'pte', 'pvt', 'ptyltd', 'pteltd', 'pvtltd'],
	...[
		'ptylimited',
		'privatelimited',
		'bhd',
		'sdnbhd',
		'fze',
		'fzc',
		'fzco',
		'fzllc',
		'wll',
		'dmcc',
	],
	// German
	...[
		'gmbh',
		'ggmbh',
		'mbh',
		'gesmbh',
		'ug',
		'ughaftungsbeschrankt',
		'ag',
		'kg',
		'kgaa',
		'ohg',
		'gbr',
	],
	...[
		'ev',
		'eg',
		'ek',
		'ekfr',
		'se',
		'partg',
		'partgmbb',
		'gmbhandcokg',
		'gmbhcokg',
		'gmbhandcokgaa',
	],
	...['cokg', 'aktiengesellschaft', 'gesellschaftmitbeschrankterhaftung', 'kommanditgesellschaft'],
	// French, Belgian, Swiss
	...[
		'sa',
		'sarl',
		'sas',
		'sasu',
		'eurl',
		'snc',
		'sca',
		'scs',
		'sci',
		'selarl',
		'sprl',
		'asbl',
		'sagl',
	],
	...['societeanonyme', 'societearesponsabilitelimitee'],
	// Spanish, Portuguese, Latin American
	...['sl', 'slu', 'sll', 'sau', 'sadecv', 'sapidecv', 'srldecv', 'ltda', 'lda', 'eirl', 'cialtda'],
	...['sociedadanonima', 'sociedadlimitada', 'limitada'],
	// Italian
	...['spa', 'srl', 'srls', 'sapa', 'societaperazioni'],
	// Dutch, Flemish
	...['bv', 'nv', 'vof', 'bvba', 'cvba', 'vzw'],
	// Danish, Norwegian, Swedish, Finnish, Icelandic
	...[
		'ab',
		'aktiebolag',
		'as',
		'asa',
		'aps',
		'ivs',
		'ans',
		'oy',
		'oyj',
		'oyab',
		'abp',
		'ehf',
		'hf',
	],
	// Polish, Czech, Slovak, Hungarian, Romanian, Baltic, South Slavic
	...['spzoo', 'spzook', 'spzoospk', 'spk', 'spj', 'psa', 'spolkaakcyjna'],
	...['spolkazograniczonaodpowiedzialnoscia', 'sro', 'spolsro', 'vos', 'kft', 'zrt', 'nyrt', 'bt'],
	...['uab', 'sia', 'ou', 'doo', 'jdoo', 'dd', 'eood', 'ood'],
	// Turkish
	...['ltdsti', 'sti', 'anonimsirketi', 'limitedsirketi'],
	// Greek
	...['αε', 'επε', 'ικε', 'οε', 'εε', 'ανωνυμηεταιρεια'],
	// Russian, Ukrainian, Bulgarian
	...['ооо', 'оао', 'зао', 'пао', 'ао', 'тов', 'прат', 'пат', 'еоод', 'оод', 'еад', 'ад'],
	// Arabic, Hebrew
	...['ذمم', 'شمم', 'شذمم', 'المحدودة', 'בעמ'],
	// Japanese and Korean in brackets, Japanese and Indonesian in Latin letters
	...[
		'株',
		'有',
		'주',
		'유',
		'kk',
		'gk',
		'kabushikikaisha',
		'kabushikigaisha',
		'tbk',
		'jsc',
		'pjsc',
		'ojsc',
	],
];

/** Legal forms as they begin a name, in the same form. */
export const LEGAL_PREFIXES: readonly string[] = [
	...['ооо', 'оао', 'зао', 'пао', 'ао', 'ип', 'тов', 'прат', 'пат', 'фоп', 'еоод', 'оод'],
	...['شركة', 'pt', '株', '有', '주', '유', 'congtytnhh', 'congtycophan'],
];

/** Legal forms that are written without a space beside the name. */
export const ATTACHED_LEGAL_FORMS: readonly string[] = [
	...['株式会社', '有限会社', '合同会社', '合資会社', '合名会社'],
	...[
		'股份有限公司',
		'有限责任公司',
		'有限責任公司',
		'有限公司',
		'주식회사',
		'유한회사',
		'บริษัท',
		'จำกัด',
	],
];
