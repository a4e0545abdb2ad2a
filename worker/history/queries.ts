import { and, asc, desc, eq, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { visibleTopics } from '../forum/access.ts';
import { authors } from '../people/access.ts';
import { markedBy, remembered } from '../platform/kept.ts';
import { many, onward, page, type Slice } from '../platform/query.ts';
import { nothing } from '../platform/seldom.ts';
import { written } from '../platform/statement.ts';
import type { Viewer } from '../platform/viewer.ts';
import { partsOf, seenId, ticketMark } from '../tickets/access.ts';
import { keys, log } from './access.ts';
import type { Filters } from './input.ts';

interface Wish extends Pick<Filters, 'type' | 'actor'> {
  /** Oldest first. */
  rising?: boolean;
}

const wanted = (slice: Slice, number: number, { type, actor, rising = false }: Wish) => ({ ...onward(slice), number, type, handle: actor, rising });

/** What an event names by its id, by that id; of words beside the ticket, who wrote them. */
const namedIn = (viewer: Viewer, { data }: ReturnType<typeof log>) => {
  const [status, form] = viewer.locale === 'el' ? [sql.raw("coalesce(nullif(s.agent_el, ''), s.agent_en)"), sql.raw("coalesce(nullif(f.name_el, ''), f.name_en)")] : [sql.raw('s.agent_en'), sql.raw('f.name_en')];
  return sql`(select json_group_object(atom, coalesce(u.name, a.name, g.name, w.name, ${status}, ${form})) from json_tree(${data})
    left join users u on u.id = atom left join accounts a on a.id = atom left join groups g on g.id = atom left join ticket_statuses s on s.id = atom left join ticket_forms f on f.id = atom
    left join side_messages said on said.id = atom left join side_members w on w.id = said.author_id
    where json_tree.type = 'text' and coalesce(u.id, a.id, g.id, s.id, f.id, w.id) is not null)`;
};

/** Whether a ticket was opened for somebody who does not ask it any more. */
const isHandedOn = ({ type, subject }: ReturnType<typeof log>) => sql`${type} = 'ticket.opened' and exists (select 1 from outbox later where later.subject = ${subject} and later.type = 'ticket.requester_changed')`;

/** The same of those events that name others than staff and the requester, for a page that knows these. */
const othersIn = (viewer: Viewer, entry: ReturnType<typeof log>) => sql`case when ${entry.type} in ('ticket.filled', 'ticket.absorbed', 'ticket.copied', 'ticket.uncopied', 'ticket.unsent', 'ticket.requester_changed', 'side.written') or ${isHandedOn(entry)} then ${namedIn(viewer, entry)} else '{}' end`;

const readNames = (names: SQL) => sql<Record<string, string>>`${names}`.mapWith((json: string) => JSON.parse(json) as Record<string, string>).as('named_in');

interface Topic {
  number: number;
  slug: string;
  title: string;
}

/** The topic that a ticket came from (by its number) or became (by its id), for who sees it. */
const topicIn = (db: Database, viewer: Viewer, { type, data }: ReturnType<typeof log>) => {
  const topic = visibleTopics(db, viewer);
  const found = (column: SQLWrapper, event: string) => sql`(select json_object('number', ${topic.number}, 'slug', ${topic.slug}, 'title', ${topic.title}) from ${topic} where ${type} = ${event} and ${column} = json_extract(${data}, '$.topic'))`;
  return sql<Topic | null>`coalesce(${found(topic.id, 'ticket.published')}, ${found(topic.number, 'ticket.opened')})`.mapWith((json: string | null) => (json === null ? null : (JSON.parse(json) as Topic))).as('topic');
};

/** What happened to a ticket and to those that are part of it: which of them, by whom, and by which token; `other` is the number of the ticket, and `topic` the topic that an event names. The latest first, if not said otherwise. Staff only. */
export const historyPage = page(
  ({ createdAt, id }: { createdAt: Date; id: string }) => [createdAt.getTime(), id],
  written(wanted, (db, viewer, { at, last, most, number, type, handle, rising }) => {
    const [entry, actor, key] = [log(db, viewer), authors(db, 'actor'), keys(db, viewer)];
    const whose = handle && sql`(${entry.actorId} = coalesce((select id from users where handle = ${handle}), ${handle}) or (${handle} = 'system' and ${entry.actorId} is null and ${entry.type} in ('ticket.woken', 'ticket.changed', 'ticket.unsent')))`;
    const beyond = at && last && (rising ? sql`(${entry.createdAt}, ${entry.id}) > (${at}, ${last})` : sql`(${entry.createdAt}, ${entry.id}) < (${at}, ${last})`);
    const order = rising ? asc : desc;
    return db
      .select({
        id: entry.id, type: entry.type, data: entry.data, names: readNames(namedIn(viewer, entry)), topic: topicIn(db, viewer, entry), createdAt: entry.createdAt, actorId: entry.actorId, actorName: actor.name, actorHandle: actor.handle, tokenId: entry.tokenId, tokenName: key.name,
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
export const historyOfTicket = remembered(
  many(
    written(
      (number: number, hasNames = true) => ({ number, hasNames }),
      (db, viewer, { number, hasNames }) => {
        const [entry, actor] = [log(db, viewer), authors(db, 'actor')];
        return db
          .select({ id: entry.id, revision: entry.revision, type: entry.type, data: entry.data, names: hasNames ? readNames(othersIn(viewer, entry)) : nothing<Record<string, string>>({}).as('named_in'), createdAt: entry.createdAt, actorId: entry.actorId, actorName: actor.name })
          .from(entry)
          .leftJoin(actor, eq(actor.id, entry.actorId))
          .where(sql`${entry.subject} = ${seenId(db, viewer, number)}`)
          .orderBy(asc(entry.revision))
          .limit(200);
      },
    ),
  ),
  markedBy(ticketMark),
);
