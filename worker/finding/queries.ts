import { and, desc, eq, isNull, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { visibleGroups } from '../groups/access.ts';
import { authors } from '../people/access.ts';
import { decodeCursor, maybe, onlyIf, page, type Query, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { type Quoting, quoting } from '../search/access.ts';
import { agentWords } from '../statuses/access.ts';
import { atDesk, companies, ledTo, requesters, visibleTickets } from '../tickets/access.ts';
import { hits, isBeyond, isWith, lastSaid, type Said } from './access.ts';
import { type Finding, numberIn } from './input.ts';
import { heldBy, namesLike, sought } from './words.ts';

type Wanted = Omit<Finding, 'after'>;

/** What is asked as values for `written`. */
function looked({ q, requester, group }: Wanted) {
  const { terms, subject, names, without } = sought(q);
  return {
    terms: JSON.stringify(terms), subject, names, without: without || undefined, hasWords: terms.length > 0, requester: requester && namesLike(requester),
    isMine: group === 'mine', group: group && group !== 'mine' ? heldBy([group]) : undefined,
  };
}

/** Whether anything is looked for: words, or whose or which group's tickets they are. */
const isAsked = (wanted: Wanted) => sought(wanted.q).terms.length > 0 || wanted.requester !== undefined || wanted.group !== undefined;

/** What a list tells of a ticket. */
function shown(db: Database, viewer: Viewer) {
  const [ticket, requester, assignee] = [visibleTickets(db, viewer), requesters(db, viewer), authors(db, 'assignee')];
  const [company, group] = [companies(db, viewer), visibleGroups(db, viewer)];
  const columns = {
    id: ticket.id, number: ticket.number, subject: ticket.subject, status: ticket.status, ownStatus: agentWords(ticket.statusId).as('own_status'), priority: ticket.priority, updatedAt: ticket.updatedAt,
    requesterName: requester.name, requesterEmail: requester.email, accountName: company.name, groupName: group.name, assigneeId: ticket.assigneeId, assigneeName: assignee.name, said: lastSaid(viewer, ticket.id).as('said'),
  };
  return { ticket, requester, assignee, company, group, columns };
}

interface Placed {
  worth: number;
  updatedAt: Date;
  id: string;
}

/** Where the list goes on: after a ticket of this worth, where that counts, which changed at this moment. */
function onwardFrom({ after, limit }: Slice, isByWorth: boolean) {
  const cursor = decodeCursor(after, ['number', 'number', 'string']) ?? [];
  const [worth, at, last] = cursor as [number?, number?, string?];
  return { worth: isByWorth ? worth : undefined, at, last, most: limit + 1 };
}

type Ticket = ReturnType<typeof visibleTickets>;

/** The `+` tells the planner to come by what was found. */
const inState = ({ status, isOpen }: Ticket, state: Finding['status']): SQL | undefined => (state === 'unsolved' ? sql`+${isOpen} = 1` : state ? sql`+${status} = ${state}` : undefined);

type Holder = 'none' | 'me' | 'one' | undefined;

const holderIn = (assignee: string | undefined): Holder => (assignee === undefined || assignee === 'none' || assignee === 'me' ? assignee : 'one');

const heldAs = ({ assigneeId }: Ticket, viewer: Viewer, state: Holder, whom: SQLWrapper | undefined) =>
  state === 'none' ? isNull(assigneeId) : state === 'me' ? sql`+${assigneeId} = ${viewer.id ?? ''}` : state && whom ? isWith(sql`+${assigneeId}`, whom) : undefined;

const listed = page(
  ({ worth, updatedAt, id }: Placed) => [worth, updatedAt.getTime(), id],
  onlyIf(
    written(
      (slice: Slice, wanted: Wanted) => {
        const { assignee, status, sort } = wanted;
        return { ...looked(wanted), ...onwardFrom(slice, sort === 'relevance'), by: { status, sort, holder: holderIn(assignee) }, assignee };
      },
      (db, viewer, { worth, at, last, most, by, assignee: whom, hasWords, ...what }) => {
        const seen = visibleTickets(db, viewer);
        const order = by.sort === 'relevance' ? [sql`hits.worth`, seen.updatedAt, seen.id] : [seen.updatedAt, seen.id];
        const from = by.sort === 'relevance' ? [worth, at, last] : [at, last];
        const beyond = at && last && (by.sort !== 'relevance' || worth) ? sql`(${sql.join(order, sql`, `)}) < (${sql.join(from.map((one) => sql`${one}`), sql`, `)})` : undefined;
        const best = db
          .select({ id: seen.id, worth: sql<number>`hits.worth`.as('worth') })
          .from(sql`${hits(viewer, what, hasWords)} as hits`)
          .crossJoin(seen)
          .where(and(sql`${seen.number} = hits.number`, atDesk(viewer), inState(seen, by.status), heldAs(seen, viewer, by.holder, whom), beyond))
          .orderBy(...order.map((one) => desc(one)))
          .limit(most)
          .as('best');
        const { ticket, requester, assignee, company, group, columns } = shown(db, viewer);
        // Texts are read of those that are shown alone.
        return db
          .select({ ...columns, worth: best.worth })
          .from(best)
          .innerJoin(ticket, eq(ticket.id, best.id))
          .innerJoin(requester, eq(requester.id, ticket.requesterId))
          .leftJoin(company, eq(company.id, ticket.accountId))
          .leftJoin(group, eq(group.id, ticket.groupId))
          .leftJoin(assignee, eq(assignee.id, ticket.assigneeId))
          .orderBy(...(by.sort === 'relevance' ? [desc(best.worth)] : []), desc(ticket.updatedAt), desc(ticket.id));
      },
    ),
    (viewer, _slice, wanted) => can(viewer, 'tickets.see') && isAsked(wanted),
  ),
);

/** Where it was said, and what, as safe HTML with `<mark>`; of a ticket that was found by something else, what was said last. */
export interface Passage {
  messageId: string;
  isNote: boolean;
  html: string;
}

const marksIn = (html: string) => new Set([...html.matchAll(/<mark>([^<]*)/g)].map(([, word]) => word!.toLowerCase())).size;

/** The message that shows best why, the newest of equal ones. */
function passageOf(said: Said[], quote: Quoting): Passage | undefined {
  let best: (Passage & { marks: number }) | undefined;
  for (const { id, isNote, body } of said) {
    const html = quote.passage(body);
    const marks = marksIn(html);
    if (!best || marks > best.marks) best = { messageId: id, isNote, html, marks };
  }
  return best && { messageId: best.messageId, isNote: best.isNote, html: best.html };
}

/**
 * The tickets that staff look for, of those that they see: by every word of what was typed, in the subject, in what was said, notes too, or in the name or address of who
 * asks or of their account. The best are those with all of it in the subject, then those whose requester is called so; of equal ones, and in the order `changed`, the last
 * changed first. It looks through the newest thousand with these words.
 */
export function ticketsFound(slice: Slice, wanted: Wanted) {
  const found = listed(slice, wanted);
  const quote = quoting(sought(wanted.q).marks);
  return {
    ...found,
    read(rows: unknown[]) {
      const { items, next } = found.read(rows);
      return { items: items.map(({ said, ...ticket }) => ({ ...ticket, subjectHtml: quote.whole(ticket.subject), passage: passageOf(said, quote) })), next };
    },
  } satisfies Query<unknown>;
}

/** Whether more tickets have what is looked for than are looked through. */
export const isCut = maybe(
  onlyIf(
    written(looked, (db, viewer, { hasWords, ...what }) => db.select({ isCut: sql<boolean>`${isBeyond(viewer, what, hasWords)}`.mapWith(Boolean).as('is_cut') }).from(sql`(select 1)`).where(atDesk(viewer))),
    (viewer, wanted: Wanted) => can(viewer, 'tickets.see') && isAsked(wanted),
  ),
);

/** The ticket that a number leads to, where what was typed is one: undefined when the viewer sees none. */
export const ticketCalled = maybe(
  onlyIf(
    written(
      (typed: string) => ({ number: numberIn(typed) }),
      (db, viewer, { number }) => {
        const { ticket, requester, assignee, company, group, columns: { said: _, ...columns } } = shown(db, viewer);
        return db
          .select(columns)
          .from(ticket)
          .innerJoin(requester, eq(requester.id, ticket.requesterId))
          .leftJoin(company, eq(company.id, ticket.accountId))
          .leftJoin(group, eq(group.id, ticket.groupId))
          .leftJoin(assignee, eq(assignee.id, ticket.assigneeId))
          .where(and(sql`${ticket.id} = ${ledTo(viewer, number ?? 0)}`, atDesk(viewer)));
      },
    ),
    (viewer, typed) => can(viewer, 'tickets.see') && numberIn(typed) !== undefined,
  ),
);
