import { job } from '../platform/job.ts';
import { REOPEN_DAYS } from './input.ts';

const DAY = 24 * 3_600_000;

const MOST = 200;

/** Closes for good what was solved so long ago that nobody reopens it. What came by import stays as its file says. */
export const closeSolved = job('tickets.close-solved', async ({ gate, now }) => {
  const since = now.getTime() - REOPEN_DAYS * DAY;
  const old = `select id from tickets indexed by tickets_solved where status = 'solved' and import_id is null and solved_at < ? order by solved_at limit ${MOST}`;
  const [closed] = await gate.commit([
    {
      sql: `insert into outbox (id, type, subject, revision, actor_id, data, created_at)
        select 'evt_' || lower(hex(randomblob(16))), 'ticket.closed', t.id, (select coalesce(max(revision), 0) + 1 from outbox o where o.subject = t.id), 'system', '{"from":{"status":"solved"},"to":{"status":"closed"}}', ? from tickets t where t.id in (${old}) returning subject`,
      args: [now.getTime(), since],
    },
    { sql: `update tickets set status = 'closed', waiting_since = null, updated_at = ? where id in (${old})`, args: [now.getTime(), since] },
  ]);
  return closed!.length;
});
