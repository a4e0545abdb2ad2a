import { job } from '../platform/job.ts';
import { DAY } from '../platform/time.ts';
import { KEPT } from './schema.ts';

const MOST = 200;

/** Removes tickets that nobody looked at for fourteen days, with their files, and forgets who sent tickets yesterday. */
export const tidySuspended = job('suspended.tidy', async ({ db, gate, now }) => {
  const [before, yesterday] = [now.getTime() - KEPT, now.getTime() - DAY];
  const [{ rows: [old] }, { rows: [sent] }] = await Promise.all([db.$client.execute({ sql: 'select 1 from suspended_tickets where created_at < ? limit 1', args: [before] }), db.$client.execute({ sql: 'select 1 from ticket_senders where at < ? limit 1', args: [yesterday] })]);
  if (!old && !sent) return 0;
  const some = `select id from suspended_tickets where created_at < ?1 order by created_at, id limit ${MOST}`;
  const [, removed] = await gate.commit([
    {
      sql: `insert into outbox (id, type, subject, revision, actor_id, data, created_at)
        select 'evt_' || lower(hex(randomblob(16))), 'ticket.discarded', s.id, (select coalesce(max(revision), 0) + 1 from outbox o where o.subject = s.id), 'system', json_object('number', s.number), ?2 from suspended_tickets s where s.id in (${some})`,
      args: [before, now.getTime()],
    },
    { sql: `delete from suspended_tickets where id in (${some}) returning id`, args: [before] },
    { sql: 'delete from ticket_senders where at < ?', args: [yesterday] },
  ]);
  return removed!.length;
});
