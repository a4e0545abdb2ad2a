import { z } from 'zod';
import { requirePermission, type Route } from '../platform/api.ts';
import { notFound } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { columns, Condition, sorts } from './input.ts';
import { myViews, ticketsMatching } from './queries.ts';

const view = z.object({ id: is.text, name: is.text.describe('Empty for the views that come with a workspace.'), ownerId: is.text.nullable(), groupId: is.text.nullable(), condition: Condition, columns: z.array(z.enum(columns)), sort: z.enum(sorts), position: z.int() });
const ticket = z.object({
  id: is.text, number: is.number, subject: is.text, status: is.text, ownStatus: z.object({ en: is.text, el: is.text }).nullable().describe('What agents call it, in the workspace’s own words.'), priority: is.text, tags: z.array(is.text), assigneeId: is.text.nullable(), assigneeName: is.text.nullable(), groupName: is.text.nullable(),
  requesterName: is.text, accountName: is.text.nullable(), waitingSince: is.moment.nullable(), snoozedUntil: is.moment.nullable(), lastMessageAt: is.moment, solvedAt: is.moment.nullable(), createdAt: is.moment,
});

export const viewsApi: Route[] = [
  {
    method: 'get', path: '/views', summary: 'Your views of tickets: everybody’s, your groups’, your own (staff)', list: z.never(), response: view,
    async handle(call) {
      const [items] = await call.portal.load(myViews());
      requirePermission(call, 'tickets.see');
      return { items, next: null };
    },
  },
  {
    method: 'get', path: '/views/{id}/tickets', summary: 'The tickets of a view, in its order (staff)', list: is.cursors.byTime, response: ticket,
    async handle(call) {
      const [all] = await call.portal.load(myViews());
      requirePermission(call, 'tickets.see');
      const found = all.find(({ id }) => id === call.params['id']);
      if (!found) throw notFound();
      const [tickets] = await call.portal.load(ticketsMatching(call.slice, found));
      return { ...tickets, items: tickets.items.map(({ rank: _, plan: __, ...one }) => one) };
    },
  },
];
