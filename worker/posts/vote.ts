import { sql } from 'drizzle-orm';
import { vote } from '../ideas/schema.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { mostOf } from '../trust/access.ts';
import { anotherReader } from './access.ts';
import { PostVote } from './input.ts';
import { postToVoteOn } from './queries.ts';

const DAY = 86_400_000;

/** Votes a post up or down, or takes the vote back. It is one a person and post. */
export const voteOnPost = operation({
  name: 'posts.vote',
  input: PostVote,
  subject: ({ post }) => postToVoteOn(post),
  may: anotherReader,
  decide({ db, viewer, now }, { value }, post) {
    if (post.removed) throw new Refusal('conflict', 'This was removed.');
    const onId = post.number === 1 ? post.topicId : post.id;
    const who = viewer.id!;
    const counted = (column: 'ups' | 'downs') => sql<number>`(select ${sql.raw(column)} from posts where id = ${post.id})`;
    const given = (more: ReturnType<typeof sql>) => sql`(select count(*) from votes where author_id = ${who} and created_at > ${now.getTime() - DAY} and on_id <> ${onId} and ${more})`;
    const holds = sql`${given(value === 'up' ? sql`value > 0` : sql`value < 0`)} < ${mostOf(value === 'up' ? 'votesFor' : 'votesAgainst', post.level)} and ${given(sql`to_id = ${post.authorId}`)} < ${mostOf('votesOnOne', post.level)}`;
    return {
      ...(value === 'none' ? {} : { guard: { holds, otherwise: new Refusal('too_many', 'You have given many votes today. Go on tomorrow.', {}, 3_600) } }),
      statements: [vote(db, { onId, authorId: who, value, toId: post.authorId, createdAt: now.getTime() })],
      events: [{ type: 'post.voted', subject: `votes of ${post.id}`, data: { post: post.id, topic: post.topicId, value } }],
      result: { number: post.topicNumber, place: post.number, ups: counted('ups'), downs: counted('downs'), vote: value },
    };
  },
});
