import { asc, desc, eq, sql } from 'drizzle-orm';
import { decodeCursor, many, maybe, one, page, type Slice } from '../platform/query.ts';
import { adminsOfOwn, joinable, ownAccount, ownContacts, ownRequest, seats, seatsSeen, visibleContacts, visibleMembers, visibleRequests } from './access.ts';

export { isCompanys } from './access.ts';

/** The account that the viewer acts for, or undefined. */
export const myAccount = maybe((db, viewer) => db.select().from(ownAccount(db, viewer)));

/** Who runs the viewer's account. */
export const adminsOfMyAccount = many((db, viewer) => db.select().from(adminsOfOwn(db, viewer)).limit(20));

/** The viewer's other accounts. */
export const myContacts = many((db, viewer) => db.select().from(ownContacts(db, viewer)).limit(50));

/** The account that the viewer asked to join, while they wait. */
export const myRequest = maybe((db, viewer) => db.select().from(ownRequest(db, viewer)));

/** Accounts that the viewer may join or ask to join, by the domain of their address. See `isCompanys`. */
export const accountsToJoin = many((db, viewer) => db.select().from(joinable(db, viewer)).limit(10));

/** One of them. */
export const accountToJoin = one((db, viewer, account: string) => {
  const found = joinable(db, viewer);
  return db.select().from(found).where(eq(found.id, account)).limit(1);
});

/** The people who act for an account, by name. */
export const membersOf = page(
  ({ name, id }: { name: string; id: string }) => [name, id],
  (db, viewer, { after, limit }: Slice, account: string) => {
    const member = visibleMembers(db, viewer);
    const [name, id] = decodeCursor(after, ['string', 'string']) ?? [];
    return db
      .select()
      .from(member)
      .where(sql`${eq(member.accountId, account)} and ${name === undefined ? sql`1` : sql`(${member.name}, ${member.id}) > (${name}, ${id})`}`)
      .orderBy(asc(member.name), asc(member.id))
      .limit(limit + 1);
  },
);

/** The people who belong to an account besides the one they act for, newest first. */
export const contactsBeside = many((db, viewer, account: string) => {
  const contact = visibleContacts(db, viewer);
  return db.select().from(contact).where(eq(contact.accountId, account)).orderBy(desc(contact.createdAt)).limit(100);
});

/** Who waits to be let into an account, longest first. */
export const requestsTo = many((db, viewer, account: string) => {
  const request = visibleRequests(db, viewer);
  return db.select().from(request).where(eq(request.accountId, account)).orderBy(asc(request.createdAt)).limit(100);
});

/** Who waits to be let into any account that the viewer sees, longest first. */
export const requestsWaiting = many((db, viewer) => {
  const request = visibleRequests(db, viewer);
  return db.select().from(request).orderBy(asc(request.createdAt)).limit(20);
});

/** What an operation on somebody's place in an account is decided on. Somebody is named by id or, in full, by address. */
export const seatOf = one((db, viewer, account: string, person: string) => seatsSeen(db, viewer, account, person));

/** The same, or undefined when there is nobody, or no account, of that name. */
export const maybeSeat = maybe((db, viewer, account: string, person: string) => seatsSeen(db, viewer, account, person));

/** The viewer's own place in an account. */
export const mySeat = one((db, viewer, account: string) => seats(db, account, viewer.id ?? ''));
