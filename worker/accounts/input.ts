import { z } from 'zod';
import { line } from '../platform/input.ts';
import { isFreeMail } from '../platform/free-mail.ts';

export const joinings = ['off', 'approve', 'open'] as const;

const DATE = 'Write the date as YYYY-MM-DD.';
const DOMAIN = 'Write domains like example.com.';
const isDate = (text: string) => new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) ?? false;

const domain = z.string(DOMAIN).trim().toLowerCase().max(253, DOMAIN).regex(/^[\p{L}\p{N}]([\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u, DOMAIN)
  .refine((name) => !isFreeMail(name), 'Anybody can have an address at this provider: it is no company’s domain.');

const facts = z.object({
  name: line(200, 'Write the name of the company.', 'Keep the name under 200 characters.'),
  /** Of their mail, lower case. */
  domains: z.array(domain, 'Give a list of domains.').max(50, 'Give at most fifty domains.'),
  /** Yearly revenue in whole units of the currency. */
  arr: z.number('Write the yearly revenue as a whole number.').int('Write the yearly revenue as a whole number.').min(0, 'Yearly revenue is not below zero.').max(1e12, 'This is more than we can count.'),
  currency: z.string('Write the currency in three letters, like EUR.').trim().toUpperCase().regex(/^[A-Z]{3}$/, 'Write the currency in three letters, like EUR.'),
  renewsOn: z.string(DATE).regex(/^\d{4}-\d\d-\d\d$/, DATE).refine(isDate, DATE).nullable(),
  plan: line(80, 'Write the name of the plan.', 'Keep the plan under 80 characters.').nullable(),
  joining: z.enum(joinings, 'Choose how colleagues come in.'),
  /** Id or e-mail address of a colleague. */
  csm: z.string('Choose someone who works here.').trim().max(254, 'Choose someone who works here.').nullable(),
});

export const NewAccount = facts.partial().required({ name: true });

/** What is left out stays; null empties. `revision` is the one that was seen. */
export const AccountChange = facts.partial().extend({ id: z.string().max(80), revision: z.int().nonnegative().optional() });
