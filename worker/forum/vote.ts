import { votesOn } from '../ideas/access.ts';
import { voted } from '../ideas/schema.ts';
import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { TopicVote } from './input.ts';
import { standingOfTopic } from './queries.ts';

/** Gives a person's one vote to a topic, or takes it back. Votes count by themselves: they are no change of the topic. */
export const voteOnTopic = operation({
  name: 'forum.vote',
  input: TopicVote,
  subject: ({ number }) => standingOfTopic(number),
  may: signedIn,
  decide({ db, viewer }, { isFor }, topic) {
    const result = { votes: votesOn(topic.id), voted: isFor };
    if (topic.voted === isFor) return { statements: [], events: [], result };
    return {
      statements: [voted(db, topic.id, viewer.id!, isFor)],
      events: [{ type: 'topic.voted', subject: `votes of ${topic.id}`, data: { topic: topic.id, isFor } }],
      result,
    };
  },
});
