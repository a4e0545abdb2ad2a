import { and, eq, getTableColumns, or, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { accounts } from '../accounts/schema.ts';
import { attachedTo } from '../attachments/schema.ts';
import type { Database } from '../database/open.ts';
import { formToOpenWith, soughtIn } from '../forms/access.ts';
import { users } from '../people/schema.ts';
import { attemptsBy } from '../platform/limits.ts';
import { either, permitted, rule } from '../platform/rules.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { strangerFacts } from '../screening/access.ts';
import { senderOn } from '../suspended/access.ts';
import { heldReplies, ticketMessages, ticketPeople, tickets, ticketVisits } from './schema.ts';
import { slim } from '../platform/slim.ts';

const nothing = sql`false`;

/** A condition of what is for the desk alone: none for who works on tickets, and nothing for everyone else. */
export const atDesk = (viewer: Viewer) => (can(viewer, 'tickets.see') ? undefined : sql`false`);

/** Where a viewer finds what was merged: staff in the ticket that it became part of, customers there if they may read that one. */
const led = (viewer: Viewer) => sql.raw(can(viewer, 'tickets.see') ? 'merged_into' : 'shown_in');

/** The id of the ticket that this number leads a viewer to. */
export const ledTo = (viewer: Viewer, number: unknown) => sql<string>`(select coalesce(led.${led(viewer)}, led.id) from tickets led where led.number = ${number})`;

/** The id of the ticket that the one with this id is part of, for a viewer. */
export const survivorOf = (viewer: Viewer, id: unknown) => sql<string>`(select coalesce(led.${led(viewer)}, led.id) from tickets led where led.id = ${id})`;

/** Of the ticket that has this number, wherever that leads: who asks it, or the account that it is of. */
export const ofNumber = <Held>(number: unknown, what: 'requester_id' | 'account_id') => sql<Held>`(select called.${sql.raw(what)} from tickets called where called.number = ${number})`;

/** The ids of a ticket and of those that are part of it, for a viewer: a list for `in`. */
export const partsOf = (viewer: Viewer, id: unknown) => sql`(select ${id} union all select part.id from tickets part where part.${led(viewer)} = ${id})`;

/** Whether the viewer was let into a ticket when one of theirs became part of it. */
export const takesPart = (viewer: Viewer, id: unknown) => sql<boolean>`exists (select 1 from ticket_participants tp where tp.user_id = ${viewer.id ?? ''} and tp.ticket_id = ${id})`.mapWith(Boolean);

/** The account whose every ticket this viewer sees: their own, if they are its admin. */
const administered = (viewer: Viewer) => (viewer.accountRole === 'admin' ? viewer.accountId : null);

/** The tickets that somebody is copied on. */
const copiedOn = (id: string) => sql`select ticket_id from ticket_people where user_id = ${id} and role = 'cc'`;

/** The tickets that somebody is copied on, or was let into. */
export const takenInto = (id: string) => sql`${copiedOn(id)} union select tp.ticket_id from ticket_participants tp where tp.user_id = ${id}`;

/** For who sees tickets of some groups only: whether the one with this `group_id` is of those. A filter, never a way to find tickets. */
export const inScope = ({ scopes }: Viewer, groupId: SQLWrapper = tickets.groupId): SQL | undefined =>
  scopes.groups && sql`+${groupId} in (${sql.join(scopes.groups.map((one) => sql`${one}`), sql`, `)})`;

/** Whether they hold what this group holds, as far as their role is confined to groups. */
export const isInScope = ({ scopes }: Viewer, groupId: string | null) => !scopes.groups || (groupId !== null && scopes.groups.includes(groupId));

/** Whether every ticket is for them, so that whatever a number leads to is. */
const seesAll = (viewer: Viewer) => can(viewer, 'tickets.see') && !viewer.scopes.groups;

function sight(viewer: Viewer): SQL | undefined {
  if (can(viewer, 'tickets.see')) return inScope(viewer);
  const account = administered(viewer);
  const own = viewer.id === null ? undefined : eq(tickets.requesterId, viewer.id);
  const joined = viewer.id === null ? undefined : sql`${tickets.id} in (select tp.ticket_id from ticket_participants tp where tp.user_id = ${viewer.id})`;
  const linked = viewer.guestOf === null ? undefined : sql`${tickets.id} = ${ledTo(viewer, viewer.guestOf)}`;
  const copied = viewer.id === null ? undefined : sql`${tickets.id} in (${copiedOn(viewer.id)})`;
  return and(eq(tickets.kind, 'customer'), or(own, copied, account ? eq(tickets.accountId, account) : undefined, joined, linked) ?? nothing);
}

/**
 * Who may see tickets sees every one, or, with a role confined to groups, those of these groups and no other; account admins see those of their account, a signed link opens one, everyone else sees what they asked themselves or are copied on or were
 * let into. What became part of another is not there; its number leads on (`ledTo`).
 */
export const visibleTickets = (db: Database, viewer: Viewer) => slim(getTableColumns(tickets), (columns) => db.select(columns).from(tickets).where(and(sql`${tickets}.${led(viewer)} is null`, sight(viewer))).as('tickets'));

/** For the portal: in which round of links the ticket with this number is. No row of one that waits to be looked at. */
export const roundOf = (db: Database, number: SQLWrapper) => db.select({ round: tickets.linkRound }).from(tickets).where(sql`${tickets.number} = ${number}`);

/** The place of the ticket that came last. Tickets come in the order of their numbers, but for those that waited to be looked at. */
export const lastArrival = sql<number>`coalesce((select max(rowid) from tickets), 0)`;

/** The ids of the tickets that came after the one in this place: to be held against those that the viewer sees. */
export const arrivedAfter = (seen: SQLWrapper) => sql`(select id from tickets where rowid > ${seen})`;

/** The messages of one ticket, oldest first by time and `number`, as far as this viewer sees them. Notes, and what a private merge brought, are for who may see every ticket. */
export const visibleMessages = (db: Database, viewer: Viewer, number: number | SQLWrapper) => {
  const ticket = seesAll(viewer) ? ledTo(viewer, number) : db.select({ id: sql<string>`coalesce(${tickets.mergedInto}, ${tickets.id})` }).from(tickets).where(and(sql`${tickets.id} = ${ledTo(viewer, number)}`, sight(viewer)));
  const theirs = can(viewer, 'tickets.see') ? undefined : sql`${audience} = ${ledTo(viewer, number)}`;
  return slim(
    { ...getTableColumns(ticketMessages), attachments: attachedTo('message_id', '"ticket_messages"."id"') },
    (columns) => db.select(columns).from(ticketMessages).where(and(sql`${ticketMessages.ticketId} = ${ticket}`, openTo(viewer), theirs)).as('messages'),
  );
};

/** The same, each by the place that the viewer counts it at: staff by their `number`, those who see no notes from 1 on without a gap, in the order in which they came. */
export const countedMessages = (db: Database, viewer: Viewer, number: number | SQLWrapper) => {
  const message = visibleMessages(db, viewer, number);
  const place = can(viewer, 'tickets.see') ? sql<number>`${message.number}` : sql<number>`row_number() over (order by ${message.number})`;
  return db.select({ id: message.id, authorId: message.authorId, place: place.as('place') }).from(message).as('counted');
};

const openTo = (viewer: Viewer) => (can(viewer, 'tickets.see') ? undefined : eq(ticketMessages.visibility, 'public'));

/** The ticket whose people read a message: its own, or the one that it came from, where it was merged in private. */
const audience = sql`coalesce(${ticketMessages.audienceId}, ${ticketMessages.ticketId})`;

/** Every message that this viewer sees, to be found by its id. */
export const knownMessages = (db: Database, viewer: Viewer) =>
  db
    .select({ id: ticketMessages.id })
    .from(ticketMessages)
    .innerJoin(tickets, sql`${tickets.id} = ${can(viewer, 'tickets.see') ? ticketMessages.ticketId : audience}`)
    .where(and(sight(viewer), openTo(viewer)))
    .as('known_messages');

/** Whether what is said in the ticket with this number to those who read it holds what is looked for, in FTS5. A filter of tickets that the viewer sees. */
export const holds = (number: SQLWrapper, match: SQLWrapper) => sql`exists (select 1 from ticket_texts where ticket_texts match ${match} and rowid = ${number})`;

/** The id of the ticket that a number leads to, if the viewer sees that one, as rows. */
export const seenId = (db: Database, viewer: Viewer, number: unknown): SQL => {
  if (seesAll(viewer)) return sql`(select coalesce(led.merged_into, led.id) as id from tickets led where led.number = ${number})`;
  const ticket = visibleTickets(db, viewer);
  return sql`${db.select({ id: ticket.id }).from(ticket).where(sql`${ticket.id} = ${ledTo(viewer, number)}`)}`;
};

/** What was written and can still be taken back: for who works on tickets, and never for those who ask. */
export const visibleHeld = (db: Database, viewer: Viewer) => slim(getTableColumns(heldReplies), (columns) => db.select(columns).from(heldReplies).where(can(viewer, 'tickets.see') ? undefined : nothing).as('held'));

/** For the desk: when staff last looked at a ticket. */
export const visits = (db: Database, viewer: Viewer) => slim(getTableColumns(ticketVisits), (columns) => db.select(columns).from(ticketVisits).where(can(viewer, 'tickets.see') ? undefined : nothing).as('visits'));

/** Who is copied on a ticket, for the people who see the ticket; who watches it, for the desk. Holders of a link learn neither. */
export const peopleOn = (db: Database, viewer: Viewer) => {
  const ticket = db.select({ id: tickets.id }).from(tickets).where(sight(viewer));
  return slim(
    getTableColumns(ticketPeople),
    (columns) =>
      db
        .select(columns)
        .from(ticketPeople)
        .where(can(viewer, 'tickets.see') ? undefined : viewer.id === null ? nothing : and(eq(ticketPeople.role, 'cc'), sql`${ticketPeople.ticketId} in ${ticket}`))
        .as('people_on'),
  );
};

/** Whether the viewer is copied on a ticket. */
export const isCopied = (viewer: Viewer, id: SQLWrapper) => sql<boolean>`exists (select 1 from ticket_people where ticket_id = ${id} and role = 'cc' and user_id = ${viewer.id})`.mapWith(Boolean);

/** Whether a ticket is part of one that is not done: for who asked it, staff work on it still. */
export const isPartOfOpen = ({ mergedInto }: { mergedInto: SQLWrapper }) => sql`(${mergedInto} is not null and exists (select 1 from tickets held where held.id = ${mergedInto} and held.status not in ('solved', 'closed')))`;

/** Ids of the tickets of an account that are not done for who asked them, last changed first: so many that are open, and so many that are part of open ones. */
export function openOfAccount(accountId: string, most: unknown, beyond: (row: SQL) => SQL | undefined): SQL {
  const some = (row: SQL, which: SQL) => {
    const after = beyond(row);
    return sql`select id from (select ${row}.id from tickets ${row} where ${row}.account_id = ${accountId} and ${row}.kind = 'customer' and ${row}.shown_in is null and ${which}${after ? sql` and ${after}` : sql``} order by ${row}.updated_at desc, ${row}.id desc limit ${most})`;
  };
  const [own, part] = [sql.raw('own'), sql.raw('part')];
  return sql`${some(own, sql`own.is_open = 1`)} union all ${some(part, sql`part.merged_into is not null and ${isPartOfOpen({ mergedInto: sql`part.merged_into` })}`)}`;
}

/** For how long an answer or a note can be taken back where nobody said so. */
export const UNDO_SECONDS = 15;

const secondsSaid = (key: string) => sql`coalesce(max(case key when ${sql.raw(`'${key}'`)} then cast(value as integer) end), ${sql.raw(String(UNDO_SECONDS))})`;

/** How many seconds an answer (`public`) and a note (`internal`) can be taken back, as an admin said, or a quarter of a minute each. */
export const undoSeconds = sql`(select json_object('public', ${secondsSaid('undo_seconds')}, 'internal', ${secondsSaid('undo_note_seconds')}) from settings where key in ('undo_seconds', 'undo_note_seconds'))`.mapWith(
  (value): Record<'public' | 'internal', number> => JSON.parse(value as string),
);

/** In how many days a solved ticket can be reopened, as an admin said, or two weeks; then it is closed. */
export const REOPEN_DAYS = "coalesce((select cast(value as integer) from settings where key = 'reopen_days'), 14)";

/** For the desk: who asks, with the address to reach them. */
export const requesters = (db: Database, viewer: Viewer) =>
  slim(
    { id: users.id, name: users.name, handle: users.handle, role: users.role, email: users.email, locale: users.locale, timeZone: users.timeZone, accountId: users.accountId, parts: users.parts, staged: sql<number>`${users.passwordHash} is null`.as('staged') },
    (columns) => db.select(columns).from(users).where(can(viewer, 'tickets.see') ? undefined : nothing).as('requesters'),
  );

/** For who may see accounts: the customer companies behind the tickets. */
export const companies = (db: Database, viewer: Viewer) =>
  slim(getTableColumns(accounts), (columns) => db.select(columns).from(accounts).where(can(viewer, 'accounts.see') ? undefined : nothing).as('companies'));

/** For deciding only, never for showing: who has this address, how often it and its network were tried, what its ticket is judged by, and the form that is meant. */
export const addressees = (db: Database, viewer: Viewer, email: string | undefined, keys: string[], since: Date, { form, said }: { form: string | undefined; said: Record<string, unknown> }) =>
  db
    .select({ person: { id: users.id, role: users.role, accountId: users.accountId }, byAddress: attemptsBy(keys[0]!, since).as('by_address'), byNetwork: attemptsBy(keys[1]!, since).as('by_network'), ...strangerFacts, sender: senderOn(viewer, email), form: formToOpenWith(viewer, form, soughtIn(said)).as('form') })
    .from(sql`(select 1)`)
    .leftJoin(users, eq(users.email, email ?? ''));

/** For deciding only, never for showing: who has an address. Always one row. */
export const holders = (db: Database, address: string) =>
  db
    .select({ personId: users.id, role: users.role, accountId: users.accountId, suspendedAt: users.suspendedAt, suspendedUntil: users.suspendedUntil, anonymisedAt: users.anonymisedAt })
    .from(sql`(select 1)`)
    .leftJoin(users, eq(users.email, address))
    .as('holders');

export interface Asked {
  number: number;
  requesterId: string;
  accountId: string | null;
  /** Whether the viewer is copied on it. */
  isCopied?: boolean;
  /** The number that it was asked for by, which may be that of a ticket that became part of it. */
  asked?: number;
  /** Whether the viewer was let into it. */
  takesPart?: boolean;
}

export const requester = rule<Asked>('the requester', (viewer, ticket) => viewer.id !== null && ticket.requesterId === viewer.id);
const accountAdmin = rule<Asked>('admins of the requester’s account', (viewer, ticket) => ticket.accountId !== null && ticket.accountId === administered(viewer));
export const linkHolder = rule<Asked>('holders of the ticket’s link', (viewer, ticket) => viewer.guestOf !== null && (viewer.guestOf === ticket.number || viewer.guestOf === ticket.asked));
const letIn = rule<Asked>('those who were let into it', (viewer, ticket) => viewer.id !== null && ticket.takesPart === true);

/** Those who ask: the requester, and who may speak for them. */
export const asking = either<Asked>(requester, accountAdmin, linkHolder, letIn);
export const copied = rule<Asked>('people copied on it', (_viewer, ticket) => ticket.isCopied === true);
/** Those who ask, those who are copied, and those who may write to them or about them; which of these, the reply itself decides. */
export const participants = either<Asked>(asking, copied, permitted('tickets.answer'), permitted('tickets.note'));
/** Those who ask, and those who may change what a ticket is. */
export const askingOrChanging = either<Asked>(asking, permitted('tickets.change'));
/** Who says who is copied: the requester, who may speak for them, and those who may change what a ticket is. */
export const copying = either<Asked>(requester, accountAdmin, permitted('tickets.change'));

export interface Written extends Asked {
  authorId: string | null;
}

/** Whoever wrote what is held; of one that is no more, that it went is told to those who could have. */
export const writer = rule<Written>('who wrote it', (viewer, held) => viewer.id !== null && (held.authorId === viewer.id || (held.authorId === null && can(viewer, 'tickets.answer'))));

const markOf = (thing: SQLWrapper | string) => sql`(select mark from marks where thing = ${thing})`;

/**
 * Another text each time that anything changed of the ticket that a number leads a viewer to: of all that the desk reads of it, and of what its customers do. No row for one that the viewer does not see. Who asked one that
 * was merged in private reads there still what is kept in the other.
 */
export const ticketMark = (db: Database, viewer: Viewer, number: unknown) => {
  const ticket = visibleTickets(db, viewer);
  const [everybody, desk] = [sql.raw("'everybody'"), sql.raw("'desk'")];
  const survivor = can(viewer, 'tickets.see') ? sql`` : sql` || ' ' || coalesce(${markOf(ticket.mergedInto)}, '')`;
  return db
    .select({ mark: sql<string | null>`${ticket.id} || ' ' || ${markOf(ticket.id)} || ' ' || ${markOf(ticket.requesterId)} || ' ' || iif(${ticket.accountId} is null, '', ${markOf(ticket.accountId)}) || ' ' || ${markOf(everybody)} || ' ' || ${markOf(desk)}${survivor}`.as('mark') })
    .from(ticket)
    .where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
};
