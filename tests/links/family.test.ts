import { expect, test } from 'vitest';
import type { relations } from '../../worker/links/input.ts';
import { linkTickets } from '../../worker/links/link.ts';
import { linksOfTicket } from '../../worker/links/queries.ts';
import { unlinkTickets } from '../../worker/links/unlink.ts';
import type { Portal } from '../../worker/platform/portal.ts';
import { asks, merge, unmerge } from '../joins/support.ts';
import { stoa } from '../support/stoa.ts';
import { told } from '../tickets/support.ts';

const link = (portal: Portal, number: number, other: number, as: (typeof relations)[number]) => portal.run(linkTickets, { number, other, as });
const field = (sentence: RegExp) => ({ reason: 'invalid', issues: { other: expect.stringMatching(sentence) } });

/** The numbers of the parents of a ticket. */
const parentsOf = async (portal: Portal, number: number) => (await portal.load(linksOfTicket(number)))[0].filter(({ kind, isOut }) => kind === 'parent' && !isOut).map((one) => one.number);

async function family(size: number) {
  const { as, db } = await stoa();
  const numbers: number[] = [];
  for (let i = 0; i < size; i++) numbers.push(await asks(as('alice'), `Ticket ${i}`));
  return { as, db, agnes: as('agnes'), numbers };
}

test('a ticket has one parent: a second is refused with the name of the first, from either side, until that one is taken away', async () => {
  const { agnes, db, numbers: [child, first, second] } = await family(3) as Awaited<ReturnType<typeof family>> & { numbers: [number, number, number] };
  await link(agnes, child, first, 'parent');
  await expect(link(agnes, child, second, 'parent')).rejects.toMatchObject(field(new RegExp(`^This ticket has a parent already: ${first}\\. Remove that link first\\.$`)));
  await expect(link(agnes, second, child, 'child')).rejects.toMatchObject(field(new RegExp(`^That ticket has a parent already: ${first}\\. `)));
  await link(agnes, first, child, 'child');
  expect(await parentsOf(agnes, child)).toEqual([first]);
  expect((await told(db)).filter((type) => type === 'ticket.linked'), 'said again, it changes nothing and tells nothing').toHaveLength(2);
  await link(agnes, child, second, 'related');
  await agnes.run(unlinkTickets, { number: child, other: first, kind: 'parent' });
  await link(agnes, child, second, 'parent');
  expect(await parentsOf(agnes, child)).toEqual([second]);
});

test('no ticket is above itself, however far up', async () => {
  const { agnes, numbers } = await family(5);
  for (let i = 1; i < 5; i++) await link(agnes, numbers[i]!, numbers[i - 1]!, 'parent');
  await expect(link(agnes, numbers[0]!, numbers[4]!, 'parent')).rejects.toMatchObject(field(/^That ticket is below this one already\.$/));
  await expect(link(agnes, numbers[4]!, numbers[0]!, 'child')).rejects.toMatchObject(field(/^That ticket is above this one already\.$/));
  await expect(link(agnes, numbers[0]!, numbers[1]!, 'parent')).rejects.toMatchObject(field(/below this one/));
});

test('of many who give a ticket a parent in the same moment one wins, and the others read which it is; of two who make each other the parent, too', async () => {
  const { as, agnes, numbers: [child, ...parents] } = await family(7) as Awaited<ReturnType<typeof family>> & { numbers: [number, ...number[]] };
  const said = await Promise.allSettled(parents.map((parent) => link(as('agnes'), child, parent, 'parent')));
  const winners = parents.filter((_, i) => said[i]!.status === 'fulfilled');
  expect(await parentsOf(agnes, child)).toEqual(winners);
  expect(winners).toHaveLength(1);
  for (const one of said) if (one.status === 'rejected') expect(one.reason).toMatchObject(field(new RegExp(`already: ${winners[0]}\\.`)));
  const [one, two] = parents.filter((number) => number !== winners[0]) as [number, number];
  const both = await Promise.allSettled([link(as('agnes'), one, two, 'parent'), link(as('agnes'), two, one, 'parent')]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect([...(await parentsOf(agnes, one)), ...(await parentsOf(agnes, two))]).toHaveLength(1);
});

test('merged tickets have one parent too, and are not above themselves', async () => {
  const { agnes, numbers } = await family(6);
  const [one, two, three, four, five, six] = numbers as [number, number, number, number, number, number];
  const apart = { reason: 'conflict', message: expect.stringContaining('two parents') };
  await link(agnes, two, one, 'parent');
  await link(agnes, four, three, 'parent');
  await expect(merge(agnes, two, four), 'their parents differ').rejects.toMatchObject(apart);
  await link(agnes, three, two, 'parent');
  await expect(merge(agnes, four, one), 'what is between them would be above itself').rejects.toMatchObject(apart);
  await merge(agnes, three, two);
  expect(await parentsOf(agnes, two)).toEqual([one]);
  expect(await parentsOf(agnes, four)).toEqual([two]);
  await expect(link(agnes, four, five, 'parent')).rejects.toMatchObject(field(new RegExp(`already: ${two}\\.`)));
  await link(agnes, four, two, 'parent');
  await expect(link(agnes, one, four, 'parent')).rejects.toMatchObject(field(/below this one/));
  await unmerge(agnes, three);
  expect([await parentsOf(agnes, four), await parentsOf(agnes, three)]).toEqual([[three], [two]]);

  await link(agnes, six, five, 'parent');
  await merge(agnes, five, six);
  expect(await parentsOf(agnes, six)).toEqual([]);
  await link(agnes, six, one, 'parent');
  await unmerge(agnes, five);
  expect(await parentsOf(agnes, six), 'one, not two, after they are apart again').toEqual([one]);
});

test('of two tickets one blocks the other, or is its duplicate, or the problem behind it, never both, from either side and however many are between', async () => {
  const ways = [['blocks', 'blocked_by', /^That ticket blocks this one already/, /^This ticket blocks that one already/], ['original', 'duplicate', /^That ticket is a duplicate of this one already/, /^This ticket is a duplicate of that one already/], ['incident', 'problem', /^That ticket is the problem behind this one already/, /^This ticket is the problem behind that one already/]] as const;
  for (const [as, back, theirs, ours] of ways) {
    const { agnes, db, numbers: [one, two, three] } = await family(3) as Awaited<ReturnType<typeof family>> & { numbers: [number, number, number] };
    await link(agnes, one, two, as);
    await expect(link(agnes, two, one, as), as).rejects.toMatchObject(field(theirs));
    await expect(link(agnes, one, two, back), as).rejects.toMatchObject(field(ours));
    await link(agnes, two, three, as);
    await expect(link(agnes, three, one, as), 'through another').rejects.toMatchObject(field(theirs));
    await link(agnes, one, two, as);
    await link(agnes, one, three, as);
    expect((await db.$client.execute('select count(*) as count from ticket_links')).rows[0]!['count']).toBe(3);
    await link(agnes, three, one, 'related');
  }
});

test('of two who block each other in the same moment one is refused', async () => {
  const { as, agnes, numbers: [one, two] } = await family(2) as Awaited<ReturnType<typeof family>> & { numbers: [number, number] };
  const both = await Promise.allSettled([link(as('agnes'), one, two, 'blocks'), link(as('agnes'), two, one, 'blocks')]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await agnes.load(linksOfTicket(one)))[0]).toHaveLength(1);
});
