import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { endOldLooks } from '../../worker/looks/jobs.ts';
import { looksAtMe } from '../../worker/looks/queries.ts';
import { startLook } from '../../worker/looks/start.ts';
import { stopLook } from '../../worker/looks/stop.ts';
import { sessions, users } from '../../worker/people/schema.ts';
import { newSession, proofOf } from '../../worker/people/sessions.ts';
import { changePreferences } from '../../worker/people/prefer.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { answersTo } from '../../worker/platform/query.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { SECRET, settingOf, stoa } from '../support/stoa.ts';

/** Cleo has a session and looks with Alice's eyes. */
async function cleoLooks() {
  const now = new Date();
  const world = await stoa(now);
  const { statement, cookie } = await newSession(world.db, { person: { id: 'usr_cleo', secondFactorAt: null }, https: false, now, proofs: ['password'] });
  const { sql, params } = statement.toSQL();
  await gateOf(world.db).commit([{ sql, args: params as string[] }]);
  const secret = /=([^;]+)/.exec(cookie)![1]!;
  const who = async () => {
    const { proof } = proofOf(world.db, secret, false, 'UTC');
    return proof.confirm((await answersTo(world.db, [proof.asking(world.db)]))[0]!);
  };
  await world.as('cleo').run(startLook, { handle: 'alice', reason: 'Her list of tickets looks empty.', session: secret });
  const asSeen = async () => openPortal({ db: world.db, gate: gateOf(world.db), viewer: await who(), secret: SECRET, clock: () => now });
  return { ...world, secret, who, asSeen };
}

const slice = { limit: 10 };

test('who looks with a customer’s eyes is that customer, and may only look', async () => {
  const { who, asSeen } = await cleoLooks();
  expect(await who()).toMatchObject({ id: 'usr_alice', role: 'customer', permissions: [], viewedBy: 'usr_cleo', scope: 'read', provedAt: 0 });
  await expect((await asSeen()).run(changePreferences, { name: 'Changed', locale: 'en', timeZone: '' })).rejects.toMatchObject({ reason: 'forbidden' });
});

test('start and end are in the log under the name of who looked, and the customer reads who, when and why', async () => {
  const { as, db, secret, who, asSeen } = await cleoLooks();
  expect(await (await asSeen()).run(stopLook, { session: secret })).toEqual({ handle: 'alice' });
  expect(await who()).toMatchObject({ id: 'usr_cleo', viewedBy: null });
  expect((await db.select().from(outbox)).map(({ type, subject, actorId }) => [type, subject, actorId])).toEqual([['person.looked_as', 'usr_alice', 'usr_cleo'], ['person.look_ended', 'usr_alice', 'usr_cleo']]);
  const [mine] = await as('alice').load(looksAtMe(slice));
  expect(mine.items).toMatchObject([{ staff: 'cleo', reason: 'Her list of tickets looks empty.' }]);
  expect(mine.items[0]!.endedAt).not.toBeNull();
  expect((await as('bob').load(looksAtMe(slice)))[0].items).toEqual([]);
});

test('after half an hour they have their own eyes, and the log says that it ended', async () => {
  const { db, who, now } = await cleoLooks();
  await db.update(sessions).set({ viewingUntil: new Date(now.getTime() - 1) });
  expect((await who()).id).toBe('usr_cleo');
  expect(await endOldLooks.work(settingOf({ db, now }))).toBe(0);
  const later = new Date(now.getTime() + 31 * 60_000);
  expect(await endOldLooks.work(settingOf({ db, now: later }))).toBe(1);
  expect(await endOldLooks.work(settingOf({ db, now: later }))).toBe(0);
  expect((await db.select().from(outbox)).map(({ type, actorId }) => [type, actorId]).at(-1)).toEqual(['person.look_ended', 'system']);
});

test('it ends on the next request when they may not any more, or the eyes are not a customer’s', async () => {
  const { db, who } = await cleoLooks();
  await db.update(users).set({ role: 'agent' }).where(eq(users.id, 'usr_cleo'));
  expect(await who()).toMatchObject({ id: 'usr_cleo', role: 'agent', viewedBy: null });
  await db.update(users).set({ role: 'csm' }).where(eq(users.id, 'usr_cleo'));
  expect((await who()).viewedBy).toBe('usr_cleo');
  await db.update(users).set({ role: 'agent' }).where(eq(users.id, 'usr_alice'));
  expect((await who()).id).toBe('usr_cleo');
});

test('staff’s eyes are never borrowed, a reason is needed, and it is for those with the permission', async () => {
  const { as, secret } = await cleoLooks();
  for (const handle of ['agnes', 'ada', 'mara', 'nobody']) await expect(as('cleo').run(startLook, { handle, reason: 'Why not.', session: secret })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('cleo').run(startLook, { handle: 'bob', reason: ' ', session: secret })).rejects.toMatchObject({ issues: { reason: 'Say why. The customer will read it.' } });
  for (const name of ['agnes', 'alice', 'mara', 'visitor'] as const) await expect(as(name).run(startLook, { handle: 'bob', reason: 'Why not.', session: secret })).rejects.toMatchObject({ reason: 'not_found' });
});
