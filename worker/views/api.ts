import { z } from 'zod';
import { type Call, requirePermission, type Route } from '../platform/api.ts';
import { notFound } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { columns, Condition, NewView, sorts } from './input.ts';
import { keepView } from './keep.ts';
import { myViews, ticketsMatching } from './queries.ts';
import { removeView } from './remove.ts';

const view = z.object({ id: is.text, name: is.text.describe('Empty for the views that come with a workspace.'), ownerId: is.text.nullable(), groupId: is.text.nullable(), condition: Condition, columns: z.array(z.enum(columns)), sort: z.enum(sorts), position: z.int() });
const ticket = z.object({
  id: is.text, number: is.number, subject: is.text, status: is.text, ownStatus: z.object({ en: is.text, el: is.text }).nullable().describe('What agents call it, in the workspace’s own words.'), priority: is.text, tags: z.array(is.text), assigneeId: is.text.nullable(), assigneeName: is.text.nullable(), groupName: is.text.nullable(),
  requesterName: is.text, accountName: is.text.nullable(), waitingSince: is.moment.nullable(), snoozedUntil: is.moment.nullable(), lastMessageAt: is.moment, solvedAt: is.moment.nullable(), createdAt: is.moment,
});

async function viewOf({ portal }: Call, id: string) {
  const [all] = await portal.load(myViews());
  const found = all.find((one) => one.id === id);
  if (!found) throw notFound();
  return found;
}

const body = NewView.omit({ id: true });
const example = { name: 'Urgent and waiting', condition: { match: 'all', groups: [{ match: 'all', rows: [{ field: 'priority', is: 'is', values: ['urgent'] }] }] } };

export const viewsApi: Route[] = [
  {
    method: 'get', path: '/views', summary: 'Your views of tickets: everybody’s, your groups’, your own (staff)', list: z.never(), response: view,
    async handle(call) {
      const [items] = await call.portal.load(myViews());
      requirePermission(call, 'tickets.see');
      return { items, next: null };
    },
  },
  { method: 'post', path: '/views', summary: 'Save a view: your own, or (permission settings.manage) a group’s or everybody’s', body, example, status: 201, response: view, handle: async (call) => viewOf(call, (await call.run(keepView)).id) },
  { method: 'get', path: '/views/{id}', summary: 'A view (staff)', response: view, handle: (call) => viewOf(call, call.params['id']!) },
  {
    method: 'patch', path: '/views/{id}', summary: 'Change a view; what is left out stays', body: body.partial(), example: { name: 'Urgent' }, response: view,
    async handle(call) {
      const change = await call.body();
      const { ownerId, groupId, ...now } = await viewOf(call, call.params['id']!);
      await call.portal.run(keepView, { ...now, scope: ownerId !== null ? 'personal' : groupId !== null ? 'group' : 'global', group: groupId ?? '', ...change });
      return viewOf(call, now.id);
    },
  },
  { method: 'delete', path: '/views/{id}', summary: 'Remove a view; its tickets stay as they are', response: z.object({ id: is.text }), handle: (call) => call.portal.run(removeView, { id: call.params['id']! }) },
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
