/** Short words that are frequent in German, French, Spanish, Italian, Portuguese or Dutch and rare in English, and the reverse; folded. */
const [OTHER, ENGLISH] = [
  `der die das und nicht ist ein eine einen ich sie wir mit auf fur von zu den dem im bei nach wie wird werden sind auch oder kann mein meine ihr ihre ihren es aus wenn nur noch
  le la les des du et est pas une un vous je nous pour dans sur avec que qui ne ce mon ma mes votre vos au aux en par ou il elle sont el los las una y del de con mi su se lo al si cuando pero
  gli di che non per sono della nao uma com em da dos het een van niet ik`,
  'the and is are of to for with this that it you your my we i not can at be have has how what when if from or but by they our there',
].map((words) => new Set(words.split(/\s+/)));
/** Words of a text that are looked at. */
const READ = 200;

/** Whether a text in Latin letters is in another language than English, by its short words and the letters that English has not. */
export function isOtherLatin(text: string, words: string[]): boolean {
  const some = words.slice(0, READ);
  const count = (known: Set<string>) => some.filter((word) => known.has(word)).length;
  return count(OTHER!) + (/[ß¿¡àâäçèéêëíîïñóôöùúûü]/i.test(text) ? 1 : 0) > count(ENGLISH!);
}

const LETTERS = /^[a-zß-ɏ]{3,40}$/;
/** Spellings of one letter: Straße is Strasse, ändern is aendern. */
const SPELLINGS: [RegExp, string][] = [[/ß/g, 'ss'], [/œ/g, 'oe'], [/æ/g, 'ae'], [/(?<![aeou])([ao])e/g, '$1'], [/(?<![aeoq])ue/g, 'u']];
/** Endings of forms, the German participle, endings of what is made of a verb, and what stays of them: each at most once, the longest of its kind. */
const STEPS: [RegExp, string][] = [
  [/eaux$/, 'eau'],
  [/(?<=.{2})aux$/, 'al'],
  [/(?<=.{3})(?:adas|ados|ada|ado|idas|idos|ida|ido|ees|ee|es|en|em|os|as|e|s|o|a)$|(?<=.{3}[lr])n$/, ''],
  [/^ge(?=.{4,}t$)|(?<=^(?:ein|aus|an|ab|auf|vor|zu|hoch|herunter|weiter|zuruck))ge(?=.{3})/, ''],
  [/(?<=.{4})(?:icacion|ication|azion|acion|ation|ieren|iert|ierung|erung|ung|ement|amient|imient|ment|idad|iendo|iend|ando|ier|ert|er|et|ez|ar|ir)$/, ''],
  [/(?<=.{4})[ti]$/, ''],
];

/** What stays of a folded word in most of its German, French or Spanish forms; undefined of what is no word in Latin letters. */
export function latinStem(word: string): string | undefined {
  if (!LETTERS.test(word)) return undefined;
  return [...SPELLINGS, ...STEPS].reduce((stem, [pattern, instead]) => stem.replace(pattern, instead), word);
}
