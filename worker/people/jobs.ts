import { job } from '../platform/job.ts';
import { DAY } from '../platform/time.ts';

/** Sessions past their time, and attempts older than a day, go. */
export const forgetOldSessions = job('people.forget-old-sessions', async ({ gate, now }) => {
  const [sessions] = await gate.commit([
    { sql: 'delete from sessions where id in (select id from sessions where expires_at < ? limit 500) returning id', args: [now.getTime()] },
    { sql: 'delete from attempts where at < ?', args: [now.getTime() - DAY] },
  ]);
  return sessions!.length;
});
