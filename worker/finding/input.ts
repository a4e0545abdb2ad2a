import { z } from 'zod';
import { statuses } from '../tickets/schema.ts';

export const sorts = ['relevance', 'changed'] as const;
export type Sort = (typeof sorts)[number];

const word = (most: number) => z.string().trim().max(most).optional().catch(undefined).transform((value) => value || undefined);

/**
 * What staff look for among tickets, as the address holds it: words, `status` a kind or every `unsolved` one, `assignee` a handle, `me` or `none`, `group`
 * an id, `mine` or `none`, `requester` words of a name or address, of a person or an account. What is unknown is ignored.
 */
export const Finding = z.object({
  q: z.string().transform((typed) => typed.replaceAll('\u0000', '').slice(0, 400)).catch(''),
  status: z.enum(['unsolved', ...statuses]).optional().catch(undefined),
  assignee: word(80),
  group: word(80),
  requester: word(120),
  sort: z.enum(sorts).catch('relevance'),
  after: z.string().max(400).optional().catch(undefined),
});

export type Finding = z.infer<typeof Finding>;

/** The number of a ticket, where that is all that was typed, with its sign or without. */
export function numberIn(typed: string): number | undefined {
  const [, digits] = /^\s*#?(\d{1,15})\s*$/.exec(typed) ?? [];
  return digits ? Number(digits) || undefined : undefined;
}
