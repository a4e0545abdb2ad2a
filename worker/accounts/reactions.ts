import type { Reaction } from '../platform/reaction.ts';

/** An account's last word is the newest thing that any of its people said. */
export const rememberLastWord: Reaction = async (event, { gate }) => {
  const at = event.createdAt.getTime();
  await gate.commit([
    {
      sql: `update accounts set last_word_at = ? where id = (select account_id from users where id = ? and role = 'customer') and coalesce(last_word_at, 0) < ?`,
      args: [at, event.actorId, at],
    },
  ]);
};
