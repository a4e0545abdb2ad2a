import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { invalid, notFound } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { Status } from './input.ts';
import { statusToKeep } from './queries.ts';
import { ticketStatuses } from './schema.ts';

/** Makes a status in own words, or changes the one of this id: its words, its place, and whether agents can choose it. Tickets that have one out of use keep it. */
export const keepStatus = operation({
  name: 'statuses.keep',
  input: Status,
  subject: ({ id }) => statusToKeep(id ?? ''),
  may: permitted('settings.manage'),
  decide({ db, now, newId }, { id: wanted, ...status }, { found, category, revision }) {
    if (wanted !== undefined && found === null) throw notFound();
    if (found !== null && category !== status.category) throw invalid({ category: 'The kind stays, since tickets are counted by it. Make another status.' });
    const id = wanted ?? newId('sts');
    return {
      statements: [found === null ? db.insert(ticketStatuses).values({ id, ...status, createdAt: now }) : db.update(ticketStatuses).set(status).where(eq(ticketStatuses.id, id))],
      events: [{ type: found === null ? 'status.made' : 'status.changed', subject: id, revision: revision + 1, data: { name: status.agentEn, active: status.isActive } }],
      result: { id },
    };
  },
});
