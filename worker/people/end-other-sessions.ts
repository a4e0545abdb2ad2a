import { and, eq, ne } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { hashOf } from '../platform/signature.ts';
import { Ending } from './input.ts';
import { sessions } from './schema.ts';

/** Ends every session of one's own but the one with this secret. */
export const endOtherSessions = operation({
  name: 'people.end-other-sessions',
  input: Ending,
  may: signedIn,
  decide({ db, viewer }, { session }) {
    return {
      statements: [db.delete(sessions).where(and(eq(sessions.userId, viewer.id!), ne(sessions.id, hashOf(session))))],
      events: [{ type: 'session.ended', subject: viewer.id!, data: { others: true } }],
      result: {},
    };
  },
});
