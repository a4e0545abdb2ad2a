import { z } from 'zod';
import { numberIn, requirePermission, type Route } from '../platform/api.ts';
import { notFound } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { Question, Rating, reasons } from './input.ts';
import { keepQuestion } from './keep-question.ts';
import { ratingOfTicket, ratingQuestion } from './queries.ts';
import { rateTicket } from './rate.ts';

const rating = z.object({ score: is.number.describe('1 (very bad) to 5 (very good); on a scale of two 1 (bad) or 2 (good).'), scale: is.number.describe('The points of its question: 2 or 5.'), reason: z.enum(reasons).nullable(), comment: is.text, createdAt: is.moment, isOfNow: z.boolean().describe('Whether it is about the last time that it was solved.') });

const question = z.object({ scale: is.number.describe('Points of the question: 2 or 5.'), hours: is.number.describe('Hours from solving to the mail that asks.') });

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
  {
    method: 'get', path: '/surveys/rating', summary: 'How solved tickets are asked about (admins)', response: question,
    async handle(call) {
      const [kept] = await call.portal.load(ratingQuestion());
      requirePermission(call, 'settings.manage');
      return kept.question;
    },
  },
  { method: 'put', path: '/surveys/rating', summary: 'Say how solved tickets are asked about (admins)', body: Question, response: question, handle: (call) => call.run(keepQuestion, {}) },
];
