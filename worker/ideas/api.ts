import { z } from 'zod';
import { numberIn, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { NewIdea } from './input.ts';
import { openIdea } from './open.ts';
import { ideaByNumber, ideasPage } from './queries.ts';
import { voteOnIdea } from './vote.ts';

const standing = z.object({ votes: is.count, voted: z.boolean().describe('Whether yours is among them.') });
const idea = z.object({ id: is.text, number: is.number, title: is.text, body: is.text, status: is.text, author: is.author, ...standing.shape, createdAt: is.moment, importId: is.importId });

export const ideasApi: Route[] = [
  { method: 'get', path: '/ideas', summary: 'Ideas, newest first', list: is.cursors.byNumber, response: idea, handle: async ({ portal, slice }) => (await portal.load(ideasPage(slice)))[0] },
  { method: 'post', path: '/ideas', summary: 'Write an idea down', body: NewIdea, status: 201, response: idea.pick({ id: true, number: true }), handle: ({ run }) => run(openIdea) },
  { method: 'get', path: '/ideas/{number}', summary: 'An idea', response: idea, handle: async (call) => (await call.portal.load(ideaByNumber(numberIn(call))))[0] },
  { method: 'put', path: '/ideas/{number}/vote', summary: 'Give your vote to an idea; again changes nothing', response: standing, handle: (call) => call.run(voteOnIdea, { number: numberIn(call), isFor: true }) },
  { method: 'delete', path: '/ideas/{number}/vote', summary: 'Take your vote back', response: standing, handle: (call) => call.run(voteOnIdea, { number: numberIn(call), isFor: false }) },
];
