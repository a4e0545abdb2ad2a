import { expect, test } from 'vitest';
import { myRoom } from '../../worker/attachments/queries.ts';
import { newSession, proofOf } from '../../worker/people/sessions.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import type { Query } from '../../worker/platform/query.ts';
import { type Viewer, visitor } from '../../worker/platform/viewer.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { lookAtTicket } from '../../worker/tickets/screen.ts';
import { newsroom } from '../notifications/support.ts';
import { SECRET } from '../support/stoa.ts';

test('an agent who had nothing is told at the very next look what they were told of, in one trip more that time, and at the one after it what their files take', async () => {
  const { as, db, deliver } = await newsroom();
  const { number } = await as('alice').run(openTicket, { subject: 'It does not print', body: 'Nothing comes out.' });
  await deliver();
  await db.$client.execute("update notifications set seen_at = 1 where user_id = 'usr_agnes'");
  const now = new Date();
  const { statement, cookie } = await newSession(db, { person: { id: 'usr_agnes', secondFactorAt: null }, https: false, now, proofs: ['password'] });
  const { sql, params } = statement.toSQL();
  await gateOf(db).commit([{ sql, args: params as string[] }]);
  const secret = /=([^;]+)/.exec(cookie)![1]!;
  /** What a browser is told that remembers this of her, each by a request of its own, with the trips that it took, and who she is then. */
  const look = async (remembered: Viewer) => {
    const ask = async <Result>(query: Query<Result>) => {
      const meter = { trips: 0, waited: 0 };
      const portal = openPortal({ db, gate: gateOf(db), meter, viewer: remembered, proof: proofOf(db, secret, false, 'UTC', { remembered }).proof, secret: SECRET, clock: () => now });
      const [found] = await portal.load(query);
      return { found, trips: meter.trips, who: portal.viewer };
    };
    const [at, files] = [await ask(lookAtTicket(number, now.getTime())), await ask(myRoom())];
    return { who: at.who, told: [at.found?.isTold, at.trips], files: [files.found?.used, files.trips] };
  };

  const { who } = await look((await look(visitor)).who);
  expect([who.id, who.parts]).toEqual(['usr_agnes', 0]);
  expect(await look(who)).toMatchObject({ told: [false, 1], files: [undefined, 1] });

  await as('lena').run(replyToTicket, { number, body: 'For @agnes.', visibility: 'internal' });
  await deliver();
  await db.$client.execute("insert into attachments (id, owner_id, name, type, size, sha256, created_at) values ('att_1', 'usr_agnes', 'a', 'text/plain', 9, '', 1)");
  const next = await look(who);
  expect(next).toMatchObject({ told: [true, 2], files: [undefined, 1] });
  expect(await look(next.who)).toMatchObject({ told: [true, 1], files: [9, 1] });
});
