import { z } from 'zod';
import { type Call, numberIn, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { oneOf } from '../platform/unknown.ts';
import { Restriction } from '../moderation/input.ts';
import { restrictTopic } from '../moderation/restrict.ts';
import { changeTopic } from './change.ts';
import { kinds, NewPost, NewTopic, TopicChange } from './input.ts';
import { openTopic } from './open.ts';
import { postsPage, standingOfTopic, topicByNumber, topicsPage } from './queries.ts';
import { mainTag } from './records.ts';
import { replyToTopic } from './reply.ts';
import { voteOnTopic } from './vote.ts';

const facts = z.object({
  id: is.text, number: is.number, slug: is.text, title: is.text, kind: z.enum(kinds), tags: z.array(is.text), postsCount: is.count, acceptedPostId: is.text.nullable().describe('The first of its accepted answers.'), problemState: z.enum(['known', 'fixed']).nullable().describe('How a problem stands; null while nobody said so.'), createdAt: is.moment, lastPostAt: is.moment, importId: is.importId,
});
const brief = facts.extend({ category: z.object({ slug: is.text, name: is.text }), author: z.object({ name: is.text, handle: is.text }) });
const standing = z.object({ votes: is.count, voted: z.boolean().describe('Whether yours is among them.') });
const topic = facts.extend({ authorId: is.text, lockedAt: is.moment.nullable().describe('Since when only moderators write in it.'), slowSeconds: is.count.describe('Seconds between two replies of one person; 0 for none.'), votesFrozenAt: is.moment.nullable().describe('Since when nobody votes in it.'), teamOnlyAt: is.moment.nullable().describe('Since when only the team and moderators reply in it.'), category: z.object({ id: is.text, slug: is.text, name: is.text }), author: is.author, ...standing.shape, revision: is.count.describe('Send it with a change, so that nobody’s is lost.') });
const isHeld = z.boolean().describe('Whether it waits for a moderator before anybody reads it.');
const post = z.object({ id: is.text, number: is.number.describe('Within its topic.'), body: is.text, createdAt: is.moment, editedAt: is.moment.nullable(), removed: z.enum(['author', 'moderator']).nullable().describe('By whom; the words of what was removed are not told.'), ups: is.count, downs: is.count, acceptedAt: is.moment.nullable().describe('Since when it counts as what solved its topic.'), attachments: z.array(is.attachment), importId: is.importId, author: is.author });

async function topicOf({ portal }: Call, number: number) {
  const [found, standing] = await portal.load(topicByNumber(number, false), standingOfTopic(number));
  const { category: { id, slug, name }, has: _, ...rest } = found;
  return { ...rest, category: { id, slug, name }, ...standing };
}

export const forumApi: Route[] = [
  {
    method: 'get', path: '/topics', summary: 'Topics, newest word first', list: is.cursors.byTime, response: brief,
    query: { category: 'Slug of a category: its topics, and those of all categories below it.', only: oneOf(['here'], '`here` for those of that category alone.'), tag: 'A tag, or a synonym of one.', unanswered: oneOf(['true', 'false'], '`true` for those without a reply.'), unsolved: oneOf(['true', 'false'], '`true` for questions and problems without an accepted answer.') },
    async handle({ portal, slice, query }) {
      const [main] = query['tag'] ? await portal.load(mainTag(query['tag'])) : [];
      const [{ items, next }] = await portal.load(topicsPage(slice, { category: query['category'], isOnlyHere: query['only'] === 'here', tag: main?.tag ?? query['tag'], unanswered: query['unanswered'] === 'true', unsolved: query['unsolved'] === 'true' }));
      return { items: items.map(({ sort: _, lastRead: __, pinnedAt: ___, category, categorySlug, author, handle, ...row }) => ({ ...row, category: { slug: categorySlug, name: category }, author: { name: author, handle } })), next };
    },
  },
  { method: 'post', path: '/topics', summary: 'Open a topic', body: NewTopic, status: 201, response: z.object({ id: is.text, number: is.number.nullable().describe('Null while it waits for a moderator.'), slug: is.text, isHeld }), handle: ({ run }) => run(openTopic) },
  { method: 'get', path: '/topics/{number}', summary: 'A topic', response: topic, handle: (call) => topicOf(call, numberIn(call)) },
  {
    method: 'patch', path: '/topics/{number}', summary: 'Change title, category, tags or kind (its author and moderators)', body: TopicChange.omit({ number: true }), response: topic,
    handle: async (call) => topicOf(call, (await call.run(changeTopic, { number: numberIn(call) })).number),
  },
  {
    method: 'patch', path: '/topics/{number}/restrictions', summary: 'Freeze its votes, or leave replies to the team (its moderators)', body: Restriction.omit({ number: true }), response: topic,
    handle: async (call) => topicOf(call, (await call.run(restrictTopic, { number: numberIn(call) })).number),
  },
  {
    method: 'get', path: '/topics/{number}/posts', summary: 'The posts of a topic, oldest first; the first is the question', list: is.cursors.byNumber, response: post,
    async handle(call) {
      const number = numberIn(call);
      const [, posts] = await call.portal.load(topicByNumber(number, false), postsPage(call.slice, number));
      return posts;
    },
  },
  {
    method: 'post', path: '/topics/{number}/posts', summary: 'Answer a topic', body: NewPost.omit({ number: true }), status: 201,
    response: z.object({ id: is.text, number: is.number, slug: is.text, place: is.number.nullable().describe('Number of the post within its topic; null while it waits for a moderator.'), isHeld }),
    handle: (call) => call.run(replyToTopic, { number: numberIn(call) }),
  },
  { method: 'put', path: '/topics/{number}/vote', summary: 'Give your vote to a topic; again changes nothing', response: standing, handle: (call) => call.run(voteOnTopic, { number: numberIn(call), isFor: true }) },
  { method: 'delete', path: '/topics/{number}/vote', summary: 'Take your vote back', response: standing, handle: (call) => call.run(voteOnTopic, { number: numberIn(call), isFor: false }) },
];
