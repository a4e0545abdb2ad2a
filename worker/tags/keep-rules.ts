import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { settings } from '../platform/schema.ts';
import { TagRules } from './input.ts';
import { tagRulesKept } from './queries.ts';
import { RULES } from './schema.ts';

/** Says who makes new tags in the community. */
export const keepTagRules = operation({
  name: 'tags.keep-rules',
  input: TagRules,
  subject: () => tagRulesKept(),
  may: permitted('settings.manage'),
  decide: ({ db }, to, from) => ({
    statements: [db.insert(settings).values({ key: RULES, value: to }).onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value` } })],
    events: [{ type: 'settings.changed', subject: RULES, data: { from, to } }],
    result: to,
  }),
});
