import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeTopic } from '../../worker/forum/change.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { topicsPage } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { categories, posts } from '../../worker/forum/schema.ts';
import { flagPost } from '../../worker/moderation/flag.ts';
import { lockTopic } from '../../worker/moderation/lock.ts';
import { reviewOf } from '../../worker/moderation/records.ts';
import { customRoles, tokens, users } from '../../worker/people/schema.ts';
import { proofOf } from '../../worker/people/sessions.ts';
import { proofOfToken } from '../../worker/people/tokens.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { answersTo } from '../../worker/platform/query.ts';
import { hashOf } from '../../worker/platform/signature.ts';
import { withPassword } from '../proofs/support.ts';
import { SECRET } from '../support/stoa.ts';

const places = ['help', 'parts', 'bolts', 'more'] as const;

/** Help has Parts below it, which has Bolts, where only CSMs read; beside them is More. Agnes has a role that moderates in some of them, and comes by session and by token. */
async function moderating(where: string[]) {
  const world = await withPassword('agnes');
  const { db, now, session } = world;
  await db.insert(categories).values([['parts', 'cat_help'], ['bolts', 'cat_parts'], ['more', null]].map(([slug, parentId]) => ({ id: `cat_${slug}`, slug: slug!, name: slug!, parentId: parentId ?? null, see: slug === 'bolts' ? ['role:csm'] : null })));
  await db.insert(customRoles).values({ id: 'rol_some', name: 'Some', base: 'agent', permissions: ['forum.moderate'], scopes: where.length > 0 ? { categories: where } : {}, createdAt: now });
  await db.update(users).set({ roleId: 'rol_some' }).where(eq(users.id, 'usr_agnes'));
  await db.insert(tokens).values({ id: 'tok_a', hash: hashOf('stoa_a'), userId: 'usr_agnes', prefix: 'stoa_a', name: 'a', scope: 'write', createdAt: now });
  const posted: string[] = [];
  for (const category of places) {
    const { number } = await world.as('cleo').run(openTopic, { category, title: `In ${category}`, body: 'x', tags: '' });
    const { id } = await world.as('cleo').run(replyToTopic, { number: number!, body: 'So.' });
    await db.update(posts).set({ authorId: 'usr_bob' }).where(eq(posts.id, id as string));
    await world.as('mara').run(flagPost, { post: id, kind: 'off_topic' });
    posted.push(id as string);
  }
  const asOf = (proof: Pick<ReturnType<typeof proofOf>['proof'], 'asking' | 'confirm'>) => async () => openPortal({ db, gate: gateOf(db), viewer: await proof.confirm((await answersTo(db, [proof.asking(db)]))[0]!), secret: SECRET, clock: () => now });
  return { ...world, posted, ways: [asOf(proofOf(db, session, false, 'UTC').proof), asOf(proofOfToken(db, 'stoa_a', 'UTC', () => {}).proof)] };
}

test.each([
  [['cat_help'], ['help', 'parts', 'bolts'], ['help', 'parts', 'bolts', 'more']],
  [['cat_parts'], ['parts', 'bolts'], ['help', 'parts', 'bolts', 'more']],
  [['cat_bolts', 'cat_more'], ['bolts', 'more'], ['help', 'parts', 'bolts', 'more']],
  [['cat_more'], ['more'], ['help', 'parts', 'more']],
  [[], ['help', 'parts', 'bolts', 'more'], ['help', 'parts', 'bolts', 'more']],
])('who moderates in %j moderates in %j and sees %j, by session and by token', async (where, moderated, seen) => {
  const { ways, posted } = await moderating(where);
  for (const [way, enter] of ways.entries()) {
    const outcome = { seen: [] as string[], moderated: [] as string[], queue: [] as string[], pins: [] as string[] };
    for (const [i, place] of places.entries()) {
      const portal = await enter();
      const ok = (work: Promise<unknown>) => work.then(() => true, () => false);
      if ((await portal.load(topicsPage({ limit: 9 }, { category: place, isOnlyHere: true })))[0].items.length > 0) outcome.seen.push(place);
      if (await ok(portal.run(changeTopic, { number: i + 1, title: `Moderated ${way}` }))) outcome.moderated.push(place);
      if (await ok(portal.run(lockTopic, { number: i + 1, locked: way === 0, reason: 'off_topic', words: 'Because.' }))) outcome.pins.push(place);
      if (await ok(portal.load(reviewOf(posted[i]!)))) outcome.queue.push(place);
    }
    expect(outcome).toEqual({ seen, moderated, queue: moderated, pins: moderated });
  }
});

test('a category that moves below another is moderated by its moderators from their next page on, and no longer when it leaves', async () => {
  const { ways: [enter], db } = await moderating(['cat_help']);
  const may = async () => (await enter!()).run(changeTopic, { number: 4, title: 'Moved' }).then(() => true, () => false);
  const move = (parentId: string | null) => db.update(categories).set({ parentId }).where(eq(categories.id, 'cat_more'));
  expect(await may()).toBe(false);
  await move('cat_bolts');
  expect(await may()).toBe(true);
  await move(null);
  expect(await may()).toBe(false);
});
