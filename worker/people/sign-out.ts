import { operation } from '../platform/operation.ts';
import { signedIn, whileLooking } from '../platform/rules.ts';
import { Ending } from './input.ts';
import { endSession } from './sessions.ts';

/** Ends the session with this secret. It is refused on the very next request. */
export const signOut = operation({
  name: 'people.sign-out',
  input: Ending,
  may: whileLooking(signedIn),
  decide({ db, viewer }, { session }) {
    return { statements: [endSession(db, session)], events: [{ type: 'person.signed_out', subject: viewer.viewedBy ?? viewer.id!, data: {} }], result: {} };
  },
});
