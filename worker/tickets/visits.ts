import type { Gate, Sql } from '../platform/gate.ts';
import { gathering } from '../platform/gather.ts';

/** Milliseconds for which visits are gathered. */
const GATHER = 500;
/** Visits that are gathered at most. */
const MOST = 1_000;

interface Visit {
  ticketId: string;
  userId: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Of what is gone by then nothing is written. */
const written = (visits: Visit[]): Sql => ({
  sql: `insert into ticket_visits (ticket_id, user_id, at) select t.id, u.id, v.value ->> 'at' from json_each(?) v cross join tickets t on t.id = v.value ->> 'ticketId' cross join users u on u.id = v.value ->> 'userId' where true
    on conflict (ticket_id, user_id) do update set at = excluded.at`,
  args: [JSON.stringify(visits)],
});

const visits = gathering<Visit[]>('visits', GATHER, () => [], (some) => [written(some)]);

/** Which of the staff look at which tickets, so that colleagues see it: gathered in the memory of this worker, and written a moment later in one commit, for which nobody waits. It is no event. */
export interface VisitLog {
  /** They were shown a ticket, by the ids of both. */
  looked(ticketId: string, userId: string, at?: number): void;
}

/** The log of one request. `wait` keeps the request's work going after its answer. */
export const visitLog = (gate: () => Gate, wait: (work: Promise<unknown>) => void): VisitLog => ({
  looked(ticketId, userId, at = Date.now()) {
    if (visits.batch.length >= MOST) return;
    visits.batch.push({ ticketId, userId, at });
    wait(visits.soon(gate()));
  },
});
