import type { Database } from '../database/open.ts';
import { counted, keyOf, type Limit } from '../platform/limits.ts';
import { mentionsIn } from '../platform/mentions.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { countsIn, type Facts } from '../screening/access.ts';
import { mostOf, NOT_YET, type Rank } from '../trust/access.ts';

const [SECOND, DAY] = [1_000, 86_400_000];

/** Everybody: so many posts within so many milliseconds. */
const PAUSE: Limit = { most: 10, within: 10 * SECOND };

/** Whether a text has no more links, images and names than somebody of a level may put into one post. Throws what is too many. */
export function withinRights(body: string, { level, least }: Rank): void {
  const refused = (sentence: string) => new Refusal('invalid', 'Check the fields marked below.', { body: sentence });
  const { links, images } = countsIn(body);
  if (links > mostOf('links', level, least)) throw refused('These are more links than you may put into one post yet.');
  if (images > mostOf('images', level, least)) throw refused('These are more images than you may put into one post yet.');
  if (mentionsIn(body).length > mostOf('mentions', level, least)) throw refused('You name more people than you may in one post yet.');
}

/**
 * What keeps the pace of a post: statements that count it, over the limit of which the commit fails as `too_many`. How much is in it and how many
 * there are on the first day is for the level to say. Who writes as they need to has no facts.
 */
export function paced({ db, viewer, now }: Pick<Setting, 'db' | 'viewer' | 'now'>, what: 'topic' | 'reply', body: string, facts: Facts | null): Writing[] {
  if (!facts) return [];
  withinRights(body, facts);
  const isFirstDay = now.getTime() - facts.createdAt < DAY;
  const most = mostOf(what === 'topic' ? 'topicsOfFirstDay' : 'repliesOfFirstDay', facts.level, facts.least);
  if (isFirstDay && most === 0) throw NOT_YET;
  return [counted(db, keyOf('post', viewer.id!), PAUSE, now), ...(isFirstDay ? [firstDay(db, keyOf(`${what} of the first day`, viewer.id!), most, now)] : [])];
}

const firstDay = (db: Database, key: string, most: number, now: Date) => counted(db, key, { most, within: DAY }, now);
