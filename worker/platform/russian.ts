const listed = (words: string) => words.split(/\s+/);
const joined = (beginnings: string, ends: string) => listed(beginnings).flatMap((beginning) => listed(ends).map((end) => beginning + end));

/** Endings of nouns, adjectives and verbs, folded: й is и. */
const ENDINGS = new Set([
  ...listed('иями ями ами ием иям иях ях ах ям ам ем ом ов ев еи ои иеи ию ью ия ья ие ье ии ьи и ы а я о е у ю ь ои ыи ым ыми ими ого его ому ему ую юю ая яя ое ее ые их ых им ою ею'),
  ...joined('ен ан', 'ие ия ию ием ии иям иями иях ье ья и о а ы'),
  ...joined('ированн ованн анн енн', 'ыи ая ое ые ого ому ую ым ых ыми ои'),
  ...joined('ирова ова ева ыва ива а я и е ну', 'ть л ла ло ли в'),
  ...joined('иру у', 'ю ет ют ешь ем ете и ите'),
  ...joined('а я ыва ива', 'ю ет ют ешь ем ете и ите'),
  ...listed('ен ит ишь им ите ят ет ешь ете ут ют'),
]);
const LONGEST = 8;
const LEAST = 3;

/** Before the endings of some forms a consonant changes, or a vowel comes between two: обновл- обнов-, ссылок ссылк-. */
const CHANGES: [RegExp, string][] = [[/(?<=.{2}[бвмпф])л$/, ''], [/(?<=.{2}[бвгджзлмнпрстфхцчшщ])ок$/, 'к']];

/** What stays of a folded Russian word in most of its forms. */
export function russianStem(word: string): string {
  const active = word.length > 5 ? word.replace(/ся$|(?<=л[аои]|[уюе])сь$/, '') : word;
  let stem = active;
  for (let n = Math.min(LONGEST, active.length - LEAST); n > 0 && stem === active; n--) if (ENDINGS.has(active.slice(-n))) stem = active.slice(0, -n);
  return CHANGES.reduce((changed, [pattern, instead]) => changed.replace(pattern, instead), stem);
}
