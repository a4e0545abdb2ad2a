import type { Reaction } from '../platform/reaction.ts';

/** An account's last word is the newest thing that any of its people said. */
export const rememberLastWord: Reaction = ({ createdAt, actorId }) => [
  {
    sql: `update accounts set last_word_at = ? where id = (select account_id from users where id = ? and role = 'customer') and coalesce(last_word_at, 0) < ?`,
    args: [createdAt.getTime(), actorId, createdAt.getTime()],
  },
];
