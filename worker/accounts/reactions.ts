import type { Together } from '../platform/reaction.ts';

/** An account's last word is the newest thing that any of its people said. */
export const rememberLastWords: Together = (events) => [
  {
    sql: `update accounts set last_word_at = said.at from (select u.account_id as id, max(e.value ->> 'at') as at from json_each(?) e cross join users u on u.id = e.value ->> 'who' where u.role = 'customer' group by 1) said
      where accounts.id = said.id and coalesce(last_word_at, 0) < said.at`,
    args: [JSON.stringify(events.map(({ actorId, createdAt }) => ({ who: actorId, at: createdAt.getTime() })))],
  },
];
