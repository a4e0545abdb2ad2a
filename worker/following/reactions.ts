import type { Together } from '../platform/reaction.ts';

/** Who writes in a topic watches it from then on, unless they chose otherwise. */
export const watchWhatTheyWrote: Together = (events) => [
  {
    sql: `insert into follows (user_id, target, level, by_hand, created_at) select u.id, e.value ->> 'topic', 'watching', 0, e.value ->> 'at' from json_each(?) e cross join users u on u.id = e.value ->> 'who' where true on conflict do nothing`,
    args: [JSON.stringify(events.map(({ subject, actorId, createdAt }) => ({ topic: subject, who: actorId, at: createdAt.getTime() })))],
  },
];
