import { eq } from 'drizzle-orm';
import { signsOfName } from '../newcomers/access.ts';
import { lookedAt } from '../newcomers/schema.ts';
import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { Preferences } from './input.ts';
import { namesHere } from './queries.ts';
import { users } from './schema.ts';

/** Changes how a person is called, and in which language and time zone they read. At a name that leads somewhere, or is a colleague’s, a moderator looks. */
export const changePreferences = operation({
  name: 'people.change-preferences',
  input: Preferences,
  subject: () => namesHere(),
  may: signedIn,
  decide({ db, viewer, now }, preferences, facts) {
    const isNew = preferences.name !== viewer.name && viewer.permissions.length === 0;
    return {
      statements: [db.update(users).set(preferences).where(eq(users.id, viewer.id!)), ...(isNew ? lookedAt(db, viewer.id!, signsOfName(preferences.name, facts), now) : [])],
      events: [{ type: 'person.changed_preferences', subject: viewer.id!, data: { ...preferences } }],
      result: { locale: preferences.locale },
    };
  },
});
