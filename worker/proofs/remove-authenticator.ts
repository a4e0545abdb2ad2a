import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { notFound } from '../platform/refusal.ts';
import { freshly, signedIn } from '../platform/rules.ts';
import { factorRemoved } from './factors.ts';
import { Nothing } from './input.ts';
import { myStanding } from './queries.ts';
import { authenticators } from './schema.ts';

/** Forgets the viewer's authenticator. */
export const removeAuthenticator = operation({
  name: 'proofs.remove-authenticator',
  input: Nothing,
  subject: () => myStanding(),
  may: freshly(signedIn),
  decide(setting, _input, mine) {
    const { id, authenticatorAt } = mine!;
    if (!authenticatorAt) throw notFound();
    return {
      statements: [setting.db.delete(authenticators).where(eq(authenticators.userId, id)), ...factorRemoved(setting)],
      events: [{ type: 'person.second_factor_removed', subject: id, data: { kind: 'authenticator' } }],
      result: {},
    };
  },
});
