import { hashOf } from '../platform/signature.ts';
import { wordsOf } from '../platform/text.ts';
import { DAY } from '../platform/time.ts';
import { linksIn } from './links.ts';

/** Words of one shingle, shingles that stand for a text, and links of it that are remembered. */
const [SHINGLE, KEPT, LINKS] = [4, 8, 5];
/** Texts shorter than this are alike by themselves: “Thank you!” */
const SHORT = 30;
/** Shingles of the kept ones that two texts share when one is a copy of the other, a word here and there aside. */
export const ALIKE = 5;
/** Milliseconds in which the same text or link is the same again. */
export const AGAIN = DAY;

const short = (text: string) => hashOf(text).slice(0, 20);

/**
 * What a text is known by: `=` and the hash of all its words; `~` and the smallest hashes of its runs of four words (a bottom-k sketch, after Broder
 * 1997), of which copies share most; `@` and the hash of each link.
 */
export function printsOf(body: string): string[] {
  const links = linksIn(body).slice(0, LINKS).map((link) => `@${short(link)}`);
  const words = wordsOf(body.slice(0, 20_000));
  const whole = words.join(' ');
  if (whole.length < SHORT) return links;
  const shingles = new Set(words.slice(SHINGLE - 1).map((_, i) => short(words.slice(i, i + SHINGLE).join(' '))));
  return [`=${short(whole)}`, ...[...shingles].sort().slice(0, KEPT).map((one) => `~${one}`), ...links];
}
