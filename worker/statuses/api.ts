import { z } from 'zod';
import { requirePermission, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { statuses } from '../tickets/schema.ts';
import { allStatuses } from './queries.ts';

const both = z.object({ en: is.text, el: is.text });

export const statusesApi: Route[] = [
  {
    method: 'get', path: '/statuses', summary: 'Statuses in the workspace’s own words (staff); a ticket’s `status` can be set to their `id`',
    response: z.object({ items: z.array(z.object({ id: is.text, category: z.enum(statuses), agent: both, customer: both, isActive: z.boolean() })), next: z.null() }),
    async handle(call) {
      const [all] = await call.portal.load(allStatuses());
      requirePermission(call, 'tickets.see');
      return { items: all.map(({ id, category, agentEn, agentEl, customerEn, customerEl, isActive }) => ({ id, category, agent: { en: agentEn, el: agentEl || agentEn }, customer: { en: customerEn, el: customerEl || customerEn }, isActive })), next: null };
    },
  },
];
