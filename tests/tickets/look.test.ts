import { expect, test } from 'vitest';
import { myRoom } from '../../worker/attachments/queries.ts';
import { newSession, proofOf } from '../../worker/people/sessions.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { EVERYTHING, type Viewer, visitor } from '../../worker/platform/viewer.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { lookAtTicket } from '../../worker/tickets/screen.ts';
import { newsroom } from '../notifications/support.ts';
import { SECRET } from '../support/stoa.ts';

test('an agent who had nothing is told at the very next look what they were told of, and what their files take, in one trip more that time', async () => {
  const { as, db, deliver } = await newsroom();
  const { number } = await as('alice').run(openTicket, { subject: 'It does not print', body: 'Nothing comes out.' });
  await deliver();
  await db.$client.execute("update notifications set seen_at = 1 where user_id = 'usr_agnes'");
  const now = new Date();
  const { statement, cookie } = await newSession(db, { person: { id: 'usr_agnes', secondFactorAt: null }, https: false, now, proofs: ['password'] });
  const { sql, params } = statement.toSQL();
  await gateOf(db).commit([{ sql, args: params as string[] }]);
  const secret = /=([^;]+)/.exec(cookie)![1]!;
  const look = async (remembered: Viewer) => {
    const meter = { trips: 0, waited: 0 };
    const portal = openPortal({ db, gate: gateOf(db), meter, viewer: remembered, proof: proofOf(db, secret, false, 'UTC', { remembered }).proof, secret: SECRET, clock: () => now });
    const [found, room] = await portal.load(lookAtTicket(number, now.getTime()), myRoom());
    return { isTold: found?.isTold, used: room?.used, trips: meter.trips, who: portal.viewer };
  };

  const { who } = await look((await look(visitor)).who);
  expect([who.id, who.parts]).toEqual(['usr_agnes', 0]);
  expect(await look(who)).toMatchObject({ isTold: false, used: undefined, trips: 1 });

  await as('lena').run(replyToTicket, { number, body: 'For @agnes.', visibility: 'internal' });
  await deliver();
  const told = await look(who);
  expect(told).toMatchObject({ isTold: true, used: undefined, trips: 2 });

  await db.$client.execute("insert into attachments (id, owner_id, name, type, size, sha256, created_at) values ('att_1', 'usr_agnes', 'a', 'text/plain', 9, '', 1)");
  expect(await look(told.who)).toMatchObject({ isTold: true, used: 9, trips: 2 });
  expect(await look({ ...who, parts: EVERYTHING })).toMatchObject({ isTold: true, used: 9, trips: 1 });
});
