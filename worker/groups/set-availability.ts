import { eq } from 'drizzle-orm';
import { users } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { HOUR } from '../platform/time.ts';
import { Availability } from './input.ts';

/** Somebody of the desk says that they are away, for some hours or until they say otherwise, or that they are back. Tickets stay where they are. */
export const setAvailability = operation({
  name: 'groups.set-availability',
  input: Availability,
  may: permitted('tickets.see'),
  decide({ db, viewer, now }, { away, hours }) {
    const isAway = away === 'yes';
    const until = isAway && hours ? new Date(now.getTime() + hours * HOUR) : null;
    return {
      statements: [db.update(users).set({ awayAt: isAway ? now : null, awayUntil: until }).where(eq(users.id, viewer.id!))],
      events: [{ type: isAway ? 'person.went_away' : 'person.came_back', subject: viewer.id!, data: until ? { until: until.toISOString() } : {} }],
      result: { away: isAway },
    };
  },
});
