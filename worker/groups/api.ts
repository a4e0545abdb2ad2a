import { z } from 'zod';
import { requirePermission, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { allGroups } from './queries.ts';

const group = z.object({ id: is.text, name: is.text, members: z.array(is.person) });

export const groupsApi: Route[] = [
  {
    method: 'get', path: '/groups', summary: 'Groups of agents with their members (staff)', list: z.never(), response: group,
    async handle(call) {
      const [items] = await call.portal.load(allGroups());
      requirePermission(call, 'tickets.see');
      return { items, next: null };
    },
  },
];
