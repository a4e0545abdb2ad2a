import { and, asc, desc, eq, type SQLWrapper, sql } from 'drizzle-orm';
import { visibleGroups } from '../groups/access.ts';
import { unanswered } from '../forms/access.ts';
import { categoryOf, customerWords, type OwnStatus, statusesOfDesk } from '../statuses/access.ts';
import { isToldOf } from '../notifications/access.ts';
import { authors, colleagues as staffOf } from '../people/access.ts';
import { drawing } from '../platform/markdown.ts';
import { revisionOf } from '../platform/outbox.ts';
import { remembered } from '../platform/kept.ts';
import { many, maybe, one, onlyIf, onward, page, type Slice } from '../platform/query.ts';
import { nothing } from '../platform/seldom.ts';
import { written } from '../platform/statement.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { addressees, companies, holds, isCopied, isPartOfOpen, ledTo, ofNumber, partsOf, openOfAccount, requesters, undoSeconds, takenInto, takesPart, UNDO_SECONDS, visibleMessages, visibleTickets } from './access.ts';
import type { statuses } from './input.ts';
import { partsAtDesk, type TicketPart } from './parts.ts';
import { markOfTicket } from './screen.ts';
import { asMatch } from './words.ts';

/** The id of the ticket that holds the messages of another: itself, or, when staff merged it privately, what it is part of. */
const heldIn = (ticket: ReturnType<typeof visibleTickets>) => sql<string>`coalesce(${ticket.mergedInto}, ${ticket.id})`;

/** The place that the viewer counts the newest message of a ticket at; for staff, the newest that is not their own: what they sent themselves crosses nothing of theirs. */
const lastMessageOf = (ticket: ReturnType<typeof visibleTickets>, viewer: Viewer) =>
  can(viewer, 'tickets.see')
    ? sql<number>`(select coalesce(max(m.number), 0) from ticket_messages m where m.ticket_id = ${heldIn(ticket)} and m.author_id <> ${viewer.id ?? ''})`
    : sql<number>`(select count(*) from ticket_messages m where m.ticket_id = ${heldIn(ticket)} and m.visibility = 'public' and coalesce(m.audience_id, m.ticket_id) = ${ticket.id})`;

/** Whether the viewer may have a ticket: those whom one can be given to, of its group where it has one. */
const mayHold = ({ id }: Viewer, groupId: SQLWrapper) => sql<boolean>`(exists (select 1 from users where id = ${id ?? ''} and role in ('agent', 'csm', 'admin')) and (${groupId} is null or exists (select 1 from group_members where group_id = ${groupId} and user_id = ${id ?? ''})))`.mapWith(Boolean);

/** What operations on a ticket are decided on; `mayHold` says whether it can be the viewer’s, `chosenCategory` is the kind of the status in own words that is `chosen`. */
export const ticketToChange = one(
  written(
    (number: number, chosen = '') => ({ number, chosen }),
    (db, viewer, { number, chosen }) => {
      const ticket = visibleTickets(db, viewer);
      const requester = authors(db, 'requester');
      return db
        .select({
          id: ticket.id, number: ticket.number, requesterId: ticket.requesterId, accountId: ticket.accountId, subject: ticket.subject, status: ticket.status, statusId: ticket.statusId, chosenCategory: categoryOf(chosen).as('chosen_category'), isOpen: ticket.isOpen,
          priority: ticket.priority, assigneeId: ticket.assigneeId, tags: ticket.tags, snoozedUntil: ticket.snoozedUntil, isCopied: isCopied(viewer, ticket.id).as('is_copied'), undoSeconds: undoSeconds.as('undo_seconds'),
          requesterRole: requester.role, lastMessage: lastMessageOf(ticket, viewer), kind: ticket.kind,
          unanswered: unanswered(viewer, ticket).as('unanswered'), formId: ticket.formId, heldIn: heldIn(ticket).as('held_in'), heldAs: sql<'closed' | 'open'>`(select held.status from tickets held where held.id = ${heldIn(ticket)})`.as('held_as'),
          linkRound: ticket.linkRound, asked: sql<number>`${number}`.as('asked'), takesPart: takesPart(viewer, ticket.id).as('takes_part'), revision: revisionOf(ticket.id),
          mayHold: mayHold(viewer, ticket.groupId).as('may_hold'), askerId: ofNumber<string>(number, 'requester_id').as('asker_id'), askerAccountId: ofNumber<string | null>(number, 'account_id').as('asker_account_id'),
        })
        .from(ticket)
        .innerJoin(requester, eq(requester.id, ticket.requesterId))
        .where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
    },
  ),
);

/**
 * The same, with whom and which group it may be given to: `chosenId` and `groupFound` are null when there is no such, and whether the one chosen and
 * the one who has it are in the group that it will have: `group`, or, when that is not said, its own.
 */
export const ticketToAssign = one((db, viewer, number: number, assignee: string, group?: string, status = '') => {
  const ticket = visibleTickets(db, viewer);
  const chosen = staffOf(db);
  const target = group === undefined ? ticket.groupId : sql`${group}`;
  const isMember = (who: SQLWrapper) => sql<boolean>`exists (select 1 from group_members where group_id = ${target} and user_id = ${who})`.mapWith(Boolean);
  return db
    .select({
      id: ticket.id, number: ticket.number, subject: ticket.subject, status: ticket.status, statusId: ticket.statusId, chosenCategory: categoryOf(status).as('chosen_category'), priority: ticket.priority, assigneeId: ticket.assigneeId, groupId: ticket.groupId, tags: ticket.tags, unanswered: unanswered(viewer, ticket).as('unanswered'),
      chosenId: chosen.id, revision: revisionOf(ticket.id), groupFound: sql<string | null>`(select id from groups where id = ${target})`.as('group_found'),
      chosenIsMember: isMember(sql`${assignee === 'me' ? (viewer.id ?? '') : assignee}`).as('chosen_is_member'), holderIsMember: isMember(sql`${ticket.assigneeId}`).as('holder_is_member'),
    })
    .from(ticket)
    .leftJoin(chosen, eq(chosen.id, assignee))
    .where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
});

/** What opening a ticket is decided on: who has an address, for whose a guest's is, how often guests wrote lately by each of these keys, and the form that is meant. Always one row. */
export const ticketToOpen = one((db, viewer, email: string | undefined, keys: string[], since: Date, form: string | undefined, said: Record<string, unknown>) => addressees(db, viewer, email, keys, since, { form, said }));

/** The status that whoever reads a ticket is told. Of one that staff merged privately it is not its own, which is closed: those who asked it wait for an answer still, or not any more. */
const statusFor = (ticket: ReturnType<typeof visibleTickets>) =>
  sql<(typeof statuses)[number]>`case when ${ticket.mergedInto} is null then ${ticket.status} else (select case when held.status in ('solved', 'closed') then held.status else 'open' end from tickets held where held.id = ${ticket.mergedInto}) end`.as('status_for');

/** Whether the viewer was told something of a ticket, or of what is part of it, that they have not seen. */
const isTold = (viewer: Viewer, ticket: ReturnType<typeof visibleTickets>) => isToldOf(viewer, partsOf(viewer, ticket.id)).as('is_told');

/** A ticket as those who asked see it; `isPart` says that staff handle it together with another, which is not for this viewer; undefined when it is not for this viewer. */
export const ticketByNumber = maybe(
  written(
    (number: number) => ({ number }),
    (db, viewer, { number }) => {
      const ticket = visibleTickets(db, viewer);
      const [requester, assignee] = [authors(db, 'requester'), authors(db, 'assignee')];
      return db
        .select({
          id: ticket.id, number: ticket.number, requesterId: ticket.requesterId, requesterName: requester.name, accountId: ticket.accountId, subject: ticket.subject, status: statusFor(ticket), isPart: sql<boolean>`${ticket.mergedInto} is not null`.mapWith(Boolean).as('is_part'), ownStatus: customerWords(sql`case when ${ticket.mergedInto} is null then ${ticket.statusId} end`).as('own_status'),
          priority: ticket.priority, assigneeName: assignee.name, createdAt: ticket.createdAt, updatedAt: ticket.updatedAt, solvedAt: ticket.solvedAt, isTold: isTold(viewer, ticket), linkRound: ticket.linkRound, askerId: ofNumber<string>(number, 'requester_id').as('asker_id'),
        })
        .from(ticket)
        .innerJoin(requester, eq(requester.id, ticket.requesterId))
        .leftJoin(assignee, eq(assignee.id, ticket.assigneeId))
        .where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
    },
  ),
);

/** The number of the ticket that a message was written in, if that is another than the one that it is in. */
const originOf = ({ ticketId, originTicketId }: ReturnType<typeof visibleMessages>) => sql<number | null>`(select origin.number from tickets origin where origin.id = ${originTicketId} and origin.id <> ${ticketId})`;

/** The same where that is not asked for: 0 in place of the number. */
const isElsewhere = ({ ticketId, originTicketId }: ReturnType<typeof visibleMessages>) => sql<number | null>`case when ${originTicketId} <> ${ticketId} then 0 end`;

/** Its messages, oldest first, as far as the viewer sees them, with their files unless it is known that there are none. Of those that were written in another ticket, by a merge or since it was split or merged no more, `origin` tells which, or 0 where it is thought that there are none. */
export const messagesOfTicket = remembered(
  many(
    written(
      (number: number, isMerged = true, hasFiles = true) => ({ number, isMerged, hasFiles }),
      (db, viewer, { number, isMerged, hasFiles }) => {
        const message = visibleMessages(db, viewer, number);
        const author = authors(db);
        return db
          .select({ id: message.id, number: message.number, visibility: message.visibility, createdAt: message.createdAt, attachments: hasFiles ? message.attachments : nothing<typeof message.attachments._.type>([]).as('attachments'), origin: (isMerged ? originOf : isElsewhere)(message).as('origin'), isPrivate: sql<boolean>`${message.audienceId} is not null`.mapWith(Boolean).as('is_private'), author: { id: author.id, name: author.name, handle: author.handle, role: author.role }, ...drawing(message) })
          .from(message)
          .innerJoin(author, eq(author.id, message.authorId))
          .orderBy(asc(message.createdAt), asc(message.number));
      },
    ),
  ),
  markOfTicket,
);

/** A customer's tickets, those of their whole account, or those they are copied on or were let into; last changed first; with a question those that hold its words. */
export const ticketsAsked = page(
  (row: { updatedAt: Date; id: string }) => [row.updatedAt.getTime(), row.id],
  onlyIf(written(
    (slice: Slice, state: 'open' | 'solved', whose: 'mine' | 'account' | 'copied', question?: string) => ({ ...onward(slice), match: asMatch(question), isOpen: state === 'open', whole: whose === 'account', isCopied: whose === 'copied' }),
    (db, viewer, { at, last, most, match, isOpen, whole, isCopied: onlyCopied }) => {
      const ticket = visibleTickets(db, viewer);
      const [requester, assignee] = [authors(db, 'requester'), authors(db, 'assignee')];
      const account = whole && !onlyCopied ? viewer.accountId : null;
      const ofAccount = account === null ? undefined : isOpen ? sql`${ticket.id} in (${openOfAccount(account, most, (row) => and(before(sql`${row}.updated_at`, sql`${row}.id`, at, last), match && holds(sql`${row}.number`, match)))})` : eq(ticket.accountId, account);
      const whom = ofAccount ?? (onlyCopied ? sql`${ticket.id} in (${takenInto(viewer.id ?? '')})` : eq(ticket.requesterId, viewer.id ?? ''));
      // The `+` tells the planner to come by whose they are.
      const isInState = isOpen ? (account ? undefined : sql`(+${ticket.isOpen} = 1 or ${isPartOfOpen(ticket)})`) : sql`${account ? ticket.isOpen : sql`+${ticket.isOpen}`} = 0 and not ${isPartOfOpen(ticket)}`;
      return db
        .select({
          id: ticket.id, number: ticket.number, subject: ticket.subject, status: statusFor(ticket), ownStatus: customerWords(sql`case when ${ticket.mergedInto} is null then ${ticket.statusId} end`).as('own_status'), updatedAt: ticket.updatedAt,
          requesterId: ticket.requesterId, requesterName: requester.name, assigneeName: assignee.name,
        })
        .from(ticket)
        .innerJoin(requester, eq(requester.id, ticket.requesterId))
        .leftJoin(assignee, eq(assignee.id, ticket.assigneeId))
        .where(and(whom, isInState, match && holds(ticket.number, match), before(ticket.updatedAt, ticket.id, at, last)))
        .orderBy(desc(ticket.updatedAt), desc(ticket.id))
        .limit(most);
    },
  ), ({ id }) => id !== null),
);

/** True for who may see every ticket; a list of the desk is empty for everyone else. */
const atDesk = (viewer: Viewer) => (can(viewer, 'tickets.see') ? undefined : sql`false`);

/** What comes after the cursor in a list that falls by (column, id). */
const before = (column: SQLWrapper, id: SQLWrapper, at: SQLWrapper | undefined, last: SQLWrapper | undefined) => at && last && sql`(${column}, ${id}) < (${at}, ${last})`;

/** Whom a ticket can be given to, by name. Staff only. */
export const colleagues = many(
  written(
    () => ({}),
    (db, viewer) => {
      const colleague = staffOf(db);
      return db.select({ id: colleague.id, name: colleague.name, handle: colleague.handle, isAway: colleague.isAway, awayUntil: colleague.awayUntil }).from(colleague).where(atDesk(viewer)).orderBy(asc(colleague.name));
    },
  ),
);

/** By which words it is found, as JSON; null before the clock has come by. */
const stemsOf = (id: SQLWrapper) => sql<string | null>`(select words from ticket_words where ticket_id = ${id})`;

/** Everything an agent has to know of a ticket: who asks, for which company, who has it, and by which stems what came near it may be like it, and which parts of its page there may be something for; what few have is asked for where it is there. Undefined when this is not for the viewer. */
export const ticketAtDesk = remembered(
  maybe(
    written(
      (number: number, has: (part: TicketPart) => boolean = () => true) => ({ number, near: has('near'), statuses: has('statuses'), undo: has('undo') }),
      (db, viewer, { number, near, statuses, undo }) => {
        const ticket = visibleTickets(db, viewer);
        const [requester, company] = [requesters(db, viewer), companies(db, viewer)];
        const [assignee, csm, group] = [authors(db, 'assignee'), authors(db, 'csm'), visibleGroups(db, viewer)];
        return db
          .select({
            id: ticket.id, number: ticket.number, subject: ticket.subject, status: ticket.status, statusId: ticket.statusId, ownStatuses: (statuses ? statusesOfDesk(viewer) : nothing<OwnStatus[]>([])).as('own_statuses'), priority: ticket.priority, kind: ticket.kind, isOpen: ticket.isOpen, tags: ticket.tags, snooze: ticket.snooze, snoozedUntil: ticket.snoozedUntil, undoSeconds: (undo ? undoSeconds : nothing({ public: UNDO_SECONDS, internal: UNDO_SECONDS })).as('undo_seconds'),
            assigneeId: ticket.assigneeId, assigneeName: assignee.name, groupId: ticket.groupId, groupName: group.name, waitingSince: ticket.waitingSince, createdAt: ticket.createdAt, updatedAt: ticket.updatedAt,
            has: partsAtDesk(ticket, requester), revision: revisionOf(ticket.id).as('revision'), requester: {
              id: requester.id, name: requester.name, handle: requester.handle, role: requester.role, email: requester.email, locale: requester.locale,
              timeZone: requester.timeZone, isStaged: requester.staged,
            },
            account: { id: company.id, name: company.name, plan: company.plan, arr: company.arr, currency: company.currency, renewsOn: company.renewsOn, health: company.health }, csmName: csm.name,
            stems: (near ? stemsOf(ticket.id) : nothing<string | null>(null)).as('stems'),
          })
          .from(ticket)
          .innerJoin(requester, eq(requester.id, ticket.requesterId))
          .leftJoin(company, eq(company.id, ticket.accountId))
          .leftJoin(assignee, eq(assignee.id, ticket.assigneeId))
          .leftJoin(csm, eq(csm.id, company.csmId))
          .leftJoin(group, eq(group.id, ticket.groupId))
          .where(and(sql`${ticket.id} = ${ledTo(viewer, number)}`, atDesk(viewer)));
      },
    ),
  ),
  markOfTicket,
);

