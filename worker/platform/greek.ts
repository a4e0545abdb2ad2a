/** Endings of Greek nouns, adjectives and verbs, folded; the longest that leaves three letters goes. */
const GREEK_ENDINGS = [
  'οντουσαν', 'ηθηκατε', 'ηθηκαμε', 'ομασταν', 'οσασταν', 'ιουνται', 'ουμαστε', 'ομαστε', 'ηθηκαν', 'ηθηκεσ', 'ουμασταν', 'ονταν', 'ουσατε', 'ουσαμε', 'ηθηκα', 'ηθηκε', 'ησουμε', 'ησετε',
  'ματων', 'ματοσ', 'ματα', 'ουσαν', 'ουσεσ', 'οντασ', 'ωντασ', 'ονται', 'ουνται', 'ιεται', 'ειται', 'ηθει', 'ηθω', 'ησουν', 'ησαν', 'ησεισ', 'ησει', 'ησω', 'ησε', 'ησα', 'ιουσ', 'εωσ', 'εων', 'εισ', 'ιων', 'ιασ', 'ιεσ',
  'ουμε', 'ουσα', 'ουσε', 'ουν', 'ετε', 'ατε', 'αμε', 'αγε', 'αγα', 'ματ', 'μασ', 'ιου', 'ιοσ', 'ουσ', 'αδεσ', 'αδων', 'ατα', 'ησ', 'οσ', 'ου', 'ον', 'οι', 'ων', 'ασ', 'εσ', 'αν', 'εν', 'ει', 'ια', 'ιο', 'υσ', 'μα', 'α', 'η', 'ι', 'ο', 'ω', 'ε', 'υ',
].sort((a, b) => b.length - a.length);

/** What stays of a folded Greek word in most of its forms. */
export function greekStem(word: string): string {
  for (const ending of GREEK_ENDINGS) if (word.length - ending.length >= 3 && word.endsWith(ending)) return word.slice(0, -ending.length);
  return word;
}
