import { z } from 'zod';
import { email } from '../platform/input.ts';
import { locales } from '../platform/viewer.ts';

export const Credentials = z.object({
  email,
  password: z.string({ error: 'Enter your password.' }).min(1, 'Enter your password.').max(1_000, 'This password is too long.'),
  /** Where the request came from, as far as we know. */
  network: z.string().default('unknown'),
  https: z.boolean(),
});

export const Ending = z.object({ session: z.string() });

export const Preferences = z.object({
  name: z.string({ error: 'Enter your name.' }).trim().min(1, 'Enter your name.').max(80, 'Keep your name under 80 characters.').refine((name) => !/[\u0000-\u001f\u007f]/.test(name), 'Enter your name.'),
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
