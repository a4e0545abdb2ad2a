import { z } from 'zod';
import { email, line } from '../platform/input.ts';
import { locales } from '../platform/viewer.ts';
import { isAbout, isCommon } from './weak.ts';

export const Credentials = z.object({
  email,
  password: z.string({ error: 'Enter your password.' }).min(1, 'Enter your password.').max(1_000, 'This password is too long.'),
  /** Where the request came from, as far as we know. */
  network: z.string().default('unknown'),
  https: z.boolean(),
});

export const personName = line(80, 'Enter your name.', 'Keep your name under 80 characters.');

/** A password that somebody chooses: length counts, not composition; none of those that are tried first. Where name and address are at hand, refine by `isOwn` too. */
export const newPassword = z
  .string({ error: 'Choose a password.' })
  .min(10, 'Choose a password of ten characters or more.')
  .max(1_000, 'This password is too long.')
  .refine((password) => !isCommon(password), 'This password is one of the first that are tried. Choose another, a sentence for example.');

/** Whether a password is no secret to who knows the person. */
export const isOwn = (password: string, { name, email: address }: { name: string; email: string }) => isAbout(password, [name, address]);

/** What is said of such a password. */
export const OWN = 'This password is made of your name or address. Choose another.';

const TIME = 'Write a time like 2027-01-31T00:00:00Z.';

/** Expires in thirty days when not said, within a year at the latest. */
export const NewToken = z.object({
  name: line(80, 'Give the token a name.', 'Keep the name under 80 characters.'),
  scope: z.enum(['read', 'write'], { error: 'Choose read or write.' }).default('read'),
  expiresAt: z.iso.datetime({ offset: true, error: TIME }).transform((text) => new Date(text)).refine((at) => !Number.isNaN(at.getTime()), TIME).optional(),
});

export const OneToken = z.object({ id: z.string().max(80) });

/** Who introduces themself as the first admin, with the key of the setup link. */
export const Claim = z
  .object({
    name: personName,
    email,
    password: newPassword,
    again: z.string({ error: 'Enter the password once more.' }).max(1_000, 'This password is too long.'),
    locale: z.enum(locales).default('en'),
    key: z.string().max(100),
    https: z.boolean(),
  })
  .refine(({ password, again }) => password === again, { path: ['again'], error: 'The two passwords are not the same.' })
  .refine((claim) => !isOwn(claim.password, claim), { path: ['password'], error: OWN });

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
