import { z } from 'zod';
import { line, remark } from '../platform/input.ts';
import { isNetwork } from './network.ts';
import { Rules } from './rules.ts';
import { screenActions, screenKinds, wordActions } from './schema.ts';
import { isSafe } from './words.ts';

const said = remark(2_000, 'Keep it under 2,000 characters.');
const CHOOSE = 'Choose one of these.';

/** Ids of what waits, and what becomes of all of it. Who wrote what is sent back reads the words. */
export const HeldDecision = z.object({
  held: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string().max(80), { error: 'Choose at least one.' }).min(1, 'Choose at least one.').max(50, 'Choose at most fifty.')).transform((ids) => [...new Set(ids)]),
  decision: z.enum(['approve', 'reject'], { error: 'Choose what to do.' }),
  words: said,
});

/** Unchecked boxes of a form are not sent. */
const box = z.preprocess((value) => value === true || value === 'on', z.boolean());
export const SaidRules = Rules.extend({ newSites: box, twins: box, bursts: box, challenge: box }).refine(({ question, questionEl, answers }) => (question === '' && questionEl === '') || answers !== '', { path: ['answers'], error: 'Write at least one answer.' });

const UNSAFE = 'This expression is not one of those that work here: see the hint.';

const HOURS = 'Write a number of hours, from 1 to 8760.';

export const NewWord = z
  .object({
    pattern: line(100, 'Write a word.', 'Keep it under 100 characters.'),
    isRegex: box,
    locale: z.preprocess((value) => value || null, z.enum(['en', 'el'], { error: CHOOSE }).nullable()),
    replacement: remark(100, 'Keep it under 100 characters.'),
    hours: z.preprocess((value) => value || 0, z.coerce.number({ error: HOURS }).int(HOURS).min(0, HOURS).max(8_760, HOURS)),
    follows: z.enum(wordActions, { error: CHOOSE }),
    tag: z.string().trim().toLowerCase().max(40, 'Keep each tag under 40 characters.').regex(/^[^\s#,]*$/, 'Write one tag, without spaces.').default(''),
  })
  .refine(({ pattern, isRegex }) => isSafe(isRegex ? pattern : pattern.replace(/[^\p{L}\p{N}*]/gu, '') || '*'), { path: ['pattern'], error: UNSAFE })
  .refine(({ follows, replacement }) => follows !== 'replace' || replacement !== '', { path: ['replacement'], error: 'Write what stands in its place.' })
  .refine(({ follows, hours }) => follows !== 'silence' || hours > 0, { path: ['hours'], error: HOURS })
  .refine(({ follows, tag }) => follows !== 'tag' || tag !== '', { path: ['tag'], error: 'Write one tag, without spaces.' });

const shapes: Record<(typeof screenKinds)[number], (text: string) => boolean> = {
  network: isNetwork,
  mail: (text) => /^[^\s@]*@?[^\s@]+$/.test(text) && /[^*@.]{2}/.test(text),
  site: (text) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(text),
  url: (text) => /^[^\s/]+\.[^\s/]+\/\S+$/.test(text),
};

const bare = (kind: string, text: string) => (kind === 'site' || kind === 'url' ? text.replace(/^https?:\/\//i, '').replace(/^www\./i, '') : text).toLowerCase();

/** `days` is how long it counts; 0 for ever. */
export const NewScreen = z
  .object({
    kind: z.enum(screenKinds, { error: CHOOSE }),
    pattern: line(200, 'Write what to look for.', 'Keep it under 200 characters.'),
    follows: z.enum(screenActions, { error: CHOOSE }),
    note: remark(200, 'Keep it under 200 characters.'),
    days: z.coerce.number({ error: 'Write a whole number.' }).int('Write a whole number.').min(0, 'Write a whole number.').max(3_650, 'Write a whole number.').default(0),
  })
  .transform((screen) => ({ ...screen, pattern: screen.kind === 'url' ? bare('url', screen.pattern) : bare(screen.kind, screen.pattern) }))
  .refine(({ kind, pattern }) => shapes[kind](pattern), { path: ['pattern'], error: 'This does not fit what you chose to look for.' });

export const Removal = z.object({ id: z.string().max(80) });
