import { z } from 'zod';
import { numberIn, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { locales } from '../platform/viewer.ts';
import { oneOf } from '../platform/unknown.ts';
import { awaitAsGuest } from './await-as-guest.ts';
import { awaitFix } from './await-fix.ts';
import { hideIncident } from './hide.ts';
import { Awaiting, Showing } from './input.ts';
import { knownProblems } from './queries.ts';
import { showIncident } from './show.ts';

const known = z.object({ follow: is.text.describe('What names it when you follow it.'), title: is.text, url: is.text.nullable(), since: is.moment });

export const incidentsApi: Route[] = [
  {
    method: 'get', path: '/incidents', summary: 'What is known to be wrong and not fixed yet', query: { q: 'What was typed so far; five that are like it.', locale: oneOf(locales) }, response: z.object({ items: z.array(known), next: z.null() }),
    async handle({ portal, query }) {
      const q = query['q']?.slice(0, 500);
      const [found] = await portal.load(knownProblems(query['locale'] === 'el' ? 'el' : 'en', q ? { subject: q, text: '' } : undefined));
      return { items: found.map(({ kind, place, title, url, since }) => ({ follow: `${kind}:${place}`, title, url, since })), next: null };
    },
  },
  {
    method: 'post', path: '/incidents/follow', summary: 'Wait for it to be fixed instead of opening a ticket, and be told then', body: Awaiting.extend({ email: z.email().optional().describe('Of a guest: it gets a letter that asks whether they mean it, and nothing more before they say so.'), locale: z.enum(locales).optional() }), status: 201, response: z.object({ kind: z.enum(['topic', 'incident']) }),
    handle: async ({ run, body, network, url }) => ((await body())['email'] === undefined ? run(awaitFix) : run(awaitAsGuest, { network, url })),
  },
  { method: 'put', path: '/tickets/{number}/incident', summary: 'Tell customers who are about to ask the same what is known of a ticket (staff)', body: Showing.omit({ number: true }), response: z.object({ number: is.number }), handle: (call) => call.run(showIncident, { number: numberIn(call) }) },
  { method: 'delete', path: '/tickets/{number}/incident', summary: 'Tell them of it no longer (staff)', response: z.object({ number: is.number }), handle: (call) => call.run(hideIncident, { number: numberIn(call) }) },
];
