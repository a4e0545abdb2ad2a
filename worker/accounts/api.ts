import { z } from 'zod';
import { feedbackItem, feedbackOf, filtersOf, SOURCES } from '../insights/api.ts';
import { feedbackPage } from '../insights/queries.ts';
import { type Call, requirePermission, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { oneOf } from '../platform/unknown.ts';
import { changeAccount } from './change.ts';
import { AccountChange, joinings, NewAccount } from './input.ts';
import { openAccount } from './open.ts';
import { accountById, bookOfBusiness, orders } from './queries.ts';

const health = z.object({
  score: z.number().nullable().describe('0 to 100; null where too little is known.'), colour: z.enum(['risk', 'watch', 'good']).nullable(), coverage: is.count.describe('How much of what counts is known, in per cent.'),
  way: z.enum(['up', 'down', 'steady']).nullable().describe('Which way it went within four weeks; null where that is not known.'), byHand: z.boolean().describe('Whether somebody said so in place of the measures.'),
});
const brief = z.object({
  id: is.text, name: is.text, domains: z.array(is.text), arr: z.number(), currency: is.text, plan: is.text.nullable(), renewsOn: z.iso.date().nullable(), csm: z.object({ id: is.text, name: is.text }).nullable(),
  openTickets: is.count, sayings: is.count.describe('Topics its people opened.'), lastWordAt: is.moment.nullable(), health: health.nullable().describe('How the account does; null until it was looked at.'), createdAt: is.moment, importId: is.importId,
});
const account = brief.extend({ joining: z.enum(joinings).describe('How people with an address of its domains come in.'), revision: is.count.describe('Send it with a change, so that nobody’s is lost.') });

const withCsm = <Row extends { csm: string | null; csmId: string | null }>({ csm, csmId, ...row }: Row) => ({ ...row, csm: csmId === null ? null : { id: csmId, name: csm } });

async function accountOf({ portal }: Call, id: string) {
  const [found] = await portal.load(accountById(id));
  return withCsm(found);
}

export const accountsApi: Route[] = [
  {
    method: 'get', path: '/accounts', summary: 'The book of business (staff)', list: is.cursors.byText, response: brief, query: { order: oneOf(orders, '`name`, `revenue`, `word` (who spoke last), `health` (the worst first), or `renewal`, which leaves out those without a date.'), q: 'How words of the name or a domain begin.' },
    async handle(call) {
      const { portal, slice, query } = call;
      const [{ items, next }] = await portal.load(bookOfBusiness(slice, orders.find((one) => one === query['order']) ?? 'name', { q: query['q'] }));
      requirePermission(call, 'accounts.see');
      return { items: items.map(withCsm), next };
    },
  },
  { method: 'post', path: '/accounts', summary: 'Make an account (permission accounts.change)', body: NewAccount, status: 201, response: account, handle: async (call) => accountOf(call, (await call.run(openAccount)).id) },
  { method: 'get', path: '/accounts/{id}', summary: 'An account (staff)', response: account, handle: (call) => accountOf(call, call.params['id']!) },
  {
    method: 'patch', path: '/accounts/{id}', summary: 'Change an account (permission accounts.change)', body: AccountChange.omit({ id: true }), response: account,
    handle: async (call) => accountOf(call, (await call.run(changeAccount, { id: call.params['id'] })).id),
  },
  {
    method: 'get', path: '/accounts/{id}/timeline', summary: 'Everything the people of an account said, newest first (staff)', list: is.cursors.byTime, response: feedbackItem, query: { person: 'Id of a person.', source: SOURCES },
    async handle(call) {
      const id = call.params['id']!;
      const [, { items, next }] = await call.portal.load(accountById(id), feedbackPage(call.slice, { ...filtersOf(call), account: id }));
      return { items: items.map(feedbackOf), next };
    },
  },
];
