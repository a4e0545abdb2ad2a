import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { settings } from '../platform/schema.ts';
import { Rights } from './input.ts';
import { rightsKept } from './queries.ts';
import { steps } from './rights.ts';

/** Says from which level on each right is somebody’s. What is not said stays; what is as at first is not kept. It counts from the next thing on that anybody does. */
export const keepRights = operation({
  name: 'trust.keep-rights',
  input: Rights,
  subject: () => rightsKept(),
  may: permitted('settings.manage'),
  decide({ db }, said, { least, revision }) {
    const wished = steps.map(({ key, level }) => [key, said[key] ?? least[key] ?? level, level] as const);
    const to = Object.fromEntries(wished.filter(([, chosen, first]) => chosen !== first));
    if (JSON.stringify(to) === JSON.stringify(least)) return { statements: [], events: [], result: { least: to } };
    return {
      statements: [db.insert(settings).values({ key: 'trust_rights', value: to }).onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value` } })],
      events: [{ type: 'settings.changed', subject: 'trust_rights', revision: revision + 1, data: { from: least, to } }],
      result: { least: to },
    };
  },
});
