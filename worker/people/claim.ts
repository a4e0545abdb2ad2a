import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { anyone } from '../platform/rules.ts';
import { slugOf } from '../platform/slug.ts';
import { Claim } from './input.ts';
import { hashPassword } from './password.ts';
import { ownership } from './queries.ts';
import { users } from './schema.ts';
import { isSetupKey } from './secret.ts';
import { newSession } from './sessions.ts';

/**
 * Makes the first admin of a workspace that has none who can sign in, and signs them in: `cookie` is the `Set-Cookie`. Whoever does it holds the
 * setup link. Of two at once the second is refused as `conflict`: both would make the same revision of the workspace.
 */
export const claimWorkspace = operation({
  name: 'people.claim-workspace',
  input: Claim,
  subject: ({ email }) => ownership(email),
  may: anyone,
  async decide({ db, now, newId, secret }, { name, email, password, locale, key, https }, { owned, known, revision }) {
    if (!isSetupKey(secret, key)) throw new Refusal('forbidden', 'This is not the link that was printed when the workspace started.');
    if (owned) throw new Refusal('conflict', 'This workspace has an admin already. Ask them to let you in.');
    const id = known ?? newId('usr');
    const person = { name, role: 'admin', accountId: null, passwordHash: await hashPassword(password), verifiedAt: now, locale } as const;
    const { statement, cookie } = await newSession(db, { person: { id, secondFactorAt: null }, https, now, proofs: ['password'] });
    return {
      statements: [db.insert(users).values({ id, email, handle: `${slugOf(name)}-${id.slice(-6)}`, createdAt: now, ...person }).onConflictDoUpdate({ target: users.id, set: person }), statement],
      events: [{ type: 'workspace.claimed', subject: 'workspace', revision: revision + 1, data: { person: id, locale } }],
      result: { cookie },
    };
  },
});
