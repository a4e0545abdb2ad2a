import { and, eq, isNull, sql } from 'drizzle-orm';
import { users } from '../people/schema.ts';
import { endSession, newSession } from '../people/sessions.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import { newRecoveryCodes } from './recovery.ts';
import { recoveryCodes } from './schema.ts';

/** What comes of a new factor: the cookie of the session's new secret, and recovery codes if it is the first. */
export interface Added {
  cookie: string;
  codes: string[] | null;
}

interface Adding {
  session: string;
  https: boolean;
  device: string;
  place: string;
}

/** What follows from a factor that somebody now has: the next ways in ask for one, the session has shown it, and of the first come recovery codes. */
export async function factorAdded(setting: Setting, proof: 'totp' | 'passkey', isFirst: boolean, { session, https, device, place }: Adding): Promise<{ statements: Writing[]; result: Added }> {
  const { db, viewer, now } = setting;
  const id = viewer.id!;
  const recovery = isFirst ? newRecoveryCodes(setting, id) : { codes: null, statements: [] };
  const { statement, cookie } = await newSession(db, { person: { id, secondFactorAt: now }, https, now, proofs: [proof], device, place });
  const marked = db.update(users).set({ secondFactorAt: now }).where(and(eq(users.id, id), isNull(users.secondFactorAt)));
  return { statements: [marked, ...recovery.statements, endSession(db, session), statement], result: { cookie, codes: recovery.codes } };
}

/** What follows from a factor that is gone: with the last one, codes on paper go, and no way in asks for one. */
export function factorRemoved({ db, viewer }: Pick<Setting, 'db' | 'viewer'>): Writing[] {
  const id = viewer.id!;
  const hasNone = sql`not exists (select 1 from authenticators where user_id = ${id}) and not exists (select 1 from passkeys where user_id = ${id})`;
  return [db.update(users).set({ secondFactorAt: null }).where(and(eq(users.id, id), hasNone)), db.delete(recoveryCodes).where(and(eq(recoveryCodes.userId, id), hasNone))];
}
