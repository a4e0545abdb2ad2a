import type { Decision } from '../people/access.ts';
import { deviceNoticed } from '../people/devices.ts';
import { isSuspended, type users } from '../people/schema.ts';
import { type Entered, newSession } from '../people/sessions.ts';
import { shutBy, ShutOut } from '../people/shut.ts';
import type { Change, Setting } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { spent } from './secrets.ts';

interface Guest {
  person: Pick<typeof users.$inferSelect, 'id' | 'email' | 'role' | 'locale' | 'secondFactorAt' | 'suspendedAt' | 'suspendedUntil'>;
  /** By which they are suspended, if they are. */
  decision: Decision | null;
  https: boolean;
  url: string;
  device: string;
  place: string;
  /** What was brought, known by its hash: of two commits with the same mark only one counts. */
  mark: string;
}

/** What was brought opens nothing, or nothing any more. */
export const spentLink = () => new Refusal('invalid', 'This link was used or is too old. Ask for a new one.');

/** Opens a session for somebody who brought what was sent to their address. */
export async function entered(setting: Setting, { person, decision, https, url, device, place, mark }: Guest): Promise<Change<Entered>> {
  if (isSuspended(person)) throw new ShutOut(shutBy(person, decision, setting.secret));
  const { statement, cookie, halfway } = await newSession(setting.db, { person, https, now: setting.now, proofs: ['code'], device, place });
  return {
    statements: [statement, ...deviceNoticed(setting.db, setting, { person, device, place, url })],
    events: [spent(mark), { type: 'person.signed_in', subject: person.id, actor: person.id, data: { by: 'mail' } }],
    result: { cookie, halfway, role: person.role, locale: person.locale },
  };
}
