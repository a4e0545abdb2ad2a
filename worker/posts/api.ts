import { z } from 'zod';
import { type Call, numberIn, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { editPost } from './edit.ts';
import { hideVersion } from './hide-version.ts';
import { PostEdit, PostRemoval, PostVote, VersionHiding } from './input.ts';
import { postById, versionsPage } from './queries.ts';
import { removePost } from './remove.ts';
import { restorePost } from './restore.ts';
import { voteOnPost } from './vote.ts';

const post = z.object({
  id: is.text, number: is.number.describe('Within its topic.'), body: is.text, createdAt: is.moment, editedAt: is.moment.nullable(), removed: z.enum(['author', 'moderator']).nullable(), ups: is.count, downs: is.count, attachments: z.array(is.attachment), importId: is.importId,
  topic: z.object({ number: is.number, slug: is.text, title: is.text, tags: z.array(is.text) }), author: is.author, revision: is.count.describe('Send it with a change, so that nobody’s is lost.'),
});
const version = z.object({ number: is.number, title: is.text.nullable(), tags: z.array(is.text).nullable(), body: is.text, writtenAt: is.moment, hiddenAt: is.moment.nullable().describe('Since when only moderators read it.'), hiddenWhy: is.text, editor: z.object({ name: is.text, handle: is.text }) });
const votes = z.object({ ups: is.count, downs: is.count, vote: z.enum(['up', 'down', 'none']) });

const idIn = ({ params }: Call) => params['id']!;

async function postOf(call: Call) {
  const [{ editorId: _, ...found }] = await call.portal.load(postById(idIn(call)));
  return found;
}

export const postsApi: Route[] = [
  { method: 'get', path: '/posts/{id}', summary: 'A post', response: post, handle: postOf },
  {
    method: 'patch', path: '/posts/{id}', summary: 'Change what a post says (its author and moderators); with the first post also title and tags of its topic', body: PostEdit.omit({ post: true }), response: post,
    async handle(call) {
      await call.run(editPost, { post: idIn(call) });
      return postOf(call);
    },
  },
  {
    method: 'delete', path: '/posts/{id}', summary: 'Remove a post (its author; moderators with a reason)', query: { reason: 'Why, for moderators.' }, response: post,
    async handle(call) {
      await call.run(removePost, { post: idIn(call), reason: call.query['reason'] });
      return postOf(call);
    },
  },
  {
    method: 'post', path: '/posts/{id}/restore', summary: 'Bring back a removed post (its author within a day; moderators with a reason)', body: PostRemoval.omit({ post: true }), response: post,
    async handle(call) {
      await call.run(restorePost, { post: idIn(call) });
      return postOf(call);
    },
  },
  {
    method: 'get', path: '/posts/{id}/versions', summary: 'What a post said before, the newest first', list: is.cursors.byNumber, response: version,
    async handle(call) {
      const [, versions] = await call.portal.load(postById(idIn(call)), versionsPage(call.slice, idIn(call)));
      return { ...versions, items: versions.items.map(({ isRead: _, ...one }) => one) };
    },
  },
  {
    method: 'patch', path: '/posts/{id}/versions/{number}', summary: 'Hide what a post said before, with a reason, or show it again (moderators)', body: VersionHiding.omit({ post: true, version: true }), response: z.object({ version: is.number, hidden: z.boolean() }),
    async handle(call) {
      const { version, hidden } = await call.run(hideVersion, { post: idIn(call), version: numberIn(call) });
      return { version, hidden };
    },
  },
  {
    method: 'put', path: '/posts/{id}/vote', summary: 'Vote on a post of somebody else’s, or take the vote back', body: PostVote.omit({ post: true }), response: votes,
    async handle(call) {
      const { ups, downs, vote } = await call.run(voteOnPost, { post: idIn(call) });
      return { ups, downs, vote };
    },
  },
];
