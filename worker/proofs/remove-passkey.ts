import { and, eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { freshly, signedIn } from '../platform/rules.ts';
import { factorRemoved } from './factors.ts';
import { OnePasskey } from './input.ts';
import { myPasskey } from './queries.ts';
import { passkeys } from './schema.ts';

/** Forgets one of the viewer's passkeys: it opens nothing any more. */
export const removePasskey = operation({
  name: 'proofs.remove-passkey',
  input: OnePasskey,
  subject: ({ id }) => myPasskey(id),
  may: freshly(signedIn),
  decide(setting, { id }, { name }) {
    const { db, viewer } = setting;
    return {
      statements: [db.delete(passkeys).where(and(eq(passkeys.id, id), eq(passkeys.userId, viewer.id!))), ...factorRemoved(setting)],
      events: [{ type: 'person.second_factor_removed', subject: viewer.id!, data: { kind: 'passkey', name } }],
      result: {},
    };
  },
});
