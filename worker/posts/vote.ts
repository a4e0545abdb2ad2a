import { sql } from 'drizzle-orm';
import { vote } from '../ideas/schema.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { votesLeft } from '../trust/access.ts';
import { anotherReader, VOTE_STAYS, voteStays } from './access.ts';
import { PostVote } from './input.ts';
import { postToVoteOn } from './queries.ts';

/** Votes a post up or down, or, within five minutes or after the post was changed, takes the vote back or turns it. It is one a person and post. */
export const voteOnPost = operation({
  name: 'posts.vote',
  input: PostVote,
  subject: ({ post }) => postToVoteOn(post),
  may: anotherReader,
  decide({ db, viewer, now }, { value }, post) {
    if (post.votesFrozenAt) throw new Refusal('conflict', 'Votes in this topic are frozen.');
    if (post.removed) throw new Refusal('conflict', 'This was removed.');
    const onId = post.number === 1 ? post.topicId : post.id;
    const who = viewer.id!;
    const given = post.vote > 0 ? 'up' : post.vote < 0 ? 'down' : 'none';
    const counted = (column: 'ups' | 'downs') => sql<number>`(select ${sql.raw(column)} from posts where id = ${post.id})`;
    const result = { number: post.topicNumber, place: post.number, ups: counted('ups'), downs: counted('downs'), vote: value };
    if (value === given) return { statements: [], events: [], result };
    if (voteStays(post, post.editedAt, now.getTime())) throw VOTE_STAYS;
    return {
      ...(value === 'none' ? {} : { guard: votesLeft({ who, onId, toId: post.authorId, value, rank: post, now }) }),
      statements: [vote(db, { onId, authorId: who, value, toId: post.authorId, createdAt: now.getTime() })],
      events: [{ type: 'post.voted', subject: `votes of ${post.id}`, data: { post: post.id, topic: post.topicId, value } }],
      result,
    };
  },
});
