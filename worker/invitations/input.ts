import { z } from 'zod';
import { newPassword, onceMore, personName } from '../people/input.ts';
import { email, said } from '../platform/input.ts';
import { locales, roles } from '../platform/viewer.ts';

const url = z.url();

/** `role` is a built-in role or the id of a custom one; `account` an id or the name in full; `url` the public address, for the letter. */
export const NewInvitation = z.object({
  email,
  name: said(personName),
  role: z.union([z.enum(roles), z.string().regex(/^rol_\w{1,76}$/)], { error: 'Choose a role from the list.' }).default('customer'),
  account: said(z.string({ error: 'Choose an account.' }).trim().max(200, 'Choose an account.')),
  accountRole: z.enum(['member', 'admin'], { error: 'Choose member or admin.' }).default('member'),
  locale: z.enum(locales, { error: 'Choose one of the languages.' }).default('en'),
  url,
});

/** Many at once, as CSV; `locale` for lines that say none. */
export const ManyInvitations = z.object({
  csv: z.string({ error: 'Paste lines, or choose a file.' }).trim().min(1, 'Paste lines, or choose a file.').max(100_000, 'This is too much at once. Send it in parts.'),
  locale: z.enum(locales, { error: 'Choose one of the languages.' }).default('en'),
  url,
});

export const OneInvitation = z.object({ id: z.string().max(80) });

export const SentAgain = OneInvitation.extend({ url });

const arrival = { key: z.string().min(1).max(100), https: z.boolean(), device: z.string().max(1_000).default(''), place: z.string().max(200).default('') };

/** Somebody new accepts. */
export const Acceptance = z
  .object({ ...arrival, name: personName, password: newPassword, again: onceMore })
  .refine(({ password, again }) => password === again, { path: ['again'], error: 'The two passwords are not the same.' });

/** Somebody who is here already accepts. */
export const Joining = z.object(arrival);
