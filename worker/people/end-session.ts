import { and, eq, sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { OneSession } from './input.ts';
import { mySession } from './queries.ts';
import { sessions } from './schema.ts';

/** Ends one of one's own sessions, wherever it is. It is refused on the very next request. */
export const endOneSession = operation({
  name: 'people.end-session',
  input: OneSession,
  subject: ({ handle }) => mySession(handle),
  may: signedIn,
  decide({ db, viewer }, { handle }, { device, place }) {
    return {
      statements: [db.delete(sessions).where(and(eq(sessions.userId, viewer.id!), sql`substr(${sessions.id}, 1, 24) = ${handle}`))],
      events: [{ type: 'session.ended', subject: viewer.id!, data: { device, place } }],
      result: {},
    };
  },
});
