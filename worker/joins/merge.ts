import { eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { ancestorsOf, parentsOf } from '../links/access.ts';
import { type Guard, operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { tickets } from '../tickets/schema.ts';
import { answersBrought } from './answers.ts';
import { differences } from './differing.ts';
import { fieldsOf, gains, joined, rowOf } from './fields.ts';
import { Merging } from './input.ts';
import { letIn, moving, peopleOf } from './moving.ts';
import { type ToMerge, ticketsToMerge } from './queries.ts';
import { ticketMerges } from './schema.ts';
import { typedLinksEnded } from './typed.ts';

/**
 * Makes tickets part of another: it has their messages, tags and people, and every number of theirs leads there. Of other requesters only staff, and they
 * themselves, read what they wrote, unless they are to take part. Nor then do those read it who typed the address of a ticket without signing in: nobody confirmed it, and the link that they were shown ends; those of letters lead on. It can be undone, but for such links.
 */
export const mergeTickets = operation({
  name: 'joins.merge',
  input: Merging,
  subject: ({ number, into, sources }) => ticketsToMerge(number, [...sources, into]),
  may: permitted('tickets.change'),
  decide(setting, input, found) {
    const { db, viewer, now, newId } = setting;
    const target = found.find(({ asked }) => asked.includes(input.into));
    const sources = found.filter(({ number }) => input.sources.includes(number));
    check(viewer, input, target, sources);
    let fields = fieldsOf(target);
    let tags = target.tags;
    const brought = [...target.brought];
    const merges = sources.map((source) => {
      const before = fields;
      const gained = gains(tags, brought, source.tags);
      brought.push(gained);
      tags = [...new Set([...tags, ...gained])];
      fields = joined(before, fieldsOf(source), now.getTime());
      return { id: newId('mrg'), sourceId: source.id, targetId: target.id, isPrivate: source.requesterId !== target.requesterId && !input.share, source: fieldsOf(source), before, after: fields, gained, createdAt: now };
    });
    const open = merges.filter(({ isPrivate }) => !isPrivate).map(({ id }) => id);
    return {
      guard: oneFamily([target.id, ...sources.map(({ id }) => id)]),
      statements: [
        db.insert(ticketMerges).values(merges),
        ...moving(merges, target.id, now),
        ...(open.length > 0 && !input.share ? [typedLinksEnded(target.id)] : []),
        ...(open.length > 0 ? [letIn(open)] : []),
        peopleOf(merges.map(({ id }) => id)),
        answersBrought(merges.map(({ id }) => id)),
        db.update(tickets).set({ ...rowOf(fields), tags, messagesCount: sources.reduce((sum, { messagesCount }) => sum + messagesCount, target.messagesCount) }).where(eq(tickets.id, target.id)),
      ],
      events: eventsOf(target, sources, input.share),
      result: { number: target.number, merged: sources.map(({ number }) => number) },
    };
  },
});

/** Holds as long as these as one ticket have one parent at most, which is not below them. */
function oneFamily(ids: string[]): Guard {
  const those = sql`(select value from json_each(${JSON.stringify(ids)}))`;
  return {
    holds: sql`(select min(id) is max(id) from (${parentsOf(those)})) and not exists (select 1 from (${ancestorsOf(those)}) where id in ${those})`,
    otherwise: new Refusal('conflict', 'As one ticket these would have two parents, or be their own. Remove the links to parents first.'),
  };
}

const marked = (field: 'into' | 'sources', sentence: string) => invalid({ [field]: sentence });

function check(viewer: Viewer, { sources: numbers, into, accounts, number }: z.infer<typeof Merging>, target: ToMerge | undefined, sources: ToMerge[]): asserts target is ToMerge {
  const field = numbers.includes(number) ? 'into' : 'sources';
  if (!target) throw marked(field, `There is no ticket ${into}.`);
  const missing = numbers.filter((one) => !sources.some((source) => source.number === one));
  if (missing.length > 0) throw marked('sources', `These are not there, or part of another ticket already: ${missing.join(', ')}.`);
  if (sources.some(({ id }) => id === target.id)) throw marked(field, 'A ticket cannot be merged into itself.');
  if (sources.some(({ kind }) => kind !== target.kind)) throw marked(field, 'Internal tickets are merged with internal tickets only.');
  if (target.status === 'closed') throw new Refusal('conflict', 'A closed ticket takes in no other.');
  if (sources.some(({ holdsPrivate }) => holdsPrivate)) throw new Refusal('conflict', 'It holds a ticket that only staff see. Let its requester take part, or unmerge it first.');
  if (!sources.some(({ accountId }) => accountId !== null && target.accountId !== null && accountId !== target.accountId)) return;
  if (!can(viewer, 'tickets.merge-accounts')) throw new Refusal('forbidden', 'Your role may not merge tickets of different accounts.');
  if (!accounts) throw marked('accounts' as 'into', 'These tickets belong to different accounts. Confirm that you mean it.');
}

/** The log of both sides. Where the fields of a source differed, the target's won: what was kept and what was lost is told. */
function eventsOf(target: ToMerge, sources: ToMerge[], share: boolean) {
  const { differed, dropped } = differences(target, sources, ({ requesterId }) => share || requesterId === target.requesterId);
  return [
    ...sources.map(({ id, revision }) => ({ type: 'ticket.merged' as const, subject: id, revision: revision + 1, data: { into: target.number, ...(share ? { share } : {}), ...(dropped.has(id) ? { dropped: dropped.get(id) } : {}) } })),
    { type: 'ticket.absorbed' as const, subject: target.id, revision: target.revision + 1, data: { tickets: sources.map(({ number }) => number), ...(differed.length > 0 ? { differed } : {}) } },
  ];
}
