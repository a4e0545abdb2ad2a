import { z } from 'zod';
import { line, remark } from '../platform/input.ts';
import { roles } from '../platform/viewer.ts';

const ENTRY = /^(role|plan|account|group|csm):\s*(\S.{0,119})$/;
const WRONG = 'Write only roles, plans, accounts, groups and CSMs that there are.';

/** Who may, as typed with commas or as a list: `role:customer, plan:Enterprise, account:Acme, csm:cleo, group:Billing`. Nobody named is everybody: null. */
const names = z
  .union([z.string(), z.array(z.string())], { error: WRONG })
  .nullish()
  .transform((typed) => (Array.isArray(typed) ? typed : (typed ?? '').split(',')).map((one) => one.trim()).filter(Boolean))
  .refine((list) => list.length <= 50 && list.every((one) => ENTRY.test(one)), WRONG)
  .transform((list) => list.map((one) => one.replace(ENTRY, '$1:$2')))
  .refine((list) => list.every((one) => !one.startsWith('role:') || ['role:visitor', ...roles.map((role) => `role:${role}`)].includes(one)), WRONG)
  .transform((list) => (list.length === 0 ? null : list));

/** `id` is left out of a new one. */
export const Category = z.object({
  id: z.string().max(80).optional(),
  name: line(80, 'Write a name.', 'Keep the name under 80 characters.'),
  slug: z.string({ error: 'Use small letters, digits and hyphens.' }).regex(/^(?!new$|topics$)[a-z0-9][a-z0-9-]{0,59}$/, 'Use small letters, digits and hyphens.'),
  description: remark(300, 'Keep the description under 300 characters.'),
  parent: z.string().max(80).default(''),
  position: z.coerce.number({ error: 'Write a whole number.' }).int('Write a whole number.').min(-1000, 'Write a whole number.').max(1000, 'Write a whole number.').default(0),
  /** Hours within which questions are answered; nothing where that is not promised. */
  answerWithin: z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number({ error: 'Write a whole number of hours.' }).int('Write a whole number of hours.').min(1, 'Write a whole number of hours.').max(8_760, 'A year at most.').nullable()),
  /** Whether search engines may show its topics. */
  engines: z.enum(['shown', 'hidden']).default('shown'),
  see: names,
  reply: names,
  create: names,
});
