import { z } from 'zod';
import type { Call, Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { postById } from '../posts/queries.ts';
import { Advice } from './input.ts';
import { notesOfPost } from './queries.ts';
import { tellAuthor } from './tell.ts';

const note = z.object({ id: is.text, words: is.text, isSigned: z.boolean(), by: is.text.nullable().describe('Name of who wrote it; null where they did not sign it, for the author.'), createdAt: is.moment });

const idIn = ({ params }: Call) => params['id']!;

export const adviceApi: Route[] = [
  {
    method: 'get', path: '/posts/{id}/notes', summary: 'What the author of a post was told privately (they and moderators; others what they told)', list: z.never(), response: note,
    async handle(call) {
      const [, items] = await call.portal.load(postById(idIn(call)), notesOfPost(idIn(call)));
      return { items, next: null };
    },
  },
  {
    method: 'post', path: '/posts/{id}/notes', summary: 'Tell the author of a post something about it, privately', body: Advice.omit({ post: true }), status: 201, response: z.object({ post: is.text, isHeld: z.boolean().describe('Whether it waits for a moderator first.') }),
    async handle(call) {
      const { post, isHeld } = await call.run(tellAuthor, { post: idIn(call) });
      return { post, isHeld };
    },
  },
];
