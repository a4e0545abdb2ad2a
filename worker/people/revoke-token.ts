import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { OneToken } from './input.ts';
import { ownToken } from './queries.ts';
import { tokens } from './schema.ts';

/** Ends one of one's own tokens: it is refused on the very next request. */
export const revokeToken = operation({
  name: 'people.revoke-token',
  input: OneToken,
  subject: ({ id }) => ownToken(id),
  may: signedIn,
  decide({ db }, { id }) {
    return { statements: [db.delete(tokens).where(eq(tokens.id, id))], events: [{ type: 'token.revoked', subject: id, data: {} }], result: { id } };
  },
});
