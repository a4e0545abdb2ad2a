import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { settings } from '../platform/schema.ts';
import { Question } from './input.ts';
import { ratingQuestion } from './queries.ts';

/** Says how solved tickets are asked about: how many points, and how soon by mail. What was asked or answered keeps its scale. */
export const keepQuestion = operation({
  name: 'surveys.keep-question',
  input: Question,
  subject: () => ratingQuestion(),
  may: permitted('settings.manage'),
  decide: ({ db }, to, { question: from }) => ({
    statements: [db.insert(settings).values({ key: 'rating_question', value: to }).onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value` } })],
    events: [{ type: 'settings.changed', subject: 'rating_question', data: { from, to } }],
    result: to,
  }),
});
