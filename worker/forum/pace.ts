import { sql } from 'drizzle-orm';
import { attemptsBy, counted, keyOf, type Limit } from '../platform/limits.ts';
import { mentionsIn } from '../platform/mentions.ts';
import type { Guard, Setting, Writing } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { DAY, SECOND } from '../platform/time.ts';
import type { Viewer } from '../platform/viewer.ts';
import { countsIn, type Facts } from '../screening/access.ts';
import { mostOf, NOT_YET, type Rank } from '../trust/access.ts';

type What = 'topic' | 'reply';

/** Everybody: so many posts within so many milliseconds. */
const PAUSE: Limit = { most: 10, within: 10 * SECOND };

/** Whether a text has no more links, images and names than somebody of a level may put into one post. Throws what is too many. */
function withinRights(body: string, { level, least }: Rank): void {
  const refused = (sentence: string) => invalid({ body: sentence });
  const { links, images } = countsIn(body);
  if (links > mostOf('links', level, least)) throw refused('These are more links than you may put into one post yet.');
  if (images > mostOf('images', level, least)) throw refused('These are more images than you may put into one post yet.');
  if (mentionsIn(body).length > mostOf('mentions', level, least)) throw refused('You name more people than you may in one post yet.');
}

/**
 * What keeps the pace of a post: statements that count it, over the limit of which the commit fails as `too_many`. How much is in it and how many
 * there are on the first day is for the level to say. Who writes as they need to has no facts.
 */
export function paced({ db, viewer, now }: Pick<Setting, 'db' | 'viewer' | 'now'>, what: What, body: string, facts: Facts | null): Writing[] {
  if (!facts) return [];
  withinRights(body, facts);
  const most = mostOnFirstDay(what, facts, now);
  if (most === 0) throw NOT_YET;
  return [counted(db, keyOf('post', viewer.id!), PAUSE, now), ...(most === null ? [] : [counted(db, keyOfFirstDay(what, viewer), { most, within: DAY }, now)])];
}

/** That the first day of somebody new has room for one more; they hear why, if it has not. Nothing for everybody else. */
export function roomOnFirstDay({ viewer, now }: Pick<Setting, 'viewer' | 'now'>, what: What, facts: Facts | null): { guard?: Guard } {
  const most = facts && mostOnFirstDay(what, facts, now);
  if (most === null) return {};
  return { guard: { holds: sql`${attemptsBy(keyOfFirstDay(what, viewer), new Date(now.getTime() - DAY))} < ${most}`, otherwise: new Refusal('too_many', ENOUGH[what], {}, 3_600) } };
}

const ENOUGH = { topic: 'You opened as many topics as you may on your first day. Go on tomorrow.', reply: 'You replied as often as you may on your first day. Go on tomorrow.' };

const keyOfFirstDay = (what: What, viewer: Viewer) => keyOf(`${what} of the first day`, viewer.id!);

/** How many of these somebody may write, whose first day it is; null for everybody else. */
const mostOnFirstDay = (what: What, { createdAt, level, least }: Facts, now: Date) =>
  now.getTime() - createdAt < DAY ? mostOf(what === 'topic' ? 'topicsOfFirstDay' : 'repliesOfFirstDay', level, least) : null;
