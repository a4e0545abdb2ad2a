import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { freshly, signedIn } from '../platform/rules.ts';
import { factorAdded } from './factors.ts';
import { NewAuthenticator } from './input.ts';
import { myStanding } from './queries.ts';
import { authenticators } from './schema.ts';
import { stepOf } from './totp.ts';

const hasOne = () => new Refusal('conflict', 'You have an authenticator already. Remove it first.');

/** Keeps the secret that an app was just given, `seal`, once a code of the app proves that it has it. */
export const addAuthenticator = operation({
  name: 'proofs.add-authenticator',
  input: NewAuthenticator,
  subject: () => myStanding(),
  may: freshly(signedIn),
  async decide(setting, { code, seal, ...adding }, mine) {
    const { id, authenticatorAt, secondFactorAt } = mine!;
    const { db, now, secret } = setting;
    if (authenticatorAt) throw hasOne();
    const step = stepOf(secret, id, seal, code, now);
    if (step === undefined) throw invalid({ code: 'This is not the code that the app shows now. Check that its clock is right.' });
    const { statements, result } = await factorAdded(setting, 'totp', secondFactorAt === null, adding);
    return {
      guard: { holds: sql`not exists (select 1 from authenticators where user_id = ${id})`, otherwise: hasOne() },
      statements: [db.insert(authenticators).values({ userId: id, secret: seal, lastStep: step, createdAt: now }), ...statements],
      events: [{ type: 'person.second_factor_added', subject: id, data: { kind: 'authenticator' } }],
      result,
    };
  },
});
