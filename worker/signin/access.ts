import { eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { nameFacts } from '../newcomers/access.ts';
import { shutting } from '../people/access.ts';
import { users } from '../people/schema.ts';
import { attemptsBy } from '../platform/limits.ts';
import { hashOf } from '../platform/signature.ts';
import { STAFF_SQL, type Viewer } from '../platform/viewer.ts';
import { entryScreens, strangerFacts } from '../screening/access.ts';
import { isBlocked } from '../sanctions/access.ts';
import { isSignUpOpen } from '../sso/access.ts';
import { isPartOfOpen } from '../tickets/access.ts';
import { oneTimeSecrets } from './schema.ts';
import { stillOpens } from './secrets.ts';

/** For deciding only: the person with this address, if there is one. Always one row. */
export const addressees = (db: Database, email: string) => db.select({ person: users }).from(sql`(select 1)`).leftJoin(users, eq(users.email, email));

/** A ticket that its requester can be led to: by the number and the round of its link. */
export interface Linked {
  number: number;
  round: number;
  /** Empty until the team answered. */
  subject: string;
}

const MOST_LINKED = 20;
/** Whether the team answered the ticket `t`: until then its words may be those of anybody, who typed an address to have them mailed there. */
const IS_ANSWERED = sql.raw(`exists (select 1 from ticket_messages m join users a on a.id = m.author_id where m.ticket_id = coalesce(t.merged_into, t.id) and m.origin_ticket_id = t.id and m.visibility = 'public' and a.role in ${STAFF_SQL})`);
const linked = (rows: SQL) => sql<Linked[]>`(select json_group_array(json_object('number', number, 'round', link_round, 'subject', subject)) from (${rows} limit ${MOST_LINKED}))`.mapWith(JSON.parse as (json: string) => Linked[]);

/**
 * For deciding only: the same with what they ask, last changed first, of those who cannot sign in: tickets that are not closed for good, without those that are shown in another of theirs, and what waits to be looked at.
 * Twenty of each at most; without its subject whatever nobody answered yet. Always one row.
 */
export const holdersOfLinks = (db: Database, email: string) => {
  const asks = sql`t.status <> 'closed' or ${isPartOfOpen({ mergedInto: sql`t.merged_into` })}`;
  const isShownInOwn = sql`exists (select 1 from tickets s where s.id = t.shown_in and s.requester_id = t.requester_id)`;
  const theirs = sql`select t.number, t.link_round, case when ${IS_ANSWERED} then t.subject else '' end as subject from tickets t where t.requester_id = ${users.id} and t.kind = 'customer' and ${users.verifiedAt} is null and (${asks}) and not ${isShownInOwn} order by t.updated_at desc, t.id desc`;
  const waiting = sql`select w.number, 0 as link_round, '' as subject from suspended_tickets w where w.email = ${email} and w.user_id is null order by w.created_at desc, w.id desc`;
  return db.select({ person: users, tickets: linked(theirs).as('linked'), waiting: linked(waiting).as('waiting') }).from(sql`(select 1)`).leftJoin(users, eq(users.email, email));
};

/** Who asks, for their own address; none of visitors. For deciding only. */
export const askers = (db: Database, viewer: Viewer) => db.select().from(users).where(eq(users.id, viewer.id ?? ''));

/** Whether a secret opens something. Always one row. */
export const isOpen = (db: Database, hash: string, now: Date) => db.select({ isRight: sql<boolean>`exists ${db.select({ one: sql`1` }).from(oneTimeSecrets).where(stillOpens(hash, now))}`.mapWith(Boolean).as('is_right') }).from(sql`(select 1)`);

/** The same of somebody who signs up: whether people may, who may not, and how many letters went out for this key of a network since a moment. */
export const signingUp = (db: Database, email: string, key: string, since: Date) =>
  db
    .select({ person: users, isOpen: isSignUpOpen(db).as('is_open'), screens: entryScreens.as('entry_screens'), isBlocked: isBlocked(db, email).as('is_blocked'), rules: strangerFacts.rules, lately: attemptsBy(key, since).as('lately'), ...nameFacts })
    .from(sql`(select 1)`)
    .leftJoin(users, eq(users.email, email));

/** For deciding only: what a secret opens, and the person with the address that it went to. Always one row. */
export const openings = (db: Database, hash: string, now: Date) =>
  db.select({ secret: oneTimeSecrets, person: users, decision: shutting }).from(sql`(select 1)`).leftJoin(oneTimeSecrets, stillOpens(hash, now)).leftJoin(users, eq(users.email, oneTimeSecrets.address));

/** What the page behind a link may know: that it opens something, for which address, and whether this browser asked for it. */
export const openLinks = (db: Database, hash: string, browser: string, now: Date) =>
  db.select({ address: oneTimeSecrets.address, isHere: sql<boolean>`coalesce(json_extract(data, '$.browser') = ${hashOf(browser)}, 0)`.mapWith(Boolean).as('is_here') }).from(oneTimeSecrets).where(stillOpens(hash, now));
