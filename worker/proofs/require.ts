import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { freshly, permitted } from '../platform/rules.ts';
import { settings } from '../platform/schema.ts';
import { StaffRule } from './input.ts';
import { staffStanding } from './queries.ts';

/** Says whether those who work here need a second factor. Who has none is led to set one up, and is a customer until then. */
export const requireOfStaff = operation({
  name: 'proofs.require',
  input: StaffRule,
  subject: () => staffStanding(),
  may: freshly(permitted('settings.manage')),
  decide({ db }, { required }, standing) {
    const { was, hasFactor } = standing!;
    if (required && !hasFactor) throw new Refusal('conflict', 'Set up a second factor for yourself first.');
    return {
      statements: [db.insert(settings).values({ key: 'staff_second_factor', value: required }).onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value` } })],
      events: [{ type: 'settings.changed', subject: 'staff_second_factor', data: { from: was, to: required } }],
      result: { required },
    };
  },
});
