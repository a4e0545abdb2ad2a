import { operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { freshlyOrByToken, signedIn } from '../platform/rules.ts';
import { covers } from '../platform/scope.ts';
import { hashOf } from '../platform/signature.ts';
import { DAY } from '../platform/time.ts';
import { NewToken } from './input.ts';
import { tokens } from './schema.ts';
import { prefixOf, tokenSecret } from './secret.ts';

const USUAL = 30;
const LONGEST = 366 * DAY;

/** Makes an API token for oneself. Its secret is `tokenSecret` of the id; only a hash is kept. A token makes none that may do more than itself, and one that can only read makes none. */
export const makeToken = operation({
  name: 'people.make-token',
  input: NewToken,
  may: freshlyOrByToken(signedIn),
  decide({ db, viewer, now, newId, secret }, { name, scope, days = USUAL, expiresAt = new Date(now.getTime() + days * DAY) }) {
    const span = expiresAt.getTime() - now.getTime();
    if (span <= 0 || span > LONGEST) throw invalid({ expiresAt: 'Choose a time within the next year.' });
    if (!covers(viewer.scope, scope)) throw new Refusal('forbidden', 'A token makes none that may do more than itself.');
    const id = newId('tok');
    const token = tokenSecret(secret, id);
    return {
      statements: [db.insert(tokens).values({ id, name, scope, expiresAt, hash: hashOf(token), prefix: prefixOf(token), userId: viewer.id!, createdAt: now })],
      events: [{ type: 'token.made', subject: id, data: { name, scope, expiresAt: expiresAt.toISOString() } }],
      result: { id },
    };
  },
});
