import { z } from 'zod';
import { numberIn, type Route } from '../platform/api.ts';
import { notFound } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { Rating, reasons } from './input.ts';
import { ratingOfTicket } from './queries.ts';
import { rateTicket } from './rate.ts';

const rating = z.object({ score: is.number.describe('1 (very bad) to 5 (very good).'), reason: z.enum(reasons).nullable(), comment: is.text, createdAt: is.moment, isOfNow: z.boolean().describe('Whether it is about the last time that it was solved.') });

export const surveysApi: Route[] = [
  {
    method: 'get', path: '/tickets/{number}/rating', summary: 'How a ticket went, as whoever asked rated it last', response: rating,
    async handle(call) {
      const [found] = await call.portal.load(ratingOfTicket(numberIn(call)));
      if (!found) throw notFound();
      return found;
    },
  },
  { method: 'put', path: '/tickets/{number}/rating', summary: 'Rate your solved ticket; for a week you can change it', body: Rating.omit({ number: true }), response: z.object({ number: is.number }), handle: (call) => call.run(rateTicket, { number: numberIn(call) }) },
];
