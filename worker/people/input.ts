import { z } from 'zod';
import { email, line } from '../platform/input.ts';
import { isScope, tidy } from '../platform/scope.ts';
import { locales } from '../platform/viewer.ts';

export const Credentials = z.object({
  email,
  password: z.string({ error: 'Enter your password.' }).min(1, 'Enter your password.').max(1_000, 'This password is too long.'),
  /** Where the request came from, as far as we know. */
  network: z.string().default('unknown'),
  https: z.boolean(),
});

const personName = line(80, 'Enter your name.', 'Keep your name under 80 characters.');

const TIME = 'Write a time like 2027-01-31T00:00:00Z.';

const DAYS = 'Choose one to 366 days.';
const SCOPE = 'Choose read or write, for everything or area by area.';

/** Expires after thirty days when neither `days` nor a time is said, within a year at the latest. */
export const NewToken = z.object({
  name: line(80, 'Give the token a name.', 'Keep the name under 80 characters.'),
  scope: z
    .union([z.string(), z.array(z.string())], { error: SCOPE })
    .default('read')
    .transform((said) => [said].flat().join(' ').trim().replace(/[\s,]+/g, ' '))
    .refine(isScope, SCOPE)
    .transform(tidy)
    .describe('`read`, `write`, or areas like `tickets:read forum:write`.'),
  expiresAt: z.iso.datetime({ offset: true, error: TIME }).transform((text) => new Date(text)).refine((at) => !Number.isNaN(at.getTime()), TIME).optional(),
  days: z.coerce.number({ error: DAYS }).int(DAYS).min(1, DAYS).max(366, DAYS).optional(),
});

export const OneToken = z.object({ id: z.string().max(80) });

/** Who introduces themself as the first admin, with the key of the setup link. */
export const Claim = z
  .object({
    name: personName,
    email,
    password: z.string({ error: 'Choose a password.' }).min(10, 'Choose a password of ten characters or more.').max(1_000, 'This password is too long.'),
    again: z.string({ error: 'Enter the password once more.' }).max(1_000, 'This password is too long.'),
    locale: z.enum(locales).default('en'),
    key: z.string().max(100),
    https: z.boolean(),
  })
  .refine(({ password, again }) => password === again, { path: ['again'], error: 'The two passwords are not the same.' });

export const Ending = z.object({ session: z.string() });

export const Preferences = z.object({
  name: personName,
  locale: z.enum(locales, { error: 'Choose one of the languages.' }),
  timeZone: z
    .string()
    .trim()
    .refine((zone) => zone === '' || isZone(zone), 'Choose a time zone from the list.')
    .transform((zone) => zone || null),
});

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
