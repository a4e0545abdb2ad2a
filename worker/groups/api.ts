import { z } from 'zod';
import { requirePermission, type Route } from '../platform/api.ts';
import * as is from '../platform/shapes.ts';
import { colleagues } from '../tickets/queries.ts';
import { Availability } from './input.ts';
import { allGroups } from './queries.ts';
import { setAvailability } from './set-availability.ts';

const member = is.person.extend({ isAway: z.boolean(), awayUntil: is.moment.nullable().describe('Null while they are here, and where they did not say until when.') });
const group = z.object({ id: is.text, name: is.text, members: z.array(member) });

export const groupsApi: Route[] = [
  {
    method: 'get', path: '/groups', summary: 'Groups of agents with their members, and who of them is away (staff)', list: z.never(), response: group,
    async handle(call) {
      const [groups, people] = await call.portal.load(allGroups(), colleagues());
      requirePermission(call, 'tickets.see');
      const away = new Map(people.filter(({ isAway }) => isAway).map(({ id, awayUntil }) => [id, awayUntil]));
      return { items: groups.map(({ members, ...one }) => ({ ...one, members: members.map((each) => ({ ...each, isAway: away.has(each.id), awayUntil: away.get(each.id) ?? null })) })), next: null };
    },
  },
  { method: 'put', path: '/me/availability', summary: 'Say that you are away from the desk, for some hours or until you say otherwise, or that you are back (staff); tickets stay where they are', body: Availability, example: { away: 'yes', hours: 8 }, response: z.object({ away: z.boolean() }), handle: (call) => call.run(setAvailability) },
];
