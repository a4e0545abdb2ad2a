import { z } from 'zod';
import { type Call, requirePermission, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { oneOf } from '../platform/unknown.ts';
import { sources } from './input.ts';
import { addressOf, feedbackPage, type Saying } from './queries.ts';

/** What a customer said, wherever they said it. `theme` and `sentiment` are null until something has read it. */
export const feedbackItem = z.object({
  id: is.text,
  source: z.object({ type: z.enum(sources), importId: is.importId, url: is.text }),
  title: is.text,
  text: is.text,
  score: z.number().nullable().describe('Of a survey.'),
  scale: z.number().nullable().describe('The points of the question, of an answer to how content they are.'),
  locale: is.locale,
  person: is.person,
  account: z.object({ id: is.text, name: is.text }).nullable(),
  theme: z.object({ id: is.text, name: is.text, confidence: z.number() }).nullable(),
  sentiment: z.number().nullable(),
  createdAt: is.moment,
});

/** A saying as the API tells it. */
export const feedbackOf = ({ source, importId, number, place, turn: _, ...saying }: Saying) => ({
  ...saying,
  source: { type: source, importId, url: addressOf({ id: saying.id, source, number, place }) },
  theme: null,
  sentiment: null,
});

/** The filters of a call. */
export const filtersOf = ({ query }: Call) => ({ source: sources.find((one) => one === query['source']), person: query['person'] });

export const SOURCES = oneOf(sources);

export const insightsApi: Route[] = [
  {
    method: 'get', path: '/feedback', summary: 'Everything customers said, newest first (staff)', list: is.cursors.byTime, response: feedbackItem,
    query: { account: 'Id of an account.', person: 'Id of a person.', source: SOURCES },
    async handle(call) {
      const [{ items, next }] = await call.portal.load(feedbackPage(call.slice, { ...filtersOf(call), account: call.query['account'] }));
      requirePermission(call, 'feedback.see');
      return { items: items.map(feedbackOf), next };
    },
  },
];
