import { drawTexts } from './data/jobs.ts';
import { endOldLooks } from './looks/jobs.ts';
import { forgetOldAnswers } from './platform/jobs.ts';
import { forgetOldSessions } from './people/jobs.ts';
import { forgetOldMail, sendMail } from './mail/jobs.ts';
import { mailerOf } from './mail/mailer.ts';
import { forgetOldSecrets } from './signin/jobs.ts';
import { openDatabase } from './database/open.ts';
import { mailDigests, mailNews } from './notifications/jobs.ts';
import type { Job } from './platform/job.ts';
import { connectionOf, gateway } from './platform/write-gate.ts';
import { goOnErasing } from './privacy/jobs.ts';
import { deliver } from './reactions.ts';
import { closeSolved } from './tickets/jobs.ts';

/** The whole timetable: cron expression → what is done then. */
export const timetable: Record<string, Job[]> = {
  '* * * * *': [{ name: 'outbox.deliver', work: ({ db, gate }) => deliver(db, gate) }, mailNews, mailDigests, sendMail, forgetOldMail, forgetOldSecrets, forgetOldAnswers, forgetOldSessions, endOldLooks, goOnErasing, closeSolved, drawTexts],
};

/** Does the work of one hour of the timetable; a job that fails does not stop the others. */
export async function work(cron: string, env: Env): Promise<void> {
  const setting = { db: openDatabase({ ...connectionOf(env), patience: 10_000 }), gate: gateway(env), now: new Date(), secret: env.STOA_SECRET, url: env.STOA_URL, mailer: mailerOf(env) };
  for (const job of timetable[cron] ?? []) {
    try {
      await job.work(setting);
    } catch (error) {
      console.error(JSON.stringify({ job: job.name, error: String(error) }));
    }
  }
}
