import { job } from '../platform/job.ts';
import { DAY } from '../platform/time.ts';
import { REOPEN_DAYS } from './access.ts';
import { heardOf, released, type Said } from './release.ts';

const SOME = 100;

/** Of them, what one run sends at most, and those of one commit. */
const [HELD, AT_ONCE] = [2_000, 20];

/** Sends the answers, but for those that would cross what somebody wrote meanwhile, and adds the notes whose time to be taken back is over, should the request that sent them have died with its timer, or a bulk change have written them. */
export const sendHeldReplies = job('tickets.send-held', async ({ db, gate, now, happened }) => {
  let sent = 0;
  while (sent < HELD) {
    const { rows } = await db.$client.execute({ sql: `select id, body, visibility, ticket_id from held_replies where release_at <= ? order by release_at limit ${AT_ONCE}`, args: [now.getTime()] });
    if (rows.length === 0) break;
    const held = rows as unknown as (Said & { ticket_id: string })[];
    await gate.commit(held.flatMap((one) => released(one, now)));
    await happened?.(held.map((one) => heardOf(one, one.ticket_id)));
    sent += rows.length;
  }
  return sent;
});

const DUE = `snoozed_until in (select snoozed_until from tickets where snoozed_until <= ?1 order by snoozed_until limit ${SOME})`;
const REVISION = '(select coalesce(max(revision), 0) + 1 from outbox o where o.subject = tickets.id)';
const EVENT = "insert into outbox (id, type, subject, revision, data, created_at) select 'evt_' || lower(hex(randomblob(16)))";

/** Brings tickets back whose morning has come, and closes those that were to be closed then, without a word to anybody outside. */
export const wakeTickets = job('tickets.wake', async ({ db, gate, now }) => {
  const { rows } = await db.$client.execute({ sql: 'select 1 from tickets where snoozed_until <= ? limit 1', args: [now.getTime()] });
  if (rows.length === 0) return 0;
  const args = [now.getTime()];
  const results = await gate.commit([
    { sql: `${EVENT}, 'ticket.woken', id, ${REVISION}, '{}', ?1 from tickets where ${DUE} and snooze = 'until'`, args },
    { sql: `${EVENT}, 'ticket.changed', id, ${REVISION}, json_object('from', json_object('status', status), 'to', json_object('status', 'closed')), ?1 from tickets where ${DUE} and snooze = 'close'`, args },
    { sql: `update tickets set status = case snooze when 'close' then 'closed' else status end, solved_at = case snooze when 'close' then coalesce(solved_at, ?1) else solved_at end,
        waiting_since = case snooze when 'close' then null else waiting_since end, updated_at = ?1, snooze = null, snoozed_until = null where ${DUE} returning id`, args },
  ]);
  return results.at(-1)!.length;
});

/** Forgets who looked at tickets yesterday. */
export const forgetVisits = job('tickets.forget-visits', async ({ gate, now }) => {
  const [rows] = await gate.commit([{ sql: 'delete from ticket_visits where at < ? returning user_id', args: [now.getTime() - DAY] }]);
  return rows!.length;
});
const MOST = 200;

/** Closes for good what was solved so long ago that nobody reopens it. What came by import stays as its file says. */
export const closeSolved = job('tickets.close-solved', async ({ gate, now }) => {
  const old = `select id from tickets indexed by tickets_solved where status = 'solved' and import_id is null and solved_at < ? - ${REOPEN_DAYS} * ${DAY} order by solved_at limit ${MOST}`;
  const [closed] = await gate.commit([
    {
      sql: `insert into outbox (id, type, subject, revision, actor_id, data, created_at)
        select 'evt_' || lower(hex(randomblob(16))), 'ticket.closed', t.id, (select coalesce(max(revision), 0) + 1 from outbox o where o.subject = t.id), 'system', '{"from":{"status":"solved"},"to":{"status":"closed"}}', ? from tickets t where t.id in (${old}) returning subject`,
      args: [now.getTime(), now.getTime()],
    },
    { sql: `update tickets set status = 'closed', waiting_since = null, updated_at = ? where id in (${old})`, args: [now.getTime(), now.getTime()] },
  ]);
  return closed!.length;
});
