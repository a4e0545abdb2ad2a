import { createHash } from 'node:crypto';
import { type Issues, Refusal } from './refusal.ts';
import { keyFor, matches } from './signature.ts';
import { HOUR } from './time.ts';

/** Milliseconds in which a challenge can be answered. */
export const LIFE = HOUR;
/** Milliseconds after which waiting counts as much as working. */
export const WAIT = 60_000;

/** What is asked of a writer who may be a program, before what they sent counts. */
export interface Challenge {
  /** Zero bits that the hash of the work has to begin with: each doubles the work. */
  bits: number;
  /** Since when they wait, in milliseconds since 1970. */
  since: number;
  /** What people may answer instead, in the words of the workspace; empty where nothing is asked. */
  question: { en: string; el: string };
  /** Whether a moderator may look at it instead. */
  hasReview: boolean;
  /** Whether a letter with a code is on its way. */
  isMailed: boolean;
}

/** What a form brought as answer to a challenge, with the key of the form. */
export interface Pass {
  form: string;
  stamp?: string | undefined;
  work?: string | undefined;
  answer?: string | undefined;
  review?: string | undefined;
  /** Whether a letter with a code was asked for now, went out before, or was refused, and then why. */
  letter?: 'wished' | 'sent' | 'refused' | undefined;
  why?: string | undefined;
  /** What the right code was turned into; empty where it was not. */
  mark?: string | undefined;
}

/** The refusal that asks for more: the page shows the challenge, with everything that was typed. */
export class Challenged extends Refusal {
  readonly challenge: Challenge;

  constructor(challenge: Challenge, message: string, issues: Issues = {}) {
    super('invalid', message, issues);
    this.challenge = challenge;
  }
}

const macOf = (secret: string, form: string, text: string) => keyFor(secret, 'challenge', `${form}\n${text}`);

/** What says that a form, drawn first at a moment, of somebody by id or of a visitor by address, brought the code that was sent for it. */
export const markOfMail = (secret: string, drawn: number, who: string) => keyFor(secret, 'proved by mail', `${drawn}\n${who}`);

/** The text that is worked on: how hard, since when, and a key that binds both to one form, which only we can make. */
export function stampOf(secret: string, form: string, { bits, since }: Pick<Challenge, 'bits' | 'since'>): string {
  const text = `${bits}-${since.toString(36)}`;
  return `${text}-${macOf(secret, form, text)}`;
}

/** What a stamp says, if we made it for this form within its life. */
export function stampIn(secret: string, form: string, stamp: string, now: number): Pick<Challenge, 'bits' | 'since'> | undefined {
  const [, text, bits, time, mac] = /^((\d{1,2})-([0-9a-z]{1,10}))-(.{32})$/.exec(stamp) ?? [];
  if (!form || !text || !matches(macOf(secret, form, text), mac!)) return undefined;
  const since = Number.parseInt(time!, 36);
  return now - since < LIFE ? { bits: Number(bits), since } : undefined;
}

/** Whether SHA-256 of `stamp.work` begins with so many zero bits (after Back’s Hashcash, 2002). */
export function isWorked(stamp: string, work: string, bits: number): boolean {
  if (!/^\d{1,12}$/.test(work)) return false;
  const hash = createHash('sha256').update(`${stamp}.${work}`).digest();
  return Math.clz32(hash.readUInt32BE(0)) >= bits;
}
