import { and, eq, sql } from 'drizzle-orm';
import { accountContacts } from '../members/schema.ts';
import { isSuspended, type users } from '../people/schema.ts';
import { newSession } from '../people/sessions.ts';
import type { Change, Setting, Writing } from '../platform/operation.ts';
import { type Permission, permissionsOf } from '../platform/permissions.ts';
import { notFound } from '../platform/refusal.ts';
import type { Locale } from '../platform/viewer.ts';
import { hashOfLink, usedUp } from '../signin/secrets.ts';
import { type Gift, mayGive } from './may-give.ts';
import { invitations } from './schema.ts';

type Person = typeof users.$inferSelect;

/** What a link opened. */
export interface Opened extends Gift {
  id: string;
  email: string;
  locale: Locale;
  accountRole: 'member' | 'admin';
  person: Person | null;
  inviter: Person | null;
  inviterPermissions: Permission[] | null;
  revision: number;
}

interface Entry {
  key: string;
  https: boolean;
  device: string;
  place: string;
}

/** Whether the invitation still stands: the one who sent it may still give what it gives, and whom it is for is not shut out. */
export function stands(found: Opened | undefined): found is Opened {
  if (!found?.inviter || isSuspended(found.inviter) || (found.person && isSuspended(found.person))) return false;
  const { role, accountId, accountRole } = found.inviter;
  return mayGive({ permissions: found.inviterPermissions ?? permissionsOf[role], scopes: {}, accountId, accountRole }, found);
}

/** The same, or refused as not found. */
export function standing(found: Opened | undefined): Opened {
  if (!stands(found)) throw notFound();
  return found;
}

/** What of the person an invitation changes. Who has another role than a customer's keeps it; who acts for another account keeps that, and belongs to this one too. */
function given({ db, now }: Setting, id: string, { person, role, roleId, accountId, accountRole }: Opened): { set: Partial<Person>; statements: Writing[] } {
  const promotes = !person || (person.role === 'customer' && person.roleId === null);
  const isFirst = accountId !== null && (!person?.accountId || person.accountId === accountId);
  const isAdmin = accountRole === 'admin' || (person?.accountId === accountId && person?.accountRole === 'admin');
  const beside = accountId !== null && !isFirst;
  return {
    set: { ...(promotes ? { role, roleId } : {}), ...(isFirst ? { accountId, accountRole: isAdmin ? 'admin' : 'member' } : {}) },
    statements: beside
      ? [db.insert(accountContacts).values({ userId: id, accountId, accountRole, createdAt: now }).onConflictDoUpdate({ target: [accountContacts.userId, accountContacts.accountId], set: { accountRole } })]
      : [],
  };
}

/**
 * What accepting does: `kept` keeps the person, given what the invitation adds to them; the link is used up; a session begins. `cookie` is its
 * `Set-Cookie`; `halfway` says that it waits for their second factor.
 */
export async function accepted(
  setting: Setting,
  { key, ...entry }: Entry,
  found: Opened,
  id: string,
  proofs: string[],
  kept: (set: Partial<Person>) => Writing,
): Promise<Change<{ cookie: string; halfway: boolean; role: string; account: boolean }>> {
  const { db, now } = setting;
  const { set, statements } = given(setting, id, found);
  const { statement, cookie, halfway } = await newSession(db, { ...entry, person: { id, secondFactorAt: found.person?.secondFactorAt ?? null }, proofs, now });
  const used = usedUp(db, hashOfLink('invite', key));
  const was = found.person;
  return {
    statements: [kept(set), ...statements, db.update(invitations).set({ acceptedAt: now }).where(and(eq(invitations.id, found.id), sql`${invitations.acceptedAt} is null`)), used.statement, statement],
    events: [
      used.event,
      { type: 'invitation.accepted', subject: found.id, data: { person: id } },
      { type: 'person.accepted_invitation', subject: id, revision: found.revision + 1, data: { from: { role: was?.role ?? null, roleId: was?.roleId ?? null, accountId: was?.accountId ?? null }, to: { role: set.role ?? was?.role, roleId: set.roleId ?? was?.roleId ?? null, accountId: set.accountId ?? was?.accountId ?? null } } },
    ],
    result: { cookie, halfway, role: set.role ?? was?.role ?? 'customer', account: found.accountId !== null },
  };
}
