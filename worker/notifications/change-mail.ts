import { eq } from 'drizzle-orm';
import { users } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { MailLevel } from './input.ts';

/** Changes how often somebody gets mail of what they are told: of each thing, once a day or week, or never. */
export const changeMailLevel = operation({
  name: 'notifications.change-mail',
  input: MailLevel,
  may: signedIn,
  decide({ db, viewer, now }, { level }) {
    return {
      statements: [db.update(users).set({ mailLevel: level, digestedAt: now }).where(eq(users.id, viewer.id!))],
      events: [{ type: 'person.changed_mail', subject: viewer.id!, data: { level } }],
      result: { level },
    };
  },
});
