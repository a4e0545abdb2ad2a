import { job } from '../platform/job.ts';

/** Reminders of one run. */
const MOST = 100;
const DUE = `select topic_id from assignments where remind_at <= ?1 order by remind_at, topic_id limit ${MOST}`;

/** Reminds those who look after topics, when they wanted it. The event and the mark are one commit: two runs at once do it once. */
export const remindOfTopics = job('assignments.remind', async ({ gate, now }) => {
  const args = [now.getTime()];
  const results = await gate.commit([
    {
      sql: `insert into outbox (id, type, subject, revision, data, created_at) select 'evt_' || lower(hex(randomblob(16))), 'topic.assignment_due', topic_id, (select coalesce(max(revision), 0) + 1 from outbox o where o.subject = topic_id), '{}', ?1 from assignments where topic_id in (${DUE}) and status <> 'done'`,
      args,
    },
    { sql: `update assignments set remind_at = null where topic_id in (${DUE}) returning topic_id`, args },
  ]);
  return results.at(-1)!.length;
});
