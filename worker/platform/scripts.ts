/** Thai, Lao, Burmese, Khmer, Kana, Han and Hangul, its letters alone too: scripts whose words are not told apart by spaces, or seldom enough. */
const UNSPACED = /[\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u3041-\u30ff\u3131-\u318e\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]|[\ud840-\ud8bf][\udc00-\udfff]/;

const RUNS = new RegExp(`((?:${UNSPACED.source})+)`);

/** Marks without which a letter of these scripts would be another. */
const VOWELS = /(?![\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Khmer}\u3099\u309a])\p{M}/gu;

/** Whether spaces part the words of a text everywhere. */
export const isSpaced = (text: string) => !UNSPACED.test(text);

/** A text of these scripts in compatibility decomposition, without the marks of others, composed again. */
export const recomposed = (text: string) => text.replace(VOWELS, '').normalize('NFC');

/** A folded word in parts, each in scripts with spaces or in those without. */
export const partsOf = (word: string): string[] => word.split(RUNS).filter(Boolean);

const pairsOf = (letters: string[]) => letters.slice(0, -1).map((letter, i) => letter + letters[i + 1]!);

/** What the index holds of words, each as what `stem` makes of it; of parts without spaces every two letters side by side, and after all words each of their letters once. */
export function indexedParts(words: string[], stem: (part: string) => string): string[] {
  const letters = new Set<string>();
  const inOrder = words.flatMap(partsOf).flatMap((part) => {
    if (isSpaced(part)) return [stem(part)];
    const own = [...part];
    for (const letter of own) letters.add(letter);
    return own.length === 1 ? [] : pairsOf(own);
  });
  return [...inOrder, ...letters];
}

/** What is asked of the index for a part of one script: the same pairs in a row, or the one letter. */
export function askedPart(part: string): string {
  const letters = [...part];
  return letters.length === 1 ? part : pairsOf(letters).join(' ');
}

/** Longer parts are asked for by each of their pairs: they are several words, or nobody writes them again as they are. Words in Katakana are long, and two in Han have four letters. */
const LONGEST: [RegExp, number][] = [[/^\p{Script=Han}/u, 3], [/^[\p{Script=Katakana}ー]/u, 12], [/^/, 4]];

const PIECES = /\p{Script=Han}+|[\p{Script=Katakana}ー]+|[\p{Script=Hiragana}ー]+|\p{Script=Hangul}+|[^\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}\p{Script=Hangul}]+/gu;
const HIRAGANA = /^[\p{Script=Hiragana}ー]+$/u;

/** A folded word as the words that are searched for: where its script changes, and long parts by two letters. Particles in Hiragana say nothing beside others. */
export function searchedParts(word: string): string[] {
  const pieces = partsOf(word).flatMap((part) => (isSpaced(part) ? [part] : (part.match(PIECES) ?? [])));
  const telling = pieces.filter((piece) => !HIRAGANA.test(piece));
  return (telling.length > 0 ? telling : pieces).flatMap((piece) => {
    const letters = [...piece];
    return isSpaced(piece) || letters.length <= LONGEST.find(([script]) => script.test(piece))![1] ? [piece] : pairsOf(letters);
  });
}
