import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { customRoles, sessions, users } from '../../worker/people/schema.ts';
import { newSession, proofOf } from '../../worker/people/sessions.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { permissionsOf } from '../../worker/platform/permissions.ts';
import { settings } from '../../worker/platform/schema.ts';
import { type Viewer, visitor } from '../../worker/platform/viewer.ts';
import { allCategories } from '../../worker/forum/queries.ts';
import { SECRET, stoa } from '../support/stoa.ts';

/** Cleo has a session: who she is found to be by a browser that remembers this of her. */
async function cleo() {
  const now = new Date();
  const { db } = await stoa(now);
  const { statement, cookie } = await newSession(db, { person: { id: 'usr_cleo', secondFactorAt: null }, https: false, now, proofs: ['password'] });
  const { sql, params } = statement.toSQL();
  await gateOf(db).commit([{ sql, args: params as string[] }]);
  const secret = /=([^;]+)/.exec(cookie)![1]!;
  const found = async (remembered: Viewer) => {
    const meter = { trips: 0, waited: 0 };
    const { proof } = proofOf(db, secret, false, 'UTC', { remembered });
    const portal = openPortal({ db, gate: gateOf(db), meter, viewer: remembered, proof, secret: SECRET, clock: () => now });
    await portal.load(allCategories());
    return { who: portal.viewer, trips: meter.trips };
  };
  return { db, now, found };
}

test('whatever changes of somebody, and whatever their browser remembers, the next look finds who they are now', async () => {
  const { db, now, found } = await cleo();
  await db.insert(customRoles).values({ id: 'rol_small', name: 'Small', base: 'csm', permissions: ['forum.moderate'], scopes: { categories: ['cat_help'] }, createdAt: now });
  const me = (set: Partial<typeof users.$inferInsert>) => () => db.update(users).set(set).where(eq(users.id, 'usr_cleo'));
  const looks = (set: Partial<typeof sessions.$inferInsert>) => () => db.update(sessions).set(set);
  const story: [string, () => PromiseLike<unknown>, Partial<Viewer>][] = [
    ['as she is', () => Promise.resolve(), { id: 'usr_cleo', role: 'csm', permissions: permissionsOf.csm, scopes: {} }],
    ['given a custom role', me({ roleId: 'rol_small' }), { role: 'csm', permissions: ['forum.moderate'], scopes: { categories: ['cat_help'] } }],
    ['its permissions change', () => db.update(customRoles).set({ permissions: ['tickets.see'], scopes: { groups: ['grp_1'] } }), { permissions: ['tickets.see'], scopes: { groups: ['grp_1'] } }],
    ['it may all that her role may, in one group', () => db.update(customRoles).set({ permissions: [...permissionsOf.csm] }), { permissions: permissionsOf.csm, scopes: { groups: ['grp_1'] } }],
    ['taken away', me({ roleId: null }), { permissions: permissionsOf.csm, scopes: {} }],
    ['looking with other eyes', looks({ viewingAs: 'usr_alice', viewingUntil: new Date(now.getTime() + 60_000) }), { id: 'usr_alice', permissions: [], viewedBy: 'usr_cleo', scope: 'read' }],
    ['over', looks({ viewingUntil: new Date(now.getTime() - 1) }), { id: 'usr_cleo', viewedBy: null, scope: 'write' }],
    ['ended', looks({ viewingAs: null, viewingUntil: null }), { id: 'usr_cleo', viewedBy: null }],
    ['promoted', me({ role: 'admin' }), { role: 'admin', permissions: permissionsOf.admin }],
    ['a second factor is demanded', () => db.insert(settings).values({ key: 'staff_second_factor', value: true }), { role: 'customer', permissions: [], unprotected: true }],
    ['no more', () => db.delete(settings).where(eq(settings.key, 'staff_second_factor')), { role: 'admin', unprotected: false }],
    ['demoted', me({ role: 'customer' }), { role: 'customer', permissions: [] }],
    ['suspended', me({ suspendedAt: now }), { id: null, role: 'visitor', permissions: [] }],
    ['let in again', me({ suspendedAt: null }), { id: 'usr_cleo' }],
    ['signed out', () => db.delete(sessions), { id: null, permissions: [] }],
  ];
  const memories: Viewer[] = [visitor];
  for (const [what, happens, expected] of story) {
    await happens();
    const { who } = await found(visitor);
    expect([what, who]).toEqual([what, { ...who, ...expected }]);
    for (const remembered of memories) expect([what, remembered, (await found(remembered)).who]).toEqual([what, remembered, who]);
    memories.push(who);
  }
});

test('of who is as most people are it costs one look, of others one more only when they were so before', async () => {
  const { db, now, found } = await cleo();
  const plain = (await found(visitor)).who;
  expect((await found(plain)).trips).toBe(1);
  await db.insert(customRoles).values({ id: 'rol_small', name: 'Small', base: 'csm', permissions: ['tickets.see'], createdAt: now });
  await db.update(users).set({ roleId: 'rol_small' }).where(eq(users.id, 'usr_cleo'));
  const changed = await found(plain);
  expect([changed.trips, (await found(changed.who)).trips]).toEqual([3, 1]);
});
