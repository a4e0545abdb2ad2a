import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { settings } from '../platform/schema.ts';
import { SaidRules } from './input.ts';
import { rulesKept } from './queries.ts';

/** Says what is held before anybody reads it, and how soon reports hide a post. */
export const keepRules = operation({
  name: 'screening.keep-rules',
  input: SaidRules,
  subject: () => rulesKept(),
  may: permitted('settings.manage'),
  decide({ db }, said, { rules }) {
    return {
      statements: [db.insert(settings).values({ key: 'moderation_rules', value: said }).onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value` } })],
      events: [{ type: 'settings.changed', subject: 'moderation_rules', data: { from: rules, to: said } }],
      result: { saved: true },
    };
  },
});
