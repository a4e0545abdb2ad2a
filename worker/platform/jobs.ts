import { job } from './job.ts';
import { DAY } from './time.ts';

/** Answers kept for forms and API calls that may be sent twice live for a day. */
export const forgetOldAnswers = job('platform.forget-old-answers', async ({ gate, now }) => {
  const [rows] = await gate.commit([{ sql: 'delete from once where key in (select key from once where created_at < ? limit 500) returning key', args: [now.getTime() - DAY] }]);
  return rows!.length;
});
