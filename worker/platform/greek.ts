/** Endings of nouns, adjectives and verbs, folded. */
const ENDINGS = new Set(
  `ομασταν οσασταν ουμασταν ουσασταν ιομασταν ιουνται ουμαστε ομαστε ομουνα οσουνα ουνται ονται ονταν ωνται ομουν οσουν οντασ ωντασ ιεται ιεμαι ιεσαι ειται ειται εισαι
  ουσαμε ουσατε ουσαν ουσεσ ουσα ουσε ουμε ουνε ουν εται εσαι ομαι αμαι αται ασαι ουμαι εστε αστε οταν ιοταν ετε ειτε ατε αμε ανε αει αεισ αω
  ματων ματοσ ματα εωσ εων εισ ιουσ ιων ιασ ιεσ ιου ιοσ ιοι ιε αδεσ αδων ουσ ησ οσ ου ον οι ων ασ εσ αν εν ει ια ιο υσ μα α η ι ο ω ε υ
  μενοσ μενη μενο μενα μενοι μενων μενεσ μενου μενησ μενουσ ακι ακια`.split(/\s+/),
);
const LONGEST = 8;
/** Letters that stay at least: words of three letters that begin with a consonant are mostly του, που, και. */
const leastOf = (word: string) => (word.length === 3 && !/^[αεηιουω]/.test(word) ? 3 : 2);

/** The stem of the past and the passive → the stem of the present: αλλαξ- αλλαζ-, ανακοινωσ- ανακοινων-, ερωτησ- ερωτ-. */
const ASPECTS: [RegExp, string][] = [
  [/(.{3})(?:ησ|ηθηκ|ηθ|ημεν)$/, '$1'],
  [/(.{2}[αειουω])(?:στηκ|στ|χτηκ|χτ|χθηκ|χθ|σ|ζ|ξ|γ)$/, '$1ζ'],
  [/(.{2}ω)(?:ν|θηκ|θ)$/, '$1ζ'],
  [/(.{2}ε)(?:υτηκ|υτ|υθηκ|υθ|ψ|υ)$/, '$1υ'],
  [/(.{2}[αειουωμ])(?:πτ|φτ|φθ|ψ|φ|β)$/, '$1π'],
  [/(.{3})(?:θηκ|θ)$/, '$1'],
];

/** What stays of a folded Greek word in most of its forms. */
export function greekStem(word: string): string {
  let stem = word;
  for (let n = Math.min(LONGEST, word.length - leastOf(word)); n > 0 && stem === word; n--) if (ENDINGS.has(word.slice(-n))) stem = word.slice(0, -n);
  const aspect = stem.length > 3 && ASPECTS.find(([pattern]) => pattern.test(stem));
  return aspect ? stem.replace(aspect[0], aspect[1]) : stem;
}
