import type { Reaction } from '../platform/reaction.ts';

/** Who writes in a topic watches it from then on, unless they chose otherwise. */
export const watchWhatIWrite: Reaction = ({ subject, actorId, createdAt }) =>
  actorId === null
    ? []
    : [{ sql: `insert into follows (user_id, target, level, by_hand, created_at) select id, ?, 'watching', 0, ? from users where id = ? on conflict do nothing`, args: [subject, createdAt.getTime(), actorId] }];
