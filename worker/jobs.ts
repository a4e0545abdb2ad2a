import { purge } from './cache.ts';
import { tagsOf } from './changes.ts';
import { remindOfTopics } from './assignments/jobs.ts';
import { makeFindable } from './beside/jobs.ts';
import { releaseFiles, scanFiles, sweepFiles } from './attachments/jobs.ts';
import { goOnWithBulks } from './bulk/jobs.ts';
import { drawTexts } from './data/jobs.ts';
import { forgetGuests, writeToGuests } from './incidents/jobs.ts';
import { computeHealth } from './health/jobs.ts';
import { announce } from './live.ts';
import { endOldLooks } from './looks/jobs.ts';
import { forgetOldAnswers } from './platform/jobs.ts';
import { forgetOldSessions } from './people/jobs.ts';
import { forgetOldMail, sendMail } from './mail/jobs.ts';
import { workTimers } from './moderation/jobs.ts';
import { mailerOf } from './mail/mailer.ts';
import { forgetOldSecrets } from './signin/jobs.ts';
import { openDatabase } from './database/open.ts';
import { mailDigests, mailNews } from './notifications/jobs.ts';
import type { Job } from './platform/job.ts';
import { meaningOf } from './platform/meaning.ts';
import { EVERYTHING } from './platform/shelf.ts';
import { scannerOf } from './platform/scanner.ts';
import { storeOf } from './platform/store.ts';
import { connectionOf, gateway } from './platform/write-gate.ts';
import { mailDecisions, tidySanctions } from './sanctions/jobs.ts';
import { goOnErasing } from './privacy/jobs.ts';
import { deliver } from './reactions.ts';
import { giveMeaning, mergeIndexes, weighDocuments } from './search/jobs.ts';
import { forgetSearches } from './searches/jobs.ts';
import { gatherWords } from './spelling/jobs.ts';
import { findByTags } from './tags/jobs.ts';
import { askForRatings, remindOfRatings } from './surveys/jobs.ts';
import { tidySuspended } from './suspended/jobs.ts';
import { learnThreshold } from './moderation/jobs.ts';
import { forgetOldPrints } from './screening/jobs.ts';
import { forgetOldDays, reviewTrust } from './trust/jobs.ts';
import { closeSolved, forgetVisits, sendHeldReplies, wakeTickets } from './tickets/jobs.ts';

/** The whole timetable: cron expression → what is done then. */
export const timetable: Record<string, Job[]> = {
  '* * * * *': [sendHeldReplies, wakeTickets, scanFiles, releaseFiles, { name: 'outbox.deliver', work: ({ db, gate, happened }) => deliver(db, gate, happened) }, mailNews, mailDigests, askForRatings, remindOfRatings, mailDecisions, tidySanctions, workTimers, remindOfTopics, writeToGuests, forgetGuests, sendMail, forgetOldMail, forgetOldSecrets, forgetOldAnswers, forgetOldSessions, endOldLooks, goOnErasing, sweepFiles, goOnWithBulks, closeSolved, drawTexts, reviewTrust, forgetOldDays, forgetOldPrints, tidySuspended, learnThreshold, forgetVisits, makeFindable, findByTags, gatherWords, forgetSearches, weighDocuments, giveMeaning, mergeIndexes, computeHealth],
};

/** Jobs that change what everybody is shown, and announce nothing. */
const UNANNOUNCED = [goOnErasing, releaseFiles];

/** Does the work of one hour of the timetable; a job that fails does not stop the others. */
export async function work(cron: string, env: Env): Promise<void> {
  const setting = { db: openDatabase({ ...connectionOf(env), patience: 10_000 }), gate: gateway(env), now: new Date(), secret: env.STOA_SECRET, url: env.STOA_URL, mailer: mailerOf(env), files: storeOf(env), scanner: scannerOf(env), meaning: meaningOf(env), happened: async (events: Parameters<typeof announce>[1]) => void (await Promise.all([purge(tagsOf(events)), announce(env, events)])) };
  for (const job of timetable[cron] ?? []) {
    try {
      const changed = await job.work(setting);
      if (changed > 0 && UNANNOUNCED.includes(job)) await purge([EVERYTHING]);
    } catch (error) {
      console.error(JSON.stringify({ job: job.name, error: String(error) }));
    }
  }
}
