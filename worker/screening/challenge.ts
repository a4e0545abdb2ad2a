import { drawnAt } from '../platform/form-time.ts';
import { counted, keyOf } from '../platform/limits.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import type { Issues } from '../platform/refusal.ts';
import { matches } from '../platform/signature.ts';
import { Challenged, isWorked, LIFE, markOfMail, stampIn, WAIT } from '../platform/stamp.ts';
import { folded } from '../platform/text.ts';
import type { Rules } from './rules.ts';

/** How often within an hour one network or person passes without work. */
const IDLE = { most: 10, within: LIFE };
/** Zero bits of the least work and of the most: some tenths of a second, and some seconds, of a browser. */
const [EASY, HARD] = [14, 18];

/** Why the code of a letter does not count. */
const WRONG = 'This is not the code, or it is too old.';

/** From how many within an hour on those of one network are many. */
const MANY = 10;

/** What may make a program of a stranger. `lately`: how much came from their network within the hour. */
export interface Signs {
  isFast: boolean;
  lately: number;
  isListed: boolean;
}

/** Milliseconds within which nobody fills in a form, not even with a browser that remembers: only programs do. */
const TOO_QUICK = 100;

/** Whether a form came back sooner than anybody fills one in. Of one that tells no age nobody knows. */
export const isTooQuick = (formAge: number | undefined) => formAge !== undefined && formAge < TOO_QUICK;

/** How much there is to doubt: nothing, or how many times the work doubles. */
export const doubtIn = ({ isFast, lately, isListed }: Signs) => (isFast ? 2 : 0) + (isListed ? 2 : 0) + Math.max(0, Math.ceil((lately - MANY + 1) / 2));

export interface Suspect {
  /** The network, or the id of the person. */
  who: string;
  /** Their id, or the address that a visitor typed: whom a code was sent to. */
  reads: string;
  doubt: number;
  rules: Rules;
  hasReview?: boolean;
}

const plain = (text: string) => folded(text).replace(/\s+/g, ' ').trim();

/** Whether this is one of the answers of the workspace, whatever its case and accents. */
const isAnswer = (answer: string, { answers }: Rules) => answers.split(',').map(plain).filter(Boolean).includes(plain(answer.slice(0, 200)));

const MESSAGE = 'Before this is sent, show that no program sent it. What you wrote is kept.';
const BY_API = 'Show that no program floods us: answer the challenge that comes with this in the header Stoa-Challenge, or come with a token of somebody who is known here.';

/**
 * The statements with which somebody passes who may be a program: by work, by the code of a letter, by an answer, or by having waited; each challenge once. Nobody passes with
 * less: what they sent is refused with a challenge that keeps it. Without work only so many an hour pass.
 */
export function proven({ db, now, secret, pass }: Setting, { who, reads, doubt, rules, hasReview = false }: Suspect): Writing[] {
  if (doubt === 0 || !rules.challenge) return [];
  const { form = '', stamp = '', work = '', answer = '', letter, why, mark } = pass ?? {};
  const asked = (since = now.getTime(), issues: Issues = {}) => new Challenged({ bits: Math.min(HARD, EASY + doubt), since, question: { en: rules.question, el: rules.questionEl || rules.question }, hasReview, isMailed: letter === 'wished' || letter === 'sent' }, pass ? MESSAGE : BY_API, issues);
  const made = stampIn(secret, form, stamp, now.getTime());
  if (!made) throw asked();
  const spent = counted(db, keyOf('challenge', form), { most: 1, within: LIFE }, now);
  if (isWorked(stamp, work, made.bits)) return [spent];
  if (mark && matches(markOfMail(secret, drawnAt(secret, form) ?? 0, reads), mark)) return [spent, counted(db, keyOf('code by mail', mark), { most: 1, within: LIFE }, now)];
  if (mark !== undefined || why !== undefined) throw asked(made.since, { proofCode: why ?? WRONG });
  if (letter === 'wished') throw asked(made.since);
  const idle = [spent, counted(db, keyOf('without work', who), IDLE, now)];
  if (answer !== '') {
    if (isAnswer(answer, rules)) return idle;
    throw asked(made.since, { proofAnswer: 'This is not the answer.' });
  }
  if (now.getTime() - made.since >= WAIT) return idle;
  throw asked(made.since);
}
