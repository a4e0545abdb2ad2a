import { z } from 'zod';
import { remark } from '../platform/input.ts';

const whole = 'Write a whole number.';
const numeral = (most: number, otherwise: number) => z.coerce.number({ error: whole }).int(whole).min(0, whole).max(most, whole).default(otherwise);
const MINUTES = 'Write a whole number from 1 to 1440.';
/** From a form `on` or nothing; from JSON a truth. Left out of what is kept it is as it was at first. */
const switched = z.union([z.boolean(), z.literal('on').transform(() => true)]);

const asked = remark(200, 'Keep it under 200 characters.');

/**
 * What is held before anybody reads it: the first posts of people of level 0, those of a level below one in a category (`slug level`, with commas), forms filled in faster than so many
 * seconds, links to sites that nobody trusted linked to, what was written before, a link that several new people bring. How soon reports hide a post, and which of them count more.
 * Which new people are looked at before they are listed, and the level that members of paying accounts start with. With `challenge` those who may be programs show that they are none: by work, by waiting, or
 * by one of the `answers` to a question in either language, with commas. Of the tickets of strangers from one sender within `ticketMinutes` those beyond `ticketBurst` wait; 0: none.
 */
export const Rules = z.object({
  firstPosts: numeral(50, 0),
  below: z
    .string()
    .max(2_000)
    .default('')
    .refine((text) => text.split(',').map((one) => one.trim()).filter(Boolean).every((one) => /^[a-z0-9][a-z0-9-]* [0-4]$/.test(one)), 'Write it like this: help 1, news 2.'),
  fastSeconds: numeral(60, 3),
  newSites: switched.default(false),
  twins: switched.default(true),
  bursts: switched.default(true),
  newPeople: z.enum(['off', 'watched', 'all'], { error: 'Choose one of these.' }).default('watched'),
  sensitivity: z.enum(['off', 'low', 'medium', 'high'], { error: 'Choose one of these.' }).default('medium'),
  heavy: z.enum(['', 'off_topic', 'inappropriate', 'spam', 'other'], { error: 'Choose one of these.' }).default(''),
  memberLevel: numeral(3, 1),
  ticketBurst: numeral(500, 10),
  ticketMinutes: z.coerce.number({ error: MINUTES }).int(MINUTES).min(1, MINUTES).max(1_440, MINUTES).default(10),
  challenge: switched.default(true),
  question: asked,
  questionEl: asked,
  answers: remark(500, 'Keep it under 500 characters.'),
});

export type Rules = z.infer<typeof Rules>;

/** The rules as they are kept, or as they are at first. */
export const rulesFrom = (kept: unknown): Rules => Rules.safeParse(kept ?? {}).data ?? Rules.parse({});

/** The least level that posts once in a category at once. */
export const leastIn = ({ below }: Rules, slug: string) => Number(below.split(',').map((one) => one.trim().split(' ')).find(([name]) => name === slug)?.[1] ?? 0);
