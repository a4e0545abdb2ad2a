import { eq, getTableColumns, or, type SQL, sql } from 'drizzle-orm';
import { attachedTo } from '../attachments/schema.ts';
import type { Database } from '../database/open.ts';
import type { Guard, Setting, Writing } from '../platform/operation.ts';
import { overtaken } from '../platform/refusal.ts';
import { rule } from '../platform/rules.ts';
import { slim } from '../platform/slim.ts';
import { DAY, MINUTE } from '../platform/time.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { type Facts, isCounted } from './judge.ts';
import { bareAddress, countedAs, KEPT, suspendedTickets, ticketSenders, trustedSenders } from './schema.ts';
import { domainOf, senderOf } from './senders.ts';

export { judged } from './judge.ts';
export { KEPT };

const nothing = sql`false`;

/** Those who decide about tickets that wait: they see every ticket, and moderate everywhere. */
export const recoverers = rule<unknown>('people with the permissions tickets.change and forum.moderate, everywhere', (viewer) => can(viewer, 'tickets.see') && can(viewer, 'tickets.change') && can(viewer, 'forum.moderate') && !viewer.scopes.categories && !viewer.scopes.groups);

/** Who sends a ticket, as it is judged. */
export interface Sender {
  address: string;
  /** When they came, in milliseconds, and whether a moderator is to look at them: of who is signed in. */
  createdAt: number | null;
  isNewcomer: boolean;
  earlier: Facts['earlier'];
  trusted: string[];
  customers: string[];
}

/** Tickets of one domain, and of one address, that are looked at. */
const MOST = sql.raw('501');

/** As `bareAddress` says it, of a mail address in a column. */
const bare = (email: string) => sql.raw(`iif(instr(substr(${email}, 2), '+') > 0, substr(${email}, 1, instr(substr(${email}, 2), '+')) || substr(${email}, instr(${email}, '@')), ${email})`);

const latest = (which: SQL) => sql`select * from (select s.rowid as place, s.address, s.at from ticket_senders s where ${which} order by s.at desc limit ${MOST})`;
/** Who of the domain sent tickets, and when the sender did: with a provider for all others would crowd them out. */
const EARLIER = sql`${latest(sql`s.domain = substr(who.address, instr(who.address, '@') + 1)`)} union ${latest(sql`s.address = who.bare`)}`;

/** What a ticket’s sender is judged by, as a column of any query: a guest by the address they left; null for who is of an account or works here. */
export function senderOn(viewer: Viewer, email: string | undefined): SQL.Aliased<Sender | null> {
  const isGuest = viewer.id === null;
  if (isGuest ? email === undefined : viewer.role !== 'customer' || viewer.accountId !== null) return sql<null>`null`.as('sender');
  const who = isGuest
    ? sql`select ${email} as address, ${bareAddress(email!)} as bare, null as created_at, 'false' as newcomer`
    : sql`select u.email, ${bare('u.email')}, u.created_at, iif(exists (select 1 from newcomers where user_id = u.id and status = 'open'), 'true', 'false') from users u where u.id = ${viewer.id}`;
  return sql<string>`(with recursive who(address, bare, created_at, newcomer) as (${who}), place(name) as (select substr(address, instr(address, '@') + 1) from who union all select substr(name, instr(name, '.') + 1) from place where instr(name, '.') > 0)
    select json_object('address', who.address, 'createdAt', who.created_at, 'isNewcomer', json(who.newcomer),
      'earlier', json((select json_group_array(json_object('address', address, 'at', at)) from (${EARLIER}))),
      'trusted', json((select json_group_array(pattern) from trusted_senders where pattern in (select who.address union all select name from place))),
      'customers', json((select json_group_array(domain) from account_domains where domain = substr(who.address, instr(who.address, '@') + 1)))) from who)`
    .mapWith((json: string) => JSON.parse(json) as Sender)
    .as('sender') as SQL.Aliased<Sender | null>;
}

/** Whether their tickets are judged: guests’, and those of people without an account who came within the day, or whom a moderator is to look at. */
export const isStrange = ({ createdAt, isNewcomer }: Sender, now: Date) => createdAt === null || isNewcomer || now.getTime() - createdAt < DAY;

/** The statement that counts a ticket of a sender. */
export const senderCounted = ({ db, now }: Pick<Setting, 'db' | 'now'>, { address }: Sender): Writing => db.insert(ticketSenders).values(countedAs(address, now));

/** What has to be true inside the commit of a ticket that need not wait: that no others came from there meanwhile. Nothing where nobody counts. */
export function stillFew({ now }: Pick<Setting, 'now'>, address: string, facts: Facts): { guard?: Guard } {
  if (!isCounted({ sender: address }, facts)) return {};
  const { ticketBurst, ticketMinutes } = facts.rules;
  const one = countedAs(address, now);
  const alone = senderOf(address) === domainOf(address) ? sql`` : sql`and address = ${one.address}`;
  const holds = sql`(select count(*) from ticket_senders where domain = ${one.domain} ${alone} and at > ${now.getTime() - ticketMinutes * MINUTE}) < ${ticketBurst}`;
  return { guard: { holds, otherwise: overtaken() } };
}

/** Tickets that wait: all of them for those who decide, with why; for everyone else what they sent themselves, and the one that a signed link opens, without. */
export const visibleSuspended = (db: Database, viewer: Viewer) => {
  const decides = recoverers.allows(viewer, undefined);
  const own = or(viewer.id === null ? undefined : eq(suspendedTickets.userId, viewer.id), viewer.guestOf === null ? undefined : eq(suspendedTickets.number, viewer.guestOf)) ?? nothing;
  const causes = (decides ? sql<string>`${suspendedTickets.causes}` : sql<string>`'[]'`).mapWith(suspendedTickets.causes).as('suspended_causes');
  return slim({ ...getTableColumns(suspendedTickets), causes, attachments: attachedTo('suspended_id', 'suspended_tickets.id') }, (columns) => db.select(columns).from(suspendedTickets).where(decides ? undefined : own).as('suspended'));
};

/** Trusted senders, for those who keep the settings. */
export const visibleTrusted = (db: Database, viewer: Viewer) => slim(getTableColumns(trustedSenders), (columns) => db.select(columns).from(trustedSenders).where(can(viewer, 'settings.manage') ? undefined : nothing).as('trusted'));

/** For deciding only: whether this address is on the list itself. */
export const isTrustedAddress = (address: SQL | { getSQL(): SQL }) => sql<boolean>`exists (select 1 from trusted_senders where pattern = ${address})`.mapWith(Boolean);

/** For deciding only: how many are trusted. */
export const trustedCount = sql<number>`(select count(*) from trusted_senders)`.as('all_trusted');
