/** Endings of steps 2, 3 and 4, the longest first, and what stands instead. */
const STEP_2: [string, string][] = [
  ['ational', 'ate'], ['ization', 'ize'], ['fulness', 'ful'], ['ousness', 'ous'], ['iveness', 'ive'], ['tional', 'tion'], ['biliti', 'ble'], ['lessli', 'less'], ['entli', 'ent'], ['ation', 'ate'], ['alism', 'al'], ['aliti', 'al'],
  ['ousli', 'ous'], ['iviti', 'ive'], ['fulli', 'ful'], ['enci', 'ence'], ['anci', 'ance'], ['abli', 'able'], ['izer', 'ize'], ['ator', 'ate'], ['alli', 'al'], ['bli', 'ble'], ['ogi', 'og'], ['li', ''],
];
const STEP_3: [string, string][] = [['ational', 'ate'], ['tional', 'tion'], ['alize', 'al'], ['icate', 'ic'], ['iciti', 'ic'], ['ative', ''], ['ical', 'ic'], ['ness', ''], ['ful', '']];
const STEP_4 = ['ement', 'ance', 'ence', 'able', 'ible', 'ment', 'ant', 'ent', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize', 'ion', 'al', 'er', 'ic'];

const WHOLE = new Map(Object.entries({
  skis: 'ski', skies: 'sky', dying: 'die', lying: 'lie', tying: 'tie', idly: 'idl', gently: 'gentl', ugly: 'ugli', early: 'earli', only: 'onli', singly: 'singl',
  sky: 'sky', news: 'news', howe: 'howe', atlas: 'atlas', cosmos: 'cosmos', bias: 'bias', andes: 'andes',
}));
const UNCHANGED_AFTER_1A = new Set(['inning', 'outing', 'canning', 'herring', 'earring', 'proceed', 'exceed', 'succeed']);

const VOWEL = /[aeiouy]/;
const SHORT_SYLLABLE = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$/;

/** The stem of a lower-case English word, by the Porter2 algorithm (snowballstem.org/algorithms/english). */
export function englishStem(word: string): string {
  if (word.length < 3) return word;
  const whole = WHOLE.get(word);
  if (whole) return whole;
  const marked = word.replace(/^y|(?<=[aeiouy])y/g, 'Y');
  const first = /^(?:gener|commun|arsen)/.exec(marked)?.[0].length ?? afterSyllable(marked, 0);
  const second = afterSyllable(marked, first);
  const singular = step1a(marked);
  if (UNCHANGED_AFTER_1A.has(singular)) return singular;
  const base = step1b(singular, first).replace(/(?<=.[^aeiouy])[yY]$/, 'i');
  return step5(step4(step3(step2(base, first), first, second), second), first, second).toLowerCase();
}

/** Where the region begins that follows the first consonant after a vowel. */
function afterSyllable(word: string, from: number): number {
  const found = /[aeiouy][^aeiouy]/.exec(word.slice(from));
  return found ? from + found.index + 2 : word.length;
}

function step1a(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2);
  if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
  return /[aeiouy].*[^us]s$/.test(word) && !/^[^aeiouy]*[aeiouy]s$/.test(word) ? word.slice(0, -1) : word;
}

function step1b(word: string, first: number): string {
  const ee = /eed(?:ly)?$/.exec(word);
  if (ee) return ee.index >= first ? word.slice(0, ee.index + 2) : word;
  const ending = /(?:ed|ing)(?:ly)?$/.exec(word);
  if (!ending || !VOWEL.test(word.slice(0, ending.index))) return word;
  const stem = word.slice(0, ending.index);
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(stem)) return stem.slice(0, -1);
  return first >= stem.length && SHORT_SYLLABLE.test(stem) ? `${stem}e` : stem;
}

function step2(word: string, first: number): string {
  const found = STEP_2.find(([ending]) => word.endsWith(ending));
  if (!found) return word;
  const [ending, instead] = found;
  const stem = word.slice(0, -ending.length);
  const fits = stem.length >= first && (ending !== 'ogi' || stem.endsWith('l')) && (ending !== 'li' || /[cdeghkmnrt]$/.test(stem));
  return fits ? stem + instead : word;
}

function step3(word: string, first: number, second: number): string {
  const found = STEP_3.find(([ending]) => word.endsWith(ending));
  if (!found) return word;
  const [ending, instead] = found;
  const at = word.length - ending.length;
  return at >= (ending === 'ative' ? second : first) ? word.slice(0, at) + instead : word;
}

function step4(word: string, second: number): string {
  const ending = STEP_4.find((one) => word.endsWith(one));
  if (!ending) return word;
  const stem = word.slice(0, -ending.length);
  return stem.length >= second && (ending !== 'ion' || /[st]$/.test(stem)) ? stem : word;
}

function step5(word: string, first: number, second: number): string {
  const at = word.length - 1;
  const stem = word.slice(0, at);
  if (word.endsWith('e')) return at >= second || (at >= first && !SHORT_SYLLABLE.test(stem)) ? stem : word;
  return word.endsWith('ll') && at >= second ? stem : word;
}
