import { z } from 'zod';
import { requirePermission, type Route } from '../platform/api.ts';
import { outcomes } from '../platform/input.ts';
import * as is from '../platform/shapes.ts';
import { decideReviews } from './decide-many.ts';
import { ManyDecisions } from './input.ts';
import { reviewsToDo } from './records.ts';
import { flagKinds } from './schema.ts';

/** As many as are told at once. */
const MOST = 100;

const review = z.object({
  post: is.text.describe('Id of the post.'), topic: z.object({ number: is.number, slug: is.text, title: is.text }), place: is.number.describe('Number of the post within its topic.'), author: is.text, excerpt: is.text, score: z.number().describe('What its reports weigh.'), isUrgent: z.boolean().describe('Whether it may be against the law.'),
  flags: z.array(z.object({ kind: z.enum(flagKinds), words: is.text, by: is.text })), openedAt: is.moment, claimedBy: is.text.nullable().describe('Who took it, by id.'), version: is.count.describe('Send it with a decision.'),
});
const came = z.object({ decision: z.enum(['agree', 'disagree', 'ignore']), entries: z.array(z.object({ id: is.text, outcome: z.enum(outcomes), name: is.text.nullable().describe('Title of its topic.') })) });

export const moderationApi: Route[] = [
  {
    method: 'get', path: '/reviews', summary: 'Reported posts to decide about, urgent first, then by weight (permission forum.moderate)', list: z.never(), response: review,
    async handle(call) {
      const [items] = await call.portal.load(reviewsToDo(MOST));
      requirePermission(call, 'forum.moderate');
      return { items: items.map(({ postId: post, topic, place, author, excerpt, score, isUrgent, flags, openedAt, claimedBy, revision: version }) => ({ post, topic, place, author, excerpt, score, isUrgent, flags, openedAt, claimedBy, version })), next: null };
    },
  },
  { method: 'post', path: '/reviews/decisions', summary: 'Decide about reported posts; up to fifty, each at its version (permission forum.moderate)', body: ManyDecisions, response: came, handle: ({ run }) => run(decideReviews) },
];
