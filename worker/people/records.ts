import { and, asc, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { visibleAccounts } from '../accounts/access.ts';
import { revisionOf } from '../platform/outbox.ts';
import { decodeCursor, one, page, type Slice } from '../platform/query.ts';
import { roles } from '../platform/viewer.ts';
import { otherAdmins, rolesOfPeople, visiblePeople } from './access.ts';
import type { PeopleFilters } from './input.ts';

/** Most people that one beginning of a word may find. */
const MOST = 250;

/** The ends of a range of all that begins so. */
const beginning = (text: string) => [text, `${text}\u{10ffff}`] as const;

/** How a name may be written that was typed in small letters: the database folds Latin letters by itself, and no others. */
const spellings = (typed: string) => (/^[\x20-\x7e]*$/.test(typed) ? [typed] : [...new Set([typed, typed.toLocaleLowerCase(), typed.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toLocaleUpperCase())])]);

/** Ids of those whose name, last name or address begins with this, each found by an index of its own. */
function found(typed: string): SQL {
  const [from, to] = beginning(typed.toLowerCase());
  const named = spellings(typed).flatMap((spelling) => {
    const [first, last] = beginning(spelling);
    return [
      sql`select id from (select id from users where name collate nocase >= ${first} and name collate nocase < ${last} limit ${MOST})`,
      sql`select id from (select id from users where substr(name, instr(name, ' ') + 1) collate nocase >= ${first} and substr(name, instr(name, ' ') + 1) collate nocase < ${last} limit ${MOST})`,
    ];
  });
  return sql.join([...named, sql`select id from (select id from users where email >= ${from} and email < ${to} limit ${MOST})`], sql` union `);
}

type Filters = z.infer<typeof PeopleFilters>;

/** People by name: all, or those who fit. Names are sorted by their letters' codes. */
export const peopleFound = page(
  ({ name, id }: { name: string; id: string }) => [name, id],
  (db, viewer, { after, limit }: Slice, { q, role, account, state }: Filters) => {
    const [person, company, custom] = [visiblePeople(db, viewer), visibleAccounts(db, viewer), rolesOfPeople(db)];
    const [name, id] = decodeCursor(after, ['string', 'string']) ?? [];
    const isBuiltIn = (roles as readonly string[]).includes(role ?? '');
    /** What was typed finds few: the planner shall begin with those. */
    const unplanned = sql.raw(q ? '+' : '');
    const inState = { staged: and(isNull(person.verifiedAt), isNull(person.suspendedAt)), suspended: isNotNull(person.suspendedAt), verified: and(isNotNull(person.verifiedAt), isNull(person.suspendedAt)) };
    return db
      .select({
        id: person.id, name: person.name, handle: person.handle, email: person.email, role: person.role, roleId: person.roleId, roleName: custom.name, accountId: person.accountId, accountName: company.name, accountRole: person.accountRole,
        locale: person.locale, verifiedAt: person.verifiedAt, suspendedAt: person.suspendedAt, createdAt: person.createdAt, importId: person.importId,
      })
      .from(person)
      .leftJoin(company, eq(company.id, person.accountId))
      .leftJoin(custom, eq(custom.id, person.roleId))
      .where(and(
        q ? sql`${person.id} in (${found(q)})` : undefined,
        role ? (isBuiltIn ? and(sql`${unplanned}${person.role} = ${role}`, isNull(person.roleId)) : sql`${unplanned}${person.roleId} = ${role}`) : undefined,
        account ? sql`${unplanned}${person.accountId} = ${account}` : undefined,
        state && inState[state],
        name === undefined ? undefined : sql`(${person.name}, ${person.id}) > (${name}, ${id})`,
      ))
      .orderBy(asc(person.name), asc(person.id))
      .limit(limit + 1);
  },
);

/** Somebody by id or handle, with what changing them is decided on. `lastSeen` is in milliseconds since 1970. */
export const personRecord = one((db, viewer, key: string) => {
  const [person, company, custom] = [visiblePeople(db, viewer), visibleAccounts(db, viewer), rolesOfPeople(db)];
  return db
    .select({
      id: person.id, name: person.name, handle: person.handle, email: person.email, role: person.role, roleId: person.roleId, roleName: custom.name, permissions: custom.permissions, accountId: person.accountId, accountName: company.name,
      accountRole: person.accountRole, locale: person.locale, secondFactorAt: person.secondFactorAt, verifiedAt: person.verifiedAt, suspendedAt: person.suspendedAt, anonymisedAt: person.anonymisedAt, createdAt: person.createdAt, importId: person.importId,
      sessions: sql<number>`(select count(*) from sessions where user_id = ${person.id})`.as('sessions'), lastSeen: sql<number | null>`(select max(seen_at) from sessions where user_id = ${person.id})`.as('last_seen'),
      revision: revisionOf(person.id).as('revision'), hasPeers: otherAdmins(db, person.id).as('has_peers'),
    })
    .from(person)
    .leftJoin(company, eq(company.id, person.accountId))
    .leftJoin(custom, eq(custom.id, person.roleId))
    .where(or(eq(person.id, key), eq(person.handle, key)))
    .limit(1);
});

/** The same with the account that was chosen, by id or name, or null. */
export const personToChange = one((db, viewer, id: string, account: string) => {
  const [person, company, custom] = [visiblePeople(db, viewer), visibleAccounts(db, viewer), rolesOfPeople(db)];
  return db
    .select({
      id: person.id, name: person.name, locale: person.locale, role: person.role, permissions: custom.permissions, accountId: person.accountId, accountRole: person.accountRole, anonymisedAt: person.anonymisedAt,
      revision: revisionOf(person.id).as('revision'), chosenId: company.id,
    })
    .from(person)
    .leftJoin(custom, eq(custom.id, person.roleId))
    .leftJoin(company, or(eq(company.id, account), sql`${company.name} = ${account} collate nocase`))
    .where(eq(person.id, id))
    .limit(1);
});

/** The same with the custom role that was chosen, or null, and how often admins changed. */
export const personToPromote = one((db, viewer, id: string, role: string) => {
  const [person, custom] = [visiblePeople(db, viewer), rolesOfPeople(db)];
  return db
    .select({
      id: person.id, role: person.role, roleId: person.roleId, permissions: custom.permissions, suspendedAt: person.suspendedAt, suspendedUntil: person.suspendedUntil, anonymisedAt: person.anonymisedAt, revision: revisionOf(person.id).as('revision'),
      hasPeers: otherAdmins(db, person.id).as('has_peers'), adminsRevision: revisionOf('admins').as('admins_revision'),
      chosenBase: sql<string | null>`(select base from roles where id = ${role})`.as('chosen_base'),
      chosenPermissions: sql<string | null>`(select permissions from roles where id = ${role})`.as('chosen_permissions'),
    })
    .from(person)
    .leftJoin(custom, eq(custom.id, person.roleId))
    .where(eq(person.id, id));
});
