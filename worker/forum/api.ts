import { type Route, numberIn } from '../platform/api.ts';
import { NewPost, NewTopic } from './input.ts';
import { openTopic } from './open.ts';
import { postsPage, topicByNumber, topicsPage } from './queries.ts';
import { replyToTopic } from './reply.ts';

export const forumApi: Route[] = [
  {
    method: 'get', path: '/topics', summary: 'Topics, newest word first', list: true,
    query: { category: 'Slug of a category.', tag: 'A tag.', unanswered: '`true` for those without a reply.' },
    handle: async ({ portal, slice, query }) => (await portal.load(topicsPage(slice, { category: query['category'], tag: query['tag'], unanswered: query['unanswered'] === 'true' })))[0],
  },
  { method: 'post', path: '/topics', summary: 'Open a topic', body: NewTopic, status: 201, handle: ({ run }) => run(openTopic) },
  {
    method: 'get', path: '/topics/{number}', summary: 'A topic',
    handle: async (call) => {
      const [topic] = await call.portal.load(topicByNumber(numberIn(call)));
      return topic;
    },
  },
  {
    method: 'get', path: '/topics/{number}/posts', summary: 'The posts of a topic, oldest first; the first is the question', list: true,
    handle: async (call) => {
      const number = numberIn(call);
      const [, posts] = await call.portal.load(topicByNumber(number), postsPage(call.slice, number));
      return posts;
    },
  },
  { method: 'post', path: '/topics/{number}/posts', summary: 'Answer a topic', body: NewPost.omit({ number: true }), status: 201, handle: (call) => call.run(replyToTopic, { number: numberIn(call) }) },
];
