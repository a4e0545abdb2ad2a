import { job } from '../platform/job.ts';
import { AGAIN } from './prints.ts';

/** What new people wrote is known for a day, screens until they end. */
export const forgetOldPrints = job('screening.forget-old', async ({ gate, now }) => {
  const [prints, screens] = await gate.commit([
    { sql: 'delete from prints where (print, post) in (select print, post from prints where at < ? limit 1000) returning post', args: [now.getTime() - AGAIN] },
    { sql: 'delete from screens where id in (select id from screens where expires_at < ? limit 100) returning id', args: [now.getTime()] },
  ]);
  return prints!.length + screens!.length;
});
