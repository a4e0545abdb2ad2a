/** For comparing words: lower case, without accents or other marks, final sigma as sigma, compatibility forms unified. */
export const folded = (text: string) => text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replaceAll('ς', 'σ');

/** The words of a text, folded, in order. */
export const wordsOf = (text: string): string[] => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Greek when at least a third of the letters are. */
export function languageOf(text: string): 'en' | 'el' {
  const sample = text.slice(0, 2_000);
  const greek = sample.match(/\p{Script=Greek}/gu)?.length ?? 0;
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  return letters > 0 && greek * 3 >= letters ? 'el' : 'en';
}

/** Endings of Greek nouns, adjectives and verbs, folded; the longest that leaves three letters goes. */
const GREEK_ENDINGS = [
  'οντουσαν', 'ηθηκατε', 'ηθηκαμε', 'ομασταν', 'οσασταν', 'ιουνται', 'ουμαστε', 'ομαστε', 'ηθηκαν', 'ηθηκεσ', 'ουμασταν', 'ονταν', 'ουσατε', 'ουσαμε', 'ηθηκα', 'ηθηκε', 'ησουμε', 'ησετε',
  'ματων', 'ματοσ', 'ματα', 'ουσαν', 'ουσεσ', 'οντασ', 'ωντασ', 'ονται', 'ουνται', 'ιεται', 'ειται', 'ηθει', 'ηθω', 'ησουν', 'ησαν', 'ησεισ', 'ησει', 'ησω', 'ησε', 'ησα', 'ιουσ', 'εωσ', 'εων', 'εισ', 'ιων', 'ιασ', 'ιεσ',
  'ουμε', 'ουσα', 'ουσε', 'ουν', 'ετε', 'ατε', 'αμε', 'αγε', 'αγα', 'ματ', 'μασ', 'ιου', 'ιοσ', 'ουσ', 'αδεσ', 'αδων', 'ατα', 'ησ', 'οσ', 'ου', 'ον', 'οι', 'ων', 'ασ', 'εσ', 'αν', 'εν', 'ει', 'ια', 'ιο', 'υσ', 'μα', 'α', 'η', 'ι', 'ο', 'ω', 'ε', 'υ',
].sort((a, b) => b.length - a.length);

function greekStem(word: string): string {
  for (const ending of GREEK_ENDINGS) if (word.length - ending.length >= 3 && word.endsWith(ending)) return word.slice(0, -ending.length);
  return word;
}

const ENGLISH_ENDINGS: [ending: string, instead: string, least: number][] = [
  ['ations', 'at', 4], ['ation', 'at', 4], ['ments', '', 4], ['ment', '', 4], ['ingly', '', 4], ['edly', '', 4], ['ness', '', 4], ['ies', 'y', 3], ['sses', 'ss', 2], ['ing', '', 3], ['ers', '', 4], ['ed', '', 3], ['ly', '', 4], ['er', '', 4], ['es', '', 4],
];

function englishStem(word: string): string {
  for (const [ending, instead, least] of ENGLISH_ENDINGS) {
    if (word.endsWith(ending) && word.length - ending.length >= least) return trimmed(word.slice(0, -ending.length) + instead);
  }
  return trimmed(word.endsWith('s') && !word.endsWith('ss') && word.length > 3 ? word.slice(0, -1) : word);
}

const trimmed = (stem: string) => stem.replace(/([bdfgmnprt])\1$/, '$1').replace(/e$/, '');

/** What stays of a folded word in all its forms. */
export const stemOf = (word: string) => (/\p{Script=Greek}/u.test(word) ? greekStem(word) : /^[a-z]+$/.test(word) && word.length > 3 ? englishStem(word) : word);
