import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { colleagues } from '../people/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { decodeCursor, many, maybe, one, page, type Slice } from '../platform/query.ts';
import { wordsOf } from '../platform/text.ts';
import { accountsNamed, visibleAccounts, visibleContacts } from './access.ts';

export const orders = ['renewal', 'revenue', 'name', 'word', 'health'] as const;
export type Order = (typeof orders)[number];

/** Open tickets and topics of an account, each by an index of its own. */
const counts = (accountId: { getSQL(): SQL }) => ({
  openTickets: sql<number>`(select count(*) from tickets where account_id = ${accountId} and is_open = 1)`.as('open_tickets'),
  sayings: sql<number>`(select count(*) from feedback where account_id = ${accountId} and source = 'topic')`.as('topic_count'),
});

interface BookRow {
  id: string;
  name: string;
  arr: number;
  renewsOn: string | null;
  lastWordAt: Date | null;
  health: { score: number | null } | null;
}

const NEVER = '9999-12-31';
/** Where those stand in the order of health whose health is not known: after all others. */
const UNKNOWN = 101;

const keyOf = (order: Order, row: BookRow): string | number =>
  ({ name: row.name, revenue: row.arr, word: row.lastWordAt?.getTime() ?? 0, renewal: row.renewsOn ?? NEVER, health: row.health?.score ?? UNKNOWN })[order];

/** Which accounts. */
export interface Which {
  /** Those that the viewer looks after. */
  mine?: boolean;
  /** How words of the name or a domain begin; of an address what stands behind its @. */
  q?: string | undefined;
}

/** FTS5 that finds all that somebody typed in names; undefined where they typed no word. */
function namesLike(q: string | undefined): string | undefined {
  const words = wordsOf(q?.replace(/^\S*@/, '') ?? '').slice(0, 10);
  return words.length > 0 ? `words : (${words.map((word) => `"${word}" *`).join(' AND ')})` : undefined;
}

/** The book of business: accounts of one CSM or of all, in one of five orders. `atRisk` are those at risk alone, in the order of health. */
export const bookOfBusiness = (slice: Slice, order: Order, { mine = false, atRisk = false, q }: Which & { atRisk?: boolean } = {}) =>
  page(
    (row: BookRow) => [keyOf(order, row), row.id],
    (db, viewer, { after, limit }) => {
      const [account, csm] = [visibleAccounts(db, viewer), colleagues(db)];
      const names = namesLike(q);
      const [key, id] = decodeCursor(after, [order === 'name' || order === 'renewal' ? 'string' : 'number', 'string']) ?? [];
      const by: Record<Order, { column: SQL; falls: boolean }> = {
        renewal: { column: sql`${account.renewsOn}`, falls: false },
        revenue: { column: sql`${account.arr}`, falls: true },
        name: { column: sql`${account.name} collate nocase`, falls: false },
        // Who never spoke stands last.
        word: { column: sql`coalesce(${account.lastWordAt}, 0)`, falls: true },
        health: { column: sql`coalesce(${account.health} ->> 'score', ${sql.raw(String(UNKNOWN))})`, falls: false },
      };
      const { column: value, falls } = by[order];
      // What was typed finds few: the planner shall begin with those.
      const column = names ? sql`+${value}` : value;
      const beyond = key === undefined ? undefined : falls ? sql`(${column}, ${account.id}) < (${key}, ${id})` : sql`(${column}, ${account.id}) > (${key}, ${id})`;
      const fits = and(names ? sql`${account.id} in ${accountsNamed(names)}` : undefined, mine ? eq(account.csmId, viewer.id ?? '') : undefined, order === 'renewal' ? isNotNull(account.renewsOn) : undefined, atRisk ? sql`${account.health} ->> 'colour' = 'risk'` : undefined, beyond);
      const sorted = falls ? [desc(column), desc(account.id)] : [asc(column), asc(account.id)];
      return db
        .select({
          id: account.id, name: account.name, domains: account.domains, arr: account.arr, currency: account.currency, plan: account.plan, renewsOn: account.renewsOn, lastWordAt: account.lastWordAt, createdAt: account.createdAt,
          importId: account.importId, health: account.health, csmId: account.csmId, csm: csm.name, ...counts(account.id),
        })
        .from(account)
        .leftJoin(csm, eq(csm.id, account.csmId))
        // Of many that are sorted only those of the page are counted for.
        .where(names ? inArray(account.id, db.select({ id: account.id }).from(account).where(fits).orderBy(...sorted).limit(limit + 1)) : fits)
        .orderBy(...sorted)
        .limit(limit + 1);
    },
  )(slice);

export const accountById = one((db, viewer, id: string) => {
  const [account, csm] = [visibleAccounts(db, viewer), colleagues(db)];
  return db
    .select({
      id: account.id, name: account.name, domains: account.domains, arr: account.arr, currency: account.currency, plan: account.plan, renewsOn: account.renewsOn, lastWordAt: account.lastWordAt,
      createdAt: account.createdAt, importId: account.importId, health: account.health, csmId: account.csmId, csm: csm.name, joining: account.joining, revision: revisionOf(account.id).as('revision'), ...counts(account.id),
    })
    .from(account)
    .leftJoin(csm, eq(csm.id, account.csmId))
    .where(eq(account.id, id))
    .limit(1);
});

/** A colleague by id or e-mail address, to look after an account. */
export const csmBy = maybe((db, _viewer, said: string) => {
  const csm = colleagues(db);
  return db.select({ id: csm.id }).from(csm).where(or(eq(csm.id, said), eq(csm.email, said.toLowerCase()))).limit(1);
});

/** What a change of an account is decided on; `chosenId` is the colleague it may be given to, or null. */
export const accountToChange = one((db, viewer, id: string, chosen: string) => {
  const [account, csm] = [visibleAccounts(db, viewer), colleagues(db)];
  return db
    .select({
      name: account.name, domains: account.domains, arr: account.arr, currency: account.currency, plan: account.plan, renewsOn: account.renewsOn, joining: account.joining, csmId: account.csmId, chosenId: csm.id, revision: revisionOf(account.id),
    })
    .from(account)
    .leftJoin(csm, or(eq(csm.id, chosen), eq(csm.email, chosen.toLowerCase())))
    .where(eq(account.id, id))
    .limit(1);
});

/** The people of an account. */
export const contactsOf = many((db, viewer, accountId: string) => {
  const contact = visibleContacts(db, viewer);
  return db.select().from(contact).where(eq(contact.accountId, accountId)).orderBy(asc(contact.name)).limit(200);
});

/** Accounts without a renewal date: they stand after all others in the book. */
export const accountsWithoutRenewal = many((db, viewer, { mine, q }: Which) => {
  const [account, csm, names] = [visibleAccounts(db, viewer), colleagues(db), namesLike(q)];
  return db
    .select({ id: account.id, name: account.name, arr: account.arr, currency: account.currency, plan: account.plan, renewsOn: account.renewsOn, lastWordAt: account.lastWordAt, importId: account.importId, health: account.health, csm: csm.name, ...counts(account.id) })
    .from(account)
    .leftJoin(csm, eq(csm.id, account.csmId))
    .where(and(isNull(account.renewsOn), names ? sql`${account.id} in ${accountsNamed(names)}` : undefined, mine ? eq(account.csmId, viewer.id ?? '') : undefined))
    .orderBy(asc(account.id))
    .limit(100);
});

/** For the head of the book: how much renews in the next days. One row a currency. */
export const renewingWithin = many((db, viewer, from: string, until: string, mine: boolean) => {
  const account = visibleAccounts(db, viewer);
  return db
    .select({ currency: account.currency, arr: sql<number>`sum(${account.arr})`.as('arr_sum'), accounts: sql<number>`count(*)`.as('account_count') })
    .from(account)
    .where(and(gt(account.renewsOn, from), lt(account.renewsOn, until), mine ? eq(account.csmId, viewer.id ?? '') : undefined))
    .groupBy(account.currency);
});

/** Who looks after an account, with their address, or undefined. */
export const csmOf = maybe((db, viewer, id: string) => {
  const [account, csm] = [visibleAccounts(db, viewer), colleagues(db)];
  return db.select({ name: csm.name, email: csm.email }).from(account).innerJoin(csm, eq(csm.id, account.csmId)).where(eq(account.id, id)).limit(1);
});
