import { asc, isNull } from 'drizzle-orm';
import { rememberLastWords } from './accounts/reactions.ts';
import { scanFiles } from './attachments/jobs.ts';
import type { Database } from './database/open.ts';
import { watchWhatTheyWrote } from './following/reactions.ts';
import { openFirstCategory } from './forum/reactions.ts';
import { writeOfEnd, writeOfFix } from './incidents/reactions.ts';
import { sendMail } from './mail/jobs.ts';
import { lettersWait } from './mail/waiting.ts';
import { tellOfAcceptance, tellOfAdvice, tellOfApproval, tellOfAssignment, tellOfReminder, tellOfRejection, tellOfAppeal, tellOfChange, tellOfCopy, tellOfDecision, tellOfEnd, tellOfFix, tellOfHandingOn, tellOfHiding, tellOfInternal, tellOfLifting, tellOfMessage, tellOfNote, tellOfOpening, tellOfOpeningFor, tellOfPosts, tellOfRating, tellOfReview, tellOfSide, tellOfTaking, tellOfTopic, tellOfWaking } from './notifications/reactions.ts';
import { tellOfUnsent } from './notifications/unsent.ts';
import type { Gate } from './platform/gate.ts';
import type { JobSetting } from './platform/job.ts';
import type { Happened, Reaction, Together } from './platform/reaction.ts';
import { answersTo } from './platform/query.ts';
import { outbox } from './platform/schema.ts';
import { type Asking, asked } from './platform/statement.ts';
import { wakeLinked, watchWhoIsNamed } from './tickets/reactions.ts';

/** Takes what follows from many as what follows from one. */
const alone = (react: Together): Reaction => (event) => react([event]);

/** What follows from what. Each event reaches each reaction at least once. */
export const reactions: Record<string, Reaction[]> = {
  'topic.opened': [alone(rememberLastWords), alone(watchWhatTheyWrote), tellOfTopic],
  'topic.problem_set': [tellOfFix, writeOfFix],
  'topic.answer_accepted': [tellOfAcceptance],
  'topic.assigned': [tellOfAssignment],
  'topic.assignment_due': [tellOfReminder],
  'post.flagged': [tellOfHiding, tellOfDecision],
  'post.author_told': [tellOfAdvice],
  'post.removed': [tellOfDecision],
  'topic.locked': [tellOfDecision],
  'person.warned': [tellOfDecision],
  'person.silenced': [tellOfDecision],
  'person.suspended': [tellOfDecision],
  'person.sanction_lifted': [tellOfLifting],
  'appeal.upheld': [tellOfAppeal],
  'appeal.overturned': [tellOfAppeal],
  'post.reviewed': [tellOfReview],
  'post.taken': [tellOfTaking],
  'post.approved': [tellOfApproval],
  'post.rejected': [tellOfRejection],
  'ticket.opened': [alone(rememberLastWords), tellOfOpening, watchWhoIsNamed, tellOfOpeningFor, tellOfInternal],
  'ticket.replied': [alone(rememberLastWords), tellOfMessage, tellOfEnd, writeOfEnd, wakeLinked],
  'ticket.solved': [tellOfEnd, writeOfEnd, wakeLinked],
  'ticket.reopened': [wakeLinked],
  'ticket.closed': [tellOfEnd, writeOfEnd, wakeLinked],
  'ticket.merged': [wakeLinked],
  'ticket.noted': [watchWhoIsNamed, tellOfNote],
  'ticket.requester_changed': [tellOfHandingOn],
  'ticket.copied': [tellOfCopy],
  'ticket.woken': [tellOfWaking],
  'ticket.changed': [tellOfChange, tellOfEnd, writeOfEnd, wakeLinked],
  'ticket.rated': [tellOfRating],
  'ticket.unsent': [tellOfUnsent],
  'side.opened': [tellOfSide],
  'side.written': [tellOfSide],
  'workspace.claimed': [openFirstCategory],
};

/** What follows from what often comes with others of its kind, for all of those at once. */
const together: Record<string, Together[]> = {
  'post.written': [rememberLastWords, watchWhatTheyWrote, tellOfPosts],
};

const BATCH = 100;

/** Milliseconds that a delivery waits for more to come: what many people do at once follows in one commit. */
const GATHER = 250;
/** Milliseconds after which one that gathers counts as lost with the request that it came from. */
const LOST = 10_000;

/** Since when one gathers, in this worker; 0 while none does. */
let gathering = 0;

/** Told of the events whose reactions are done. */
type Followed = (events: Happened[]) => Promise<void>;

/** The question for what is pending, written once. */
let undelivered: Asking | undefined;

const pendingIn = (db: Database) => (undelivered ??= asked(db.select().from(outbox).where(isNull(outbox.deliveredAt)).orderBy(asc(outbox.createdAt)).limit(BATCH)));

/** Delivers what is pending, oldest first. Returns how many events. */
export async function deliver(db: Database, gate: Gate, followed?: Followed): Promise<number> {
  const [pending] = await answersTo(db, [pendingIn(db)]);
  return follow(pending as Happened[], gate, followed);
}

/** What follows from events, and the mark that they were delivered, commit together. */
async function follow(pending: Happened[], gate: Gate, followed?: Followed): Promise<number> {
  if (pending.length === 0) return 0;
  const follows = pending.flatMap((event) => (reactions[event.type] ?? []).flatMap((react) => react(event)));
  const many = Object.entries(together).map(([type, react]) => ({ react, events: pending.filter((event) => event.type === type) }));
  follows.push(...many.filter(({ events }) => events.length > 0).flatMap(({ react, events }) => react.flatMap((one) => one(events))));
  const mark = { sql: `update outbox set delivered_at = ? where id in (${pending.map(() => '?').join(', ')})`, args: [Date.now(), ...pending.map(({ id }) => id)] };
  await gate.commit([...follows, mark]);
  await followed?.(pending);
  return pending.length;
}

/** After a commit: delivers soon, one delivery at a time in this worker, and then hands over the mail that was posted and asks about the files that came. What comes too late for it is for the next. */
export async function deliverSoon(setting: Omit<JobSetting, 'now'>): Promise<void> {
  if (Date.now() - gathering < LOST) return;
  gathering = Date.now();
  await new Promise((resolve) => setTimeout(resolve, GATHER));
  gathering = 0;
  const [pending, letters] = await answersTo(setting.db, [pendingIn(setting.db), lettersWait(new Date())]);
  await follow(pending as Happened[], setting.gate, setting.happened);
  if (letters!.length > 0) await sendMail.work({ ...setting, now: new Date() });
  await scanFiles.work({ ...setting, now: new Date() });
}
