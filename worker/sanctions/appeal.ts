import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { whoseItIs } from './access.ts';
import { Appeal } from './input.ts';
import { statementToAppeal } from './queries.ts';
import { appeals } from './schema.ts';

/** Says why a decision about oneself is wrong, once, within half a year; also while shut out, by the link of the letter. Somebody else decides anew. */
export const appealStatement = operation({
  name: 'sanctions.appeal',
  input: Appeal,
  subject: ({ statement, key }) => statementToAppeal(statement, key),
  may: whoseItIs,
  decide({ db, now, newId }, { words }, statement) {
    if (statement.withdrawnAt) throw new Refusal('conflict', 'This decision counts no longer.');
    if (statement.appealId) throw new Refusal('conflict', 'You have appealed against this already.');
    if (statement.appealUntil.getTime() < now.getTime()) throw new Refusal('conflict', 'The time to appeal against this is over.');
    const id = newId('apl');
    return {
      statements: [db.insert(appeals).values({ id, statementId: statement.id, userId: statement.userId, words, createdAt: now })],
      events: [{ type: 'appeal.made', subject: id, revision: 1, actor: statement.userId, data: { statement: statement.id } }],
      result: { id },
    };
  },
});
