import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { invalid } from '../platform/refusal.ts';
import { settings } from '../platform/schema.ts';
import { fieldOf, WeightsForm } from './input.ts';
import { type Group, groups, type Key, keys, measuresOf, type Weights } from './measures.ts';
import { weightsKept } from './queries.ts';
import { accountHealth, dueAgain } from './schema.ts';

/** Says how much each group and each measure counts. The clock looks at every account again. */
export const keepWeights = operation({
  name: 'health.keep-weights',
  input: WeightsForm,
  subject: () => weightsKept(),
  may: permitted('settings.manage'),
  decide({ db }, said, { weights: from }) {
    const to: Weights = {
      groups: Object.fromEntries(groups.map((group) => [group, said[fieldOf.group(group)]])) as Record<Group, number>,
      measures: Object.fromEntries(keys.map((key) => [key, said[fieldOf.measure(key)]])) as Record<Key, number>,
    };
    const issues = issuesIn(to);
    if (Object.keys(issues).length > 0) throw invalid(issues);
    if (JSON.stringify(from) === JSON.stringify(to)) return { statements: [], events: [], result: to };
    return {
      statements: [
        db.insert(settings).values({ key: 'health_weights', value: to }).onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value` } }),
        db.update(accountHealth).set(dueAgain),
      ],
      events: [{ type: 'settings.changed', subject: 'health_weights', data: { from, to } }],
      result: to,
    };
  },
});

/** Something has to count: one group, and in each group that does, one measure. */
function issuesIn({ groups: ofGroups, measures: ofMeasures }: Weights): Record<string, string> {
  if (groups.every((group) => ofGroups[group] === 0)) return { [fieldOf.group(groups[0])]: 'Give at least one group some weight.' };
  const empty = groups.filter((group) => ofGroups[group] > 0 && measuresOf(group).every((key) => ofMeasures[key] === 0));
  return Object.fromEntries(empty.map((group) => [fieldOf.measure(measuresOf(group)[0]!), 'Give at least one measure of this group some weight, or the group none.']));
}
