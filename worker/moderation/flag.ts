import { and, eq, isNull, sql } from 'drizzle-orm';
import { posts } from '../forum/schema.ts';
import { counted, keyOf } from '../platform/limits.ts';
import { operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { signedIn } from '../platform/rules.ts';
import { DAY } from '../platform/time.ts';
import { isStaff, moderates } from '../platform/viewer.ts';
import { ALONE, flagsOf, levelOfStep, reaches } from '../trust/access.ts';
import { decided } from './deciding.ts';
import { lockedByFlags } from './heat.ts';
import { Flagging } from './input.ts';
import { postToFlag } from './records.ts';
import { flags, reviews } from './schema.ts';
import { silencedForSpam } from './silence.ts';
import { loggedIf, statedIf } from './stating.ts';
import { HIGH, hidesAt, NEW, NEW_COUNTED, weightOf } from './weight.ts';

/** What all flags of a post weigh that nobody has decided about; those for being illegal are for people to decide, and hide nothing. */
const scoreOf = (post: string) => {
  const which = (isNew: 0 | 1) => sql`from flags where post_id = ${post} and is_new = ${isNew} and kind <> 'illegal' and outcome is null`;
  return sql<number>`((select coalesce(sum(weight), 0) ${which(0)}) + (select coalesce(sum(weight), 0) from (select weight ${which(1)} order by weight desc limit ${NEW_COUNTED})))`;
};

/** Whether one person alone may hide it by what they said: not below the level for it, however much their word weighs. */
const notAlone = (post: string, alone: number) => sql`(select count(*) > 1 or max(level) >= ${alone} from flags where post_id = ${post} and outcome is null and kind <> 'illegal')`;

const isBack = (post: string) => sql`exists (select 1 from reviews where post_id = ${post} and shown_again_at is not null)`;

/** Whether one flag more hides what its author showed again: any that weighs something; of new accounts some count. */
const isOneMore = (post: string, { weight, isNew, kind }: { weight: number; isNew: boolean; kind: string }) =>
  weight === 0 || kind === 'illegal' ? sql`0` : isNew ? sql`(select sum(is_new) <= ${NEW_COUNTED} from flags where post_id = ${post} and outcome is null and kind <> 'illegal')` : sql`1`;

/** What a post is flagged for most. */
const firstKind = (post: string) => sql`(select kind from flags where post_id = ${post} and outcome is null group by kind order by count(*) desc, kind limit 1)`;

/** Says what is wrong with a post; once each. It comes into the queue of the moderators, and is hidden at once when the flags weigh enough, or by one more after its author showed it again; a topic that many flag is locked. Its author is not told who did it. A moderator who acts on it at once (`act`) decides about it with that, and weighs more. */
export const flagPost = operation({
  name: 'moderation.flag',
  input: Flagging,
  subject: ({ post }) => postToFlag(post),
  may: signedIn,
  decide(setting, { kind, words, act }, post) {
    const { db, viewer, now } = setting;
    if (post.authorId === viewer.id) throw new Refusal('invalid', 'This is your own post.');
    const again = new Refusal('conflict', 'You have flagged this already. Thank you.');
    if (post.mine !== null) throw again;
    if (kind === 'other' && words === '') throw invalid({ words: 'Say what is wrong with it.' });
    const { agreed, disagreed, createdAt, level, least, sensitivity, heavy, high } = post.flagger ?? { agreed: 0, disagreed: 0, createdAt: now, level: 0, least: {}, sensitivity: null, heavy: null, high: null };
    const atWork = isStaff(viewer) || moderates(viewer, post.categoryId);
    const isNew = !atWork && now.getTime() - createdAt.getTime() < NEW;
    const acts = act && moderates(viewer, post.categoryId);
    const score = scoreOf(post.id);
    const isUrgent = kind === 'illegal';
    const limit = hidesAt(sensitivity ?? 'medium', high ?? HIGH);
    const isPlain = kind === 'spam' && reaches('alone', level, least) && post.authorLevel === 0 && sensitivity !== 'off';
    const weight = weightOf({ isStaff: atWork, level, agreed, disagreed, isHeavy: kind === heavy, acts });
    const weighsEnough = acts ? sql`0` : isPlain ? sql`1` : Number.isFinite(limit) ? sql`case when ${isBack(post.id)} then ${isOneMore(post.id, { weight, isNew, kind })} else ${score} >= ${limit} and ${notAlone(post.id, levelOfStep(ALONE, least))} end` : sql`0`;
    const kinds = sql`(select json_group_array(distinct kind) from flags where post_id = ${post.id} and outcome is null)`;
    const hides = sql`${post.hiddenAt === null ? 1 : 0} and exists (select 1 from posts where id = ${post.id} and hidden_at = ${now.getTime()})`;
    const acted = acts ? decided(setting, { decision: 'agree', words }, { postId: post.id, authorId: post.authorId, categoryId: post.categoryId, hiddenAt: post.hiddenAt, kinds: [kind], silence: null, revision: post.revision + 1 }) : { statements: [], events: [] };
    return {
      guard: { holds: sql`not exists (select 1 from flags where post_id = ${post.id} and author_id = ${viewer.id})`, otherwise: again },
      statements: [
        counted(db, keyOf('flag', viewer.id!), { most: flagsOf({ level, least }), within: DAY }, now),
        db.insert(flags).values({ postId: post.id, authorId: viewer.id!, kind, words, level, weight, isNew, createdAt: now }),
        db.insert(reviews).values({ postId: post.id, score, isUrgent, openedAt: now }).onConflictDoUpdate({
          target: reviews.postId,
          set: { score, isUrgent: sql`max(case when status = 'open' then is_urgent else 0 end, ${isUrgent ? 1 : 0})`, status: 'open', claimedBy: sql`case when status = 'open' then claimed_by end`, shownAgainAt: sql`case when status = 'open' then shown_again_at end`, openedAt: sql`case when status = 'open' then opened_at else ${now.getTime()} end` },
        }),
        db.update(posts).set({ hiddenAt: now }).where(and(eq(posts.id, post.id), isNull(posts.hiddenAt), weighsEnough)),
        statedIf(setting, { userId: post.authorId, action: 'hidden', postId: post.id }, { kinds, holds: hides }),
        loggedIf(setting, { action: 'hidden', categoryId: post.categoryId }, { rule: firstKind(post.id), holds: hides }),
        ...lockedByFlags(setting, { id: post.topicId, authorId: post.topicAuthorId, categoryId: post.categoryId }, limit),
        ...(kind === 'spam' ? silencedForSpam(setting, post, atWork, limit) : []),
        ...acted.statements,
      ],
      events: [{ type: 'post.flagged', subject: post.id, data: { kind }, ...(acts ? { revision: post.revision + 1 } : {}) }, ...acted.events],
      result: { post: post.id, acts, number: post.topic.number, slug: post.topic.slug, place: post.place },
    };
  },
});
