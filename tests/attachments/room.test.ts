import { expect, test } from 'vitest';
import { keepFiles } from '../../worker/attachments/keep.ts';
import { keepRoom } from '../../worker/attachments/keep-room.ts';
import { myRoom, roomKept } from '../../worker/attachments/queries.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { type cast, stoa } from '../support/stoa.ts';

const MB = 1_000_000;
let made = 0;
/** Files of these sizes, in megabytes. */
const files = (...sizes: number[]) => sizes.map((size) => ({ id: `att_${(++made).toString(16).padStart(32, '0')}`, name: 'a.txt', type: 'text/plain', size: size * MB, width: null, height: null, sha256: '' }));

async function space() {
  const world = await stoa(new Date());
  const { as } = world;
  return {
    ...world,
    brings: (who: keyof typeof cast, ...sizes: number[]) => as(who).run(keepFiles, { attachments: [], files: files(...sizes) }),
    room: async (who: keyof typeof cast) => (await as(who).load(myRoom()))[0],
  };
}

test('where nobody chose anything: fifty megabytes on the first day, a thousand at every level, twenty thousand for the team', async () => {
  const { db, room, brings } = await space();
  await db.$client.execute({ sql: "update users set created_at = ? where id = 'usr_bob'", args: [Date.now() - 3_600_000] });
  expect([await room('bob'), await room('alice'), await room('lena'), await room('mara'), await room('visitor')]).toEqual([{ used: 0, space: 50 * MB }, { used: 0, space: 1_000 * MB }, { used: 0, space: 20_000 * MB }, { used: 0, space: 20_000 * MB }, undefined]);
  await brings('bob', 20, 20);
  expect(await room('bob')).toEqual({ used: 40 * MB, space: 50 * MB });
  await expect(brings('bob', 11)).rejects.toMatchObject({ reason: 'invalid', issues: { attachments: 'There is no room for this: your files fill your space here.' } });
  await brings('bob', 10);
});

test('an admin says how much room each level has; it counts at once, and what is there stays', async () => {
  const { as, db, room, brings } = await space();
  await brings('alice', 20, 20);
  const level = (given: number) => db.$client.execute({ sql: "update trust set level = ? where user_id = 'usr_alice'", args: [given] });
  await as('ada').run(keepRoom, { newcomer: 5, level0: 10, level1: 30, level2: 45, level3: 80, level4: 90, team: 200 });
  const all = [];
  for (const given of [1, 2, 3, 4]) {
    await level(given);
    all.push((await room('alice'))!.space / MB);
  }
  expect([all, (await room('agnes'))!.space]).toEqual([[30, 45, 80, 90], 200 * MB]);
  await level(2);
  await expect(brings('alice', 6)).rejects.toMatchObject({ reason: 'invalid' });
  await level(3);
  await brings('alice', 6);
  expect(await room('alice')).toEqual({ used: 46 * MB, space: 80 * MB });
  await db.$client.execute({ sql: "update users set created_at = ? where id = 'usr_alice'", args: [Date.now() - 3_600_000] });
  expect((await room('alice'))!.space).toBe(5 * MB);
});

test('what people use is counted as files come, go and change hands; copies share the bytes of what they are copies of', async () => {
  const { db, room, brings } = await space();
  const { all } = await brings('alice', 3, 4);
  const [first, second] = all.map(({ id }) => id) as [string, string];
  await db.$client.execute({ sql: "insert into attachments (id, owner_id, name, type, size, sha256, created_at, bytes_of) values ('att_copy', 'usr_alice', 'a.txt', 'text/plain', 3000000, '', 0, ?)", args: [first] });
  expect((await room('alice'))!.used).toBe(7 * MB);
  await db.$client.execute({ sql: "update attachments set owner_id = 'usr_bob' where id = ?", args: [first] });
  expect([(await room('alice'))!.used, (await room('bob'))!.used]).toEqual([4 * MB, 3 * MB]);
  await db.$client.execute({ sql: 'delete from attachments where id = ?', args: [second] });
  await db.$client.execute({ sql: 'update attachments set owner_id = null where id = ?', args: [first] });
  expect([(await room('alice'))!.used, (await room('bob'))!.used]).toEqual([0, 0]);
});

test('only who keeps the settings chooses, in whole megabytes, and the log says so', async () => {
  const { as, db } = await space();
  await expect(as('ada').run(keepRoom, { level2: 'much' })).rejects.toMatchObject({ reason: 'invalid', issues: { level2: 'Write a whole number.' } });
  await expect(as('agnes').run(keepRoom, {})).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(keepRoom, {})).rejects.toMatchObject({ reason: 'signed_out' });
  await as('ada').run(keepRoom, { level2: 2_000 });
  expect((await as('ada').load(roomKept()))[0]).toMatchObject({ room: { newcomer: 50, level1: 1_000, level2: 2_000, team: 20_000 }, revision: 1 });
  expect((await db.select().from(outbox)).map(({ type, subject, actorId }) => [type, subject, actorId])).toEqual([['settings.changed', 'attachment_room', 'usr_ada']]);
});
