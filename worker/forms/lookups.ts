import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { can, type Viewer } from '../platform/viewer.ts';
import type { Kind } from './schema.ts';

/** Whether an answer names somebody or a company: an account, a person of the requester's account, or any customer. What is kept of it is an id. */
export const isLookup = (kind: Kind) => kind === 'account' || kind === 'person' || kind === 'contact';

/** Where questions are asked: `said`, where something was, is JSON of ids and beginnings of names by key (`soughtIn`); of a ticket that is there already, its own columns. */
export interface Asking {
  said: SQLWrapper | string | undefined;
  ticket?: { id: SQLWrapper; accountId: SQLWrapper; requesterId: SQLWrapper };
}

/** How a name may be written that was typed in small letters: the database folds Latin letters by itself, and no others. */
const spellings = (typed: string) => [typed, typed.toLocaleLowerCase(), typed.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toLocaleUpperCase())];

/** What answers may mean by an id or by the beginning of a name, in its spellings, as JSON by the keys of their questions, sixty at most; undefined where there is none. */
export function soughtIn(said: Record<string, unknown>): string | undefined {
  const texts = Object.entries(said).flatMap(([key, one]) => (typeof one === 'string' ? [[key, one.trim().toWellFormed()] as const] : [])).filter(([key, text]) => /^[a-z][a-z0-9_]{0,39}$/.test(key) && text.length > 1 && text.length <= 100);
  return texts.length === 0 ? undefined : JSON.stringify(Object.fromEntries(texts.slice(0, 60).map(([key, text]) => [key, [...new Set(spellings(text))]])));
}

/** How many names one search brings, how many people of an account are listed, and how many accounts. */
const MOST = { found: sql.raw('20'), listed: sql.raw('200') };

/** Ids of rows of which something begins with what was said to question `q`; of each, an index finds it. */
function beginning({ said }: Asking, from: 'users' | 'accounts', columns: string[]): SQL {
  if (said === undefined) return nothing;
  const words = sql`json_each(${said}, '$.' || q.key) cross join ${sql.raw(from)} r`;
  const isThere = from === 'users' ? sql` and +r.role = 'customer' and r.anonymised_at is null` : sql``;
  const ranges = columns.map((column) => sql` union select id from (select r.id from ${words} where ${sql.raw(column)} >= value and ${sql.raw(column)} < value || char(1114111)${isThere} limit ${MOST.found})`);
  return sql`select r.id from ${words} on r.id = value where true${isThere}${sql.join(ranges)}`;
}

const nothing = sql`select null where false`;

const NAMES = ['r.name collate nocase', "substr(r.name, instr(r.name, ' ') + 1) collate nocase", 'r.email'];

const beside = (account: SQLWrapper | string) => sql`select user_id from account_contacts where account_id = ${account}`;

/** The first people of an account by name. */
const members = (account: SQLWrapper | string, also = sql`true`) => sql`select id from (select id from users where account_id = ${account} and ${also} order by name, id limit ${MOST.listed}) union select * from (${beside(account)} and ${also} limit ${MOST.listed})`;

const persons = (ids: SQL, also = sql`true`) => sql`(select json_group_array(json_object('value', u.id, 'en', u.name, 'el', '', 'handle', u.handle)) from users u where u.id in (${ids}) and ${also})`;

/** The desk finds any customer; where one of the ticket's account is meant, those alone, of whom it is shown the first. */
function peopleForDesk(asking: Asking, kept: SQL): SQL {
  const { ticket } = asking;
  const isPerson = sql`q.kind = 'person'`;
  if (!ticket) return persons(beginning(asking, 'users', NAMES), sql`q.kind = 'contact'`);
  const ofAccount = sql`u.id = ${ticket.requesterId} or u.account_id = ${ticket.accountId} or u.id in (${beside(ticket.accountId)}) or u.id in (${kept})`;
  return persons(sql`${beginning(asking, 'users', NAMES)} union ${members(ticket.accountId, isPerson)} union select ${ticket.requesterId} where ${isPerson} union ${kept}`, sql`(q.kind = 'contact' or ${ofAccount})`);
}

/** The people of an account whose id was said to question `q`, or of whom something begins with it. */
function colleaguesSought({ said }: Asking, account: string): SQL {
  if (said === undefined) return nothing;
  const begins = NAMES.map((column) => sql.raw(`(${column} >= value and ${column} < value || char(1114111))`));
  return sql`select id from (select r.id from json_each(${said}, '$.' || q.key) cross join users r where r.account_id = ${account} and (r.id = value or ${sql.join(begins, sql` or `)}) and r.anonymised_at is null limit ${MOST.found})`;
}

/** Customers choose among themselves and, as admins of their account, their colleagues: the first of them, and those whom they name. */
const peopleForCustomer = ({ id, accountRole, accountId }: Viewer, asking: Asking, kept: SQL) => persons(sql`select ${id ?? ''}${accountRole === 'admin' && accountId !== null ? sql` union ${members(accountId)} union ${colleaguesSought(asking, accountId)}` : sql``} union ${kept}`);

/** Who may see accounts chooses among those that begin with what was typed; customers among those that they belong to. */
function companies(viewer: Viewer, asking: Asking, kept: SQL): SQL {
  const ids = can(viewer, 'accounts.see') ? beginning(asking, 'accounts', ['r.name collate nocase']) : sql`select ${viewer.accountId ?? ''} union select account_id from account_contacts where user_id = ${viewer.id ?? ''}`;
  return sql`(select json_group_array(json_object('value', a.id, 'en', a.name, 'el', '')) from accounts a where a.id in (${ids} union ${kept}))`;
}

/**
 * What can be chosen to answer a lookup, as JSON, with what the ticket has kept: a column of a query over questions `q`. Nothing but ids and names of
 * what this viewer may see, or what was answered already.
 */
export function foundFor(viewer: Viewer, asking: Asking): SQL {
  const kept = asking.ticket ? sql`select value from ticket_values where ticket_id = ${asking.ticket.id} and field_id = q.id` : nothing;
  const people = can(viewer, 'people.see') ? peopleForDesk(asking, kept) : peopleForCustomer(viewer, asking, kept);
  return sql`case when q.kind in ('person', 'contact') then ${people} when q.kind = 'account' then ${companies(viewer, asking, kept)} else q.choices end`;
}

/** The name behind a value of a question, where it is a lookup's; otherwise the value. */
export const nameBehind = (kind: SQL, value: SQL) => sql`case when ${kind} = 'account' then coalesce((select a.name from accounts a where a.id = ${value}), ${value}) when ${kind} in ('person', 'contact') then coalesce((select u.name from users u where u.id = ${value}), ${value}) else ${value} end`;
