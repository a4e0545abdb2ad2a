import { z } from 'zod';
import { isOwn, newPassword, OWN, personName } from '../people/input.ts';
import { email } from '../platform/input.ts';
import { locales } from '../platform/viewer.ts';

/** Where someone comes from, as the page knows it. */
const arrival = {
  https: z.boolean(),
  /** Public address of the workspace, for links. */
  url: z.string(),
  /** Where the request came from, as far as we know. */
  network: z.string().default('unknown'),
  /** What their browser calls itself. */
  device: z.string().default(''),
  /** Country, as far as known. */
  place: z.string().default(''),
};

const locale = z.enum(locales).default('en');
/** The secret of the browser's own cookie: what it asks for, only it can use. */
const browser = z.string().min(20).max(100);
const key = z.string().max(100).default('');

/** Who signs up; `next` is the path that they wanted to see. */
export const NewPerson = z
  .object({ name: personName, email, password: newPassword, locale, browser, next: z.string().max(500).optional().catch(undefined), ...arrival })
  .refine((person) => !isOwn(person.password, person), { path: ['password'], error: OWN });

/** Who brings the link of the letter: with a password when they sign up in one browser and verify in another. */
export const Verifying = z.object({ key, browser, password: z.preprocess((value) => (value === '' ? undefined : value), newPassword.optional()), ...arrival });

/** Who asks for a letter that lets them in. */
export const Asking = z.object({ email, locale, browser, ...arrival });

/** Who asks for the links of their tickets. */
export const AskingLinks = z.object({ email, locale, network: arrival.network, url: arrival.url });

export const Resetting = z.object({ key, password: newPassword, ...arrival });

const digits = z
  .string({ error: 'Enter the six digits.' })
  .transform((text) => text.replace(/\D/g, ''))
  .pipe(z.string().length(6, 'Enter the six digits.'));

/** What a form is known by however often it comes back: when it was drawn first. */
const drawn = z.number().int();
const typed = z.preprocess((value) => (value === '' ? undefined : value), email.optional());

/** Who asks for a code that lets a form pass, with the key that it has now and the stamp of what it was asked. */
export const AskingProof = z.object({ drawn, form: z.string().max(64), stamp: z.string().max(100).default(''), email: typed, locale, network: arrival.network, url: arrival.url });

/** Who brings it. */
export const TryingProof = z.object({ drawn, email: typed, code: digits });

/** Who brings a code for an address. */
export const WithCode = z.object({
  address: z.string().max(254),
  browser,
  code: digits,
  ...arrival,
});

/** Who brings the link of the same letter. */
export const WithLink = z.object({ key, browser, ...arrival });
