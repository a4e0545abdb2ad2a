import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { Preferences } from './input.ts';
import { users } from './schema.ts';

/** Changes how a person is called, and in which language and time zone they read. */
export const changePreferences = operation({
  name: 'people.change-preferences',
  input: Preferences,
  may: signedIn,
  decide({ db, viewer }, preferences) {
    return {
      statements: [db.update(users).set(preferences).where(eq(users.id, viewer.id!))],
      events: [{ type: 'person.changed_preferences', subject: viewer.id!, data: { ...preferences } }],
      result: { locale: preferences.locale },
    };
  },
});
