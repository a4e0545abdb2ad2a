import { expect, test } from 'vitest';
import { gateOf } from '../../worker/platform/gate.ts';
import { visitLog } from '../../worker/tickets/visits.ts';
import { plansOf, watched } from '../database/watched.ts';
import { stoa } from '../support/stoa.ts';
import { asks } from './support.ts';

test('who looks at tickets within a moment is written down in one commit, by indexes, the last time of each, and nothing of what is gone', async () => {
  const { as, url } = await stoa();
  for (let i = 0; i < 2; i++) await asks(as('alice'));
  const { db, sentBy } = watched(url);
  const ids = (await db.$client.execute('select id from tickets order by number')).rows.map(({ id }) => String(id));
  const done: Promise<unknown>[] = [];
  const log = visitLog(() => gateOf(db), (work) => done.push(work));
  const sent = await sentBy(async () => {
    for (const [ticket, who, at] of [[ids[0]!, 'usr_agnes', 5], ['tkt_gone', 'usr_agnes', 6], [ids[1]!, 'usr_lena', 7], [ids[1]!, 'usr_gone', 8], [ids[0]!, 'usr_agnes', 9]] as const) log.looked(ticket, who, at);
    await Promise.all(done);
  });
  const writes = sent.filter(({ sql }) => sql.startsWith('insert'));
  expect(writes.length).toBe(1);
  expect((await plansOf(url, writes))[0]!.filter((step) => step.startsWith('SCAN') && !/^SCAN v /.test(step))).toEqual([]);
  expect((await db.$client.execute('select ticket_id, user_id, at from ticket_visits order by at')).rows.map((row) => Object.values(row))).toEqual([[ids[1], 'usr_lena', 7], [ids[0], 'usr_agnes', 9]]);
});
