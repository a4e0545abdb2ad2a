import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { votesOn } from './access.ts';
import { IdeaVote } from './input.ts';
import { ideaByNumber } from './queries.ts';
import { voted } from './schema.ts';

/** Gives a person's one vote to an idea, or takes it back. */
export const voteOnIdea = operation({
  name: 'ideas.vote',
  input: IdeaVote,
  subject: ({ number }) => ideaByNumber(number),
  may: signedIn,
  decide({ db, viewer }, { isFor }, idea) {
    const result = { votes: votesOn(idea.id), voted: isFor };
    if (idea.voted === isFor) return { statements: [], events: [], result };
    return {
      statements: [voted(db, idea.id, viewer.id!, isFor)],
      events: [{ type: 'idea.voted', subject: `votes of ${idea.id}`, data: { idea: idea.id, isFor } }],
      result,
    };
  },
});
