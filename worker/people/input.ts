import { z } from 'zod';
import { email, line } from '../platform/input.ts';
import { isScope, tidy } from '../platform/scope.ts';
import { locales, roles } from '../platform/viewer.ts';
import { isAbout, isCommon } from './weak.ts';

/** Where somebody comes from, as the door sees it: never from a form. */
export const From = z.object({
  /** Address of the network, or `unknown`. */
  network: z.string().default('unknown'),
  /** What their browser calls itself. */
  device: z.string().default(''),
  /** Country or network, for people to read. */
  place: z.string().default(''),
  /** What their browser is known as here, if it is. */
  familiar: z.object({ id: z.string(), people: z.array(z.string()) }).nullable().default(null),
  /** Public address of the workspace, for links in letters. */
  url: z.string().default(''),
  https: z.boolean(),
});

const password = z.string({ error: 'Enter your password.' }).min(1, 'Enter your password.').max(1_000, 'This password is too long.');

export const Credentials = From.extend({ email, password });

export const personName = line(80, 'Enter your name.', 'Keep your name under 80 characters.');

/** A password that somebody chooses: length counts, not composition; none of those that are tried first. Where name and address are at hand, refine by `isOwn` too. */
export const newPassword = z
  .string({ error: 'Choose a password.' })
  .min(10, 'Choose a password of ten characters or more.')
  .max(1_000, 'This password is too long.')
  .refine((text) => !isCommon(text), 'This password is one of the first that are tried. Choose another, a sentence for example.');

/** Whether a password is no secret to who knows the person. */
export const isOwn = (text: string, { name, email: address }: { name: string; email: string }) => isAbout(text, [name, address]);

/** What is said of such a password. */
export const OWN = 'This password is made of your name or address. Choose another.';

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

/** The same once more, so that nobody locks themself out by a slip. */
export const onceMore = z.string({ error: 'Enter the password once more.' }).max(1_000, 'This password is too long.');

const same = { path: ['again'], error: 'The two passwords are not the same.' };

/** A new password for the old one; who has none yet leaves `old` out. */
export const PasswordChange = From.extend({ old: z.string().max(1_000, 'This password is too long.').default(''), password: newPassword, again: onceMore, session: z.string() }).refine((it) => it.password === it.again, same);

export const OneSession = z.object({ handle: z.string().max(64) });

/** Who introduces themself as the first admin, with the key of the setup link. */
export const Claim = z
  .object({
    name: personName,
    email,
    password: newPassword,
    again: onceMore,
    locale: z.enum(locales).default('en'),
    key: z.string().max(100),
    https: z.boolean(),
  })
  .refine((it) => it.password === it.again, same)
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

const id = z.string().max(80);

export const states = ['verified', 'staged', 'suspended'] as const;

/** What the list of people is asked for, as an address holds it. What is unknown is ignored. `role` is a built-in role or the id of a custom one. */
export const PeopleFilters = z.object({
  q: z.string().trim().max(200).optional().catch(undefined),
  role: z.string().regex(/^\w{1,80}$/).optional().catch(undefined),
  account: id.optional().catch(undefined),
  state: z.enum(states).optional().catch(undefined),
});

/** What is left out stays; an empty `account` is none. */
export const PersonChange = z.object({
  person: id,
  name: personName.optional(),
  locale: z.enum(locales, { error: 'Choose one of the languages.' }).optional(),
  account: z.string({ error: 'Choose an account.' }).trim().max(200, 'Choose an account.').nullish(),
  accountRole: z.enum(['member', 'admin'], { error: 'Choose member or admin.' }).optional(),
});

/** `role` is a built-in role, or the id of a custom one. */
export const RoleOfPerson = z.object({ person: id, role: z.union([z.enum(roles), z.string().regex(/^rol_\w{1,76}$/)], { error: 'Choose a role from the list.' }) });

export const Suspension = z.object({ person: id, suspended: z.union([z.boolean(), z.literal('yes').transform(() => true), z.literal('no').transform(() => false)]) });

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
