import { expect, test } from 'vitest';
import { askAgain } from '../../worker/attachments/ask-again.ts';
import { releaseFiles } from '../../worker/attachments/jobs.ts';
import { keepFiles } from '../../worker/attachments/keep.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { settingOf, stoa } from '../support/stoa.ts';

const ID = `att_${'a'.repeat(32)}`;

/** A file of a ticket of Alice, of which nothing is known yet, or what the scanner said. */
async function world(verdict: string) {
  const it = await stoa();
  await it.as('alice').run(keepFiles, { attachments: [], files: [{ id: ID, name: 'a.txt', type: 'text/plain', size: 1, width: null, height: null, sha256: 'x' }], verdict: 'waiting' });
  await it.as('alice').run(openTicket, { subject: 'With a file', body: 'Here.', attachments: [ID], anyway: '1' });
  await it.db.$client.execute({ sql: 'update attachments set verdict = ?, scans = 7, scan_after = 9', args: [verdict] });
  const row = async () => (await it.db.$client.execute('select verdict, scans, scan_after from attachments')).rows.map((one) => [one['verdict'], one['scans'], one['scan_after']])[0];
  return { ...it, row };
}

test('what was given up is looked at once more when staff ask; what was found harmful stays so', async () => {
  const failed = await world('failed');
  expect(await failed.as('agnes').run(askAgain, { id: ID })).toEqual({ id: ID });
  expect(await failed.row()).toEqual(['waiting', 0, 0]);
  const infected = await world('infected');
  await infected.as('agnes').run(askAgain, { id: ID });
  expect(await infected.row()).toEqual(['infected', 7, 9]);
});

test('whoever does not read the message finds no file; its author is told that staff ask; a visitor finds none', async () => {
  const { as, row } = await world('failed');
  await expect(as('bob').run(askAgain, { id: ID })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('alice').run(askAgain, { id: ID })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(askAgain, { id: ID })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('agnes').run(askAgain, { id: 7 } as never)).rejects.toMatchObject({ reason: 'invalid', issues: { id: expect.any(String) } });
  expect(await row()).toEqual(['failed', 7, 9]);
});

test('where there is no scanner any more nothing waits for one, but what is harmful stays shut', async () => {
  for (const [before, after] of [['waiting', 'unscanned'], ['failed', 'unscanned'], ['infected', 'infected'], ['clean', 'clean']]) {
    const it = await world(before!);
    await releaseFiles.work(settingOf(it));
    expect([before, (await it.row())![0]]).toEqual([before, after]);
  }
});
