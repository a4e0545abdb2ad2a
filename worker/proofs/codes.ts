import { eq } from 'drizzle-orm';
import type { DomainEvent, Setting, Writing } from '../platform/operation.ts';
import { hashOfRecovery } from './recovery.ts';
import { authenticators, recoveryCodes } from './schema.ts';
import { isTotp, stepOf } from './totp.ts';

/** What a typed code is compared with. */
export interface Factors {
  secret: string | null;
  lastStep: number | null;
  /** Whether what was typed is one of the person's recovery codes. */
  recovers: boolean;
}

/** A code that fits, and what uses it up: of two commits with the same one only the first goes through. */
export interface Spent {
  proof: 'totp' | 'recovery';
  statements: Writing[];
  events: DomainEvent[];
}

/** A code of the app, or from paper; undefined when it is wrong or was used before. */
export function spent({ db, secret, now }: Pick<Setting, 'db' | 'secret' | 'now'>, person: string, factors: Factors, code: string): Spent | undefined {
  if (isTotp(code)) {
    const step = factors.secret ? stepOf(secret, person, factors.secret, code, now) : undefined;
    if (step === undefined || step <= (factors.lastStep ?? 0)) return undefined;
    const statement = db.update(authenticators).set({ lastStep: step }).where(eq(authenticators.userId, person));
    return { proof: 'totp', statements: [statement], events: [{ type: 'code.used', subject: `totp ${person}`, revision: step, data: {} }] };
  }
  if (!factors.recovers) return undefined;
  const hash = hashOfRecovery(code);
  const event: DomainEvent = { type: 'person.recovery_code_used', subject: `recovery ${hash.slice(0, 32)}`, revision: 1, data: { person } };
  return { proof: 'recovery', statements: [db.delete(recoveryCodes).where(eq(recoveryCodes.hash, hash))], events: [event] };
}
