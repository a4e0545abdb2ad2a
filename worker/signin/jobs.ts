import { job } from '../platform/job.ts';

/** One-time secrets past their time go. */
export const forgetOldSecrets = job('signin.forget-old-secrets', async ({ gate, now }) => {
  const [rows] = await gate.commit([{ sql: 'delete from one_time_secrets where hash in (select hash from one_time_secrets where expires_at < ? order by expires_at limit 500) returning hash', args: [now.getTime()] }]);
  return rows!.length;
});
