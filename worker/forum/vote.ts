import { votesOn } from '../ideas/access.ts';
import { vote } from '../ideas/schema.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { VOTE_STAYS, voteStays } from '../posts/access.ts';
import { votesLeft } from '../trust/access.ts';
import { anotherReader } from './access.ts';
import { TopicVote } from './input.ts';
import { topicToVoteOn } from './records.ts';

/** Gives a person's one vote to a topic of somebody else, or takes it back: a vote on its first post, by the same rules. Votes count by themselves: they are no change of the topic. */
export const voteOnTopic = operation({
  name: 'forum.vote',
  input: TopicVote,
  subject: ({ number }) => topicToVoteOn(number),
  may: anotherReader,
  decide({ db, viewer, now }, { isFor }, { id: onId, authorId: toId, votesFrozenAt, removed, editedAt, vote: before, votedAt, level, least }) {
    const who = viewer.id!;
    const result = { votes: votesOn(onId), voted: isFor };
    if (before === (isFor ? 1 : 0)) return { statements: [], events: [], result };
    if (votesFrozenAt) throw new Refusal('conflict', 'Votes in this topic are frozen.');
    if (removed) throw new Refusal('conflict', 'This was removed.');
    if (voteStays({ vote: before, votedAt }, editedAt, now.getTime())) throw VOTE_STAYS;
    return {
      ...(isFor ? { guard: votesLeft({ who, onId, toId, value: 'up', rank: { level, least }, now }) } : {}),
      statements: [vote(db, { onId, authorId: who, value: isFor ? 'up' : 'none', toId, createdAt: now.getTime() })],
      events: [{ type: 'topic.voted', subject: `votes of ${onId}`, data: { topic: onId, isFor } }],
      result,
    };
  },
});
