import { and, asc, desc, eq, gt, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { unanswered } from '../forms/access.ts';
import { visibleGroups } from '../groups/access.ts';
import { visibleMacros } from '../macros/access.ts';
import { authors, colleagues } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { decodeCursor, many, one, page, type Slice } from '../platform/query.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { categoryOf, customerWords } from '../statuses/access.ts';
import { requesters, undoSeconds, visibleTickets } from '../tickets/access.ts';
import { matching } from '../views/access.ts';
import { itemsOf, ownRuns } from './access.ts';
import { MOST, type Selection, type Wish } from './input.ts';

type Ticket = ReturnType<typeof visibleTickets>;

const isSelected = (ticket: Ticket, viewer: Viewer, { condition, ticket: numbers, all, bound, at }: Selection) =>
  all ? and(matching(ticket, viewer, condition, sql`${at ?? Date.now()}`), bound === undefined ? undefined : lte(ticket.number, bound)) : inArray(ticket.number, numbers);

/** The tickets that are chosen, oldest first, as far as the viewer sees them; one more than there may be tells that there are too many. */
export const selected = (db: Database, viewer: Viewer, selection: Selection) => {
  const ticket = visibleTickets(db, viewer);
  return db.select({ id: ticket.id, number: ticket.number, status: ticket.status, statusId: ticket.statusId, priority: ticket.priority, assigneeId: ticket.assigneeId, groupId: ticket.groupId, tags: ticket.tags }).from(ticket).where(isSelected(ticket, viewer, selection)).orderBy(asc(ticket.number)).limit(MOST + 1);
};

const given = (value: string, viewer: Viewer) => (value === 'none' ? null : value === 'me' ? viewer.id : value);

/** Whether a wish changes a chosen ticket, as SQL over its columns. */
function differs(viewer: Viewer, { says, status, priority, assignee, group, addTags, removeTags }: Wish): SQL {
  if (says) return sql`1`;
  const tagged = (not: string, list: string[]) => sql`exists (select 1 from json_each(${JSON.stringify(list)}) where json_each.value ${sql.raw(not)} in (select value from json_each(chosen.tags)))`;
  const parts = [
    status && (status.startsWith('sts_') ? sql`chosen.status_id is not ${status}` : sql`(chosen.status <> ${status} or chosen.status_id is not null)`), priority && sql`chosen.priority <> ${priority}`, assignee && sql`chosen.assignee_id is not ${given(assignee, viewer)}`, group && sql`chosen.group_id is not ${given(group, viewer)}`,
    addTags.length > 0 && tagged('not', addTags), removeTags.length > 0 && tagged('', removeTags),
  ].filter((part): part is SQL => typeof part === 'object');
  return parts.length === 0 ? sql`0` : sql`(${sql.join(parts, sql` or `)})`;
}

/** How many tickets are chosen, 10,001 at most; how many of them are closed, and how many of the rest a wish changes; and the newest number there is now. */
export const selectionCounted = one((db, viewer, selection: Selection, wish: Wish) => {
  const sum = (what: SQL) => sql<number>`coalesce(sum(${what}), 0)`;
  return db
    .select({
      total: sql<number>`count(*)`.as('total'), closed: sum(sql`chosen.status = 'closed'`).as('closed'), changing: sum(sql`chosen.status <> 'closed' and ${differs(viewer, wish)}`).as('changing'),
      bound: sql<number>`(select coalesce(max(number), 0) from tickets)`.as('bound'),
    })
    .from(sql`${selected(db, viewer, selection)} chosen`);
});

/** What a text that is sent to a ticket is filled in with. */
const addressed = (viewer: Viewer, ticket: Ticket, requester: ReturnType<typeof requesters>) => ({
  number: ticket.number, subject: ticket.subject, status: ticket.status, ownStatus: customerWords(ticket.statusId).as('own_status'), requesterId: ticket.requesterId,
  name: requester.name, locale: requester.locale, account: sql<string | null>`${can(viewer, 'accounts.see') ? sql`(select a.name from accounts a where a.id = ${ticket.accountId})` : sql`null`}`.as('account_name'),
});

export type Addressed = ReturnType<ReturnType<typeof selectionSample>['read']>[number];

/** The first of the chosen tickets, and whom they are of. */
export const selectionSample = many((db, viewer, selection: Selection) => {
  const [ticket, requester] = [visibleTickets(db, viewer), requesters(db, viewer)];
  return db.select({ ...addressed(viewer, ticket, requester), priority: ticket.priority, tags: ticket.tags }).from(ticket).innerJoin(requester, eq(requester.id, ticket.requesterId)).where(isSelected(ticket, viewer, selection)).orderBy(asc(ticket.number)).limit(10);
});

/** What starting a bulk change is decided on: whether there are this person, this group, this macro and this status in own words, and how many tickets are chosen, 10,001 at most. Always one row. */
export const bulkToStart = one((db, viewer, selection: Selection, { assignee = '', group = '', says = '', status }: Wish) => {
  const [chosen, found, macro] = [colleagues(db), visibleGroups(db, viewer), visibleMacros(db, viewer)];
  return db
    .select({ assigneeId: sql<string | null>`${chosen.id}`.as('chosen_id'), groupId: sql<string | null>`${found.id}`.as('found_id'), total: sql<number>`(select count(*) from ${selected(db, viewer, selection)})`.as('total'), chosenCategory: categoryOf(status ?? '').as('chosen_category'), chosenWords: customerWords(sql`${status ?? ''}`).as('chosen_words'), macro: { id: macro.id, name: macro.name, texts: macro.texts, visibility: macro.visibility, attachments: macro.attachments } })
    .from(sql`(select 1)`)
    .leftJoin(macro, eq(macro.id, says))
    .leftJoin(chosen, eq(chosen.id, assignee === 'me' ? (viewer.id ?? '') : assignee))
    .leftJoin(found, eq(found.id, group));
});

/** A bulk change of the viewer's. */
export const runById = one((db, viewer, id: string) => {
  const run = ownRuns(db, viewer);
  return db.select().from(run).where(eq(run.id, id));
});

/** The bulk changes of the viewer, the newest first. */
export const myRuns = many((db, viewer) => {
  const run = ownRuns(db, viewer);
  return db.select().from(run).orderBy(desc(run.createdAt), desc(run.id)).limit(20);
});

/** What came of each ticket of a bulk change, in order, a page of them. */
export const itemsPage = page(
  ({ place }: { place: number }) => [place],
  (db, viewer, { after, limit }: Slice, id: string) => {
    const [run, item, ticket] = [ownRuns(db, viewer), itemsOf(db), visibleTickets(db, viewer)];
    const [from = 0] = (decodeCursor(after, ['number']) ?? []) as [number?];
    return db
      .select({ place: item.place, outcome: item.outcome, why: item.why, reverted: item.reverted, number: ticket.number, subject: ticket.subject })
      .from(run)
      .innerJoin(item, eq(item.runId, run.id))
      .leftJoin(ticket, eq(ticket.id, item.ticketId))
      .where(and(eq(run.id, id), gt(item.place, from)))
      .orderBy(asc(item.place))
      .limit(limit + 1);
  },
);

/** Items that are done in one commit. */
export const CHUNK = 100;

/** The next items of a bulk change with the tickets as they are now, or, while it is taken back, of those that it changed. Without items, the run alone. */
export const chunkToDo = many((db, viewer, id: string) => {
  const [run, item, ticket, requester, actor] = [ownRuns(db, viewer), itemsOf(db), visibleTickets(db, viewer), requesters(db, viewer), authors(db, 'actor')];
  const isThere = (which: SQL) => sql<boolean>`exists (select 1 from held_replies h where ${which})`.mapWith(Boolean);
  const target = sql`case when json_type(${run.action}, '$.groupId') is null then ${ticket.groupId} else ${run.action} ->> 'groupId' end`;
  const isMember = (who: SQL) => sql<boolean>`exists (select 1 from group_members where group_id = ${target} and user_id = ${who})`.mapWith(Boolean);
  const place = sql`case ${run.state} when 'reverting' then ${run.looked} else ${run.seen} end`;
  return db
    .select({
      run: { id: run.id, action: run.action, state: run.state, total: run.total, seen: run.seen, looked: run.looked }, actorName: actor.name, undoSeconds: undoSeconds.as('undo_seconds'), to: addressed(viewer, ticket, requester),
      filesThere: sql<number>`(select count(*) from attachments f where f.macro_id is not null and f.id in (select value from json_each(coalesce(${run.action} -> '$.says.files', '[]'))))`.as('files_there'),
      isAnswered: isThere(sql`h.ticket_id = ${ticket.id} and h.visibility = 'public' and h.author_id <> ${run.actorId}`).as('is_answered'), isHeld: isThere(sql`h.id = ${item.messageId}`).as('is_held'), messageId: item.messageId,
      place: item.place, outcome: item.outcome, before: item.before,
      ticket: { id: ticket.id, status: ticket.status, statusId: ticket.statusId, priority: ticket.priority, assigneeId: ticket.assigneeId, groupId: ticket.groupId, tags: ticket.tags, solvedAt: ticket.solvedAt, waitingSince: ticket.waitingSince, updatedAt: ticket.updatedAt, unanswered: unanswered(viewer, ticket).as('unanswered') },
      revision: revisionOf(ticket.id).as('revision'), chosenIsMember: isMember(sql`${run.action} ->> 'assigneeId'`).as('chosen_is_member'), holderIsMember: isMember(sql`${ticket.assigneeId}`).as('holder_is_member'),
      isTouched: sql<boolean>`exists (select 1 from outbox where subject = ${ticket.id} and revision > ${item.revision} and type <> 'ticket.noted')`.mapWith(Boolean).as('is_touched'),
    })
    .from(run)
    .innerJoin(actor, eq(actor.id, run.actorId))
    .leftJoin(item, and(eq(item.runId, run.id), sql`${item.place} > ${place}`, sql`${item.place} <= ${place} + ${CHUNK}`))
    .leftJoin(ticket, eq(ticket.id, item.ticketId))
    .leftJoin(requester, eq(requester.id, ticket.requesterId))
    .where(eq(run.id, id))
    .orderBy(asc(item.place));
});

