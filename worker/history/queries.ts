import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { authors } from '../people/access.ts';
import { many, onward, page, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { partsOf, seenId } from '../tickets/access.ts';
import { keys, log } from './access.ts';
import type { Filters } from './input.ts';

interface Wish extends Pick<Filters, 'type' | 'actor'> {
  /** Oldest first. */
  rising?: boolean;
}

const wanted = (slice: Slice, number: number, { type, actor, rising = false }: Wish) => ({ ...onward(slice), number, type, handle: actor, rising });

/** The people and accounts that answers in an event name, by their ids. */
const namedIn = ({ type, data }: ReturnType<typeof log>) =>
  sql<Record<string, string>>`case when ${type} in ('ticket.filled', 'ticket.absorbed') then (select json_group_object(atom, coalesce(u.name, a.name)) from json_tree(${data}) left join users u on u.id = atom left join accounts a on a.id = atom where json_tree.type = 'text' and (u.id is not null or a.id is not null)) else '{}' end`.mapWith((json: string) => JSON.parse(json) as Record<string, string>).as('named_in');

/** What happened to a ticket and to those that are part of it: which of them, by whom, and by which token; `other` is the number of the ticket that an event names. The latest first, if not said otherwise. Staff only. */
export const historyPage = page(
  ({ createdAt, id }: { createdAt: Date; id: string }) => [createdAt.getTime(), id],
  written(wanted, (db, viewer, { at, last, most, number, type, handle, rising }) => {
    const [entry, actor, key] = [log(db, viewer), authors(db, 'actor'), keys(db, viewer)];
    const whose = handle && sql`${entry.actorId} = coalesce((select id from users where handle = ${handle}), ${handle})`;
    const beyond = at && last && (rising ? sql`(${entry.createdAt}, ${entry.id}) > (${at}, ${last})` : sql`(${entry.createdAt}, ${entry.id}) < (${at}, ${last})`);
    const order = rising ? asc : desc;
    return db
      .select({
        id: entry.id, type: entry.type, data: entry.data, names: namedIn(entry), createdAt: entry.createdAt, actorId: entry.actorId, actorName: actor.name, actorHandle: actor.handle, tokenId: entry.tokenId, tokenName: key.name,
        other: sql<number | null>`(select t.number from tickets t where t.id = json_extract(${entry.data}, '$.ticketId'))`.as('other'), ticket: sql<number>`(select t.number from tickets t where t.id = ${entry.subject})`.as('ticket'),
      })
      .from(entry)
      .leftJoin(actor, eq(actor.id, entry.actorId))
      .leftJoin(key, eq(key.id, entry.tokenId))
      .where(and(sql`${entry.subject} in ${partsOf(viewer, seenId(db, viewer, number))}`, type && eq(entry.type, type), whose, beyond))
      .orderBy(order(entry.createdAt), order(entry.id))
      .limit(most);
  }),
);

export type Entry = ReturnType<ReturnType<typeof historyPage>['read']>['items'][number];

/** What happened to a ticket alone, oldest first: its beginning. Staff only. */
export const historyOfTicket = many(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const [entry, actor] = [log(db, viewer), authors(db, 'actor')];
      return db
        .select({ id: entry.id, type: entry.type, data: entry.data, names: namedIn(entry), createdAt: entry.createdAt, actorName: actor.name })
        .from(entry)
        .leftJoin(actor, eq(actor.id, entry.actorId))
        .where(sql`${entry.subject} = ${seenId(db, viewer, number)}`)
        .orderBy(asc(entry.revision))
        .limit(200);
    },
  ),
);
