import { expect, test } from 'vitest';
import { saveDraft } from '../../worker/drafts/save.ts';
import { follow } from '../../worker/following/follow.ts';
import { ignorePerson } from '../../worker/following/ignore.ts';
import { readingOfTopic } from '../../worker/following/queries.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { newSession, proofOf } from '../../worker/people/sessions.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { EVERYTHING, mayHave, type Part, type Viewer, visitor } from '../../worker/platform/viewer.ts';
import { voteOnPost } from '../../worker/posts/vote.ts';
import { newsroom } from '../notifications/support.ts';
import { cast, question, SECRET } from '../support/stoa.ts';

/** A topic of Bob’s with a reply of his, and Alice, who has a session and nothing else. */
async function reader() {
  const world = await newsroom();
  const { as, db } = world;
  await as('bob').run(openTopic, question);
  const { id: post } = await as('bob').run(replyToTopic, { number: 1, body: 'It prints.' });
  const now = new Date();
  const { statement, cookie } = await newSession(db, { person: { id: 'usr_alice', secondFactorAt: null }, https: false, now, proofs: ['password'] });
  const { sql, params } = statement.toSQL();
  await gateOf(db).commit([{ sql, args: params as string[] }]);
  const secret = /=([^;]+)/.exec(cookie)![1]!;
  /** What she is told by a look with a browser that remembers this of her, who she is then, and the trips that it took. */
  const look = async (remembered: Viewer) => {
    const meter = { trips: 0, waited: 0 };
    const { proof } = proofOf(db, secret, false, 'UTC', { remembered });
    const portal = openPortal({ db, gate: gateOf(db), meter, viewer: remembered, proof, secret: SECRET, clock: () => now });
    const [told] = await portal.load(readingOfTopic(1));
    return { portal, told, who: portal.viewer, trips: meter.trips };
  };
  return { ...world, post, look };
}

test('what somebody has since they last looked is told at the very next look, in one trip more that time', async () => {
  const { as, db, post, deliver, look } = await reader();
  const run = (statement: string) => db.$client.execute(statement);
  const story: [Part, () => Promise<unknown>, object][] = [
    ['votes', () => as('alice').run(voteOnPost, { post, value: 'up' }), { votes: new Map([[post, { vote: 1, votedAt: expect.any(Number) }]]) }],
    ['ignored', () => as('alice').run(ignorePerson, { person: 'bob', level: 'ignored' }), { ignored: ['usr_bob'] }],
    ['follows', () => as('alice').run(follow, { kind: 'topic', target: '1', level: 'watching' }), { level: 'watching' }],
    ['drafts', () => as('alice').run(saveDraft, { number: 1, body: 'Thanks', draft: 0 }), { has: ['draft'] }],
    ['held', () => run("insert into held_posts (id, kind, author_id, category_id, topic_id, title, body, tags, reasons, created_at) values ('hld_1', 'reply', 'usr_alice', 'cat_help', (select id from topics), '', 'Words', '[]', '[]', 1)"), { waiting: 1 }],
    ['files', () => run("insert into attachments (id, owner_id, name, type, size, sha256, created_at) values ('att_1', 'usr_alice', 'a', 'text/plain', 9, '', 1)"), { has: ['draft', 'files'] }],
    ['told', async () => { await as('carol').run(replyToTopic, { number: 1, body: 'For @alice.' }); await deliver(); }, { isTold: true }],
  ];
  let known = (await look((await look(visitor)).who)).who;
  let expected = { id: expect.any(String), lastRead: null, level: null, isTold: false, ignored: [] as string[], waiting: 0, votes: new Map(), has: [] as string[] };
  expect((await look(known)).told).toEqual(expected);
  for (const [part, happens, change] of story) {
    expect([part, mayHave(known, part)]).toEqual([part, false]);
    await happens();
    expected = { ...expected, ...change };
    const [next, again, whole] = [await look(known), await look((await look(known)).who), await look({ ...known, parts: EVERYTHING })];
    expect([part, next.told, next.trips, again.told, again.trips, whole.told, whole.trips]).toEqual([part, expected, 2, expected, 1, expected, 1]);
    known = next.who;
    expect([part, mayHave(known, part)]).toEqual([part, true]);
  }
  expect(known.parts).toBe(EVERYTHING);
});

test('one trip is enough where nobody asks what they may have', async () => {
  const { as, look, db } = await reader();
  const { who } = await look((await look(visitor)).who);
  await as('alice').run(ignorePerson, { person: 'bob', level: 'ignored' });
  const meter = { trips: 0, waited: 0 };
  const portal = openPortal({ db, gate: gateOf(db), meter, viewer: who, proof: { asking: (d) => readingOfTopic(1).asking(d, who)!, confirm: async () => ({ ...who, parts: EVERYTHING }) }, secret: SECRET });
  await portal.load(postsOfTopic(1, 1));
  expect(meter.trips).toBe(1);
});

test('who changes something is told of it in the same request, too', async () => {
  const { look } = await reader();
  const { portal, who } = await look((await look(visitor)).who);
  expect(mayHave(who, 'ignored')).toBe(false);
  await portal.run(ignorePerson, { person: 'bob', level: 'ignored' });
  expect((await portal.load(readingOfTopic(1)))[0]!.ignored).toEqual(['usr_bob']);
});

test('everything is asked of those of whom nothing is known', () => {
  expect(Object.values(cast).map(({ parts }) => parts)).toEqual(Object.values(cast).map(() => EVERYTHING));
});
