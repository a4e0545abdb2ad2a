import { z } from 'zod';
import { said, tags } from '../platform/input.ts';
import { priorities, statuses } from '../tickets/schema.ts';
import { Condition } from '../views/schema.ts';

const id = z.string().regex(/^\w{0,80}$/);

/** Tickets that one bulk change can have. */
export const MOST = 10_000;

const json = (value: unknown) => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
};
const CHOOSE = 'Choose the tickets first.';

/**
 * Which tickets: those of these numbers, or, with `all`, every one of the condition as it was at the moment `at` (milliseconds), up to the number `bound`,
 * which was the newest then. `back` is the list that they were chosen from.
 */
export const Selection = z.object({
  condition: z.preprocess(json, Condition),
  ticket: z
    .union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))], { error: CHOOSE })
    .default([])
    .transform((value) => [...new Set((Array.isArray(value) ? value : [value]).map(Number))].filter((one) => Number.isSafeInteger(one) && one > 0))
    .pipe(z.array(z.number()).max(200, CHOOSE)),
  all: z.union([z.string(), z.boolean()]).optional().transform((value) => value !== undefined && value !== '' && value !== false),
  bound: said(z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)),
  at: said(z.coerce.number().int().nonnegative().max(8.64e15)),
  back: z.string().regex(/^\/agent(\/views\/[\w-]{1,80})?(\?[\w=&%.+-]{0,400})?$/).catch('/agent'),
});

/** What is left empty stays. `status` is a kind, or the id of one in own words. `assignee` is a person's id, `me` or `none`; `group` a group's id or `none`; `says` the id of a macro whose text is sent to each. */
export const Wish = z.object({
  status: said(z.union([z.enum(statuses), z.templateLiteral(['sts_', z.string().regex(/^\w{1,76}$/)])], { error: 'Choose a status from the list.' })),
  says: said(id.max(80)),
  priority: said(z.enum(priorities, { error: 'Choose a priority from the list.' })),
  assignee: said(id.max(80, 'Choose someone from the list.')),
  group: said(id.max(80, 'Choose a group from the list.')),
  addTags: z.preprocess((value) => value ?? '', tags),
  removeTags: z.preprocess((value) => value ?? '', tags),
});

export const NewRun = Selection.extend(Wish.shape);
export const OneRun = z.object({ id: z.string().max(80) });

export type Selection = z.infer<typeof Selection>;
export type Wish = z.infer<typeof Wish>;

/** Whether a wish wishes for anything. */
export const wishesNothing = ({ says, status, priority, assignee, group, addTags, removeTags }: Wish) => !says && !status && !priority && !assignee && !group && addTags.length === 0 && removeTags.length === 0;
