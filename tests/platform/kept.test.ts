import { expect, test } from 'vitest';
import type { Database } from '../../worker/database/open.ts';
import { remembered, unsettle } from '../../worker/platform/kept.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import type { Query } from '../../worker/platform/query.ts';
import type { Asking } from '../../worker/platform/statement.ts';
import { cast, SECRET } from '../support/stoa.ts';

/** A thing whose rows and mark are what `now` says, and what was asked in each trip. */
function world(name: string) {
  const now = { rows: [{ text: 'first' }] as { text: string }[], mark: `${name} 1` as string | null };
  const trips: string[][] = [];
  const db = {
    read: async (asked: Asking[]) => {
      trips.push(asked.map(({ sql }) => sql.split(' ')[0]!));
      return asked.map(({ sql }) => ({ columns: [], rows: sql.startsWith('rows') ? now.rows.map(({ text }) => [text]) : [[now.mark]] }));
    },
  } as unknown as Database;
  const asking = (sql: string, args: string[], read: (cells: unknown[]) => unknown): Asking => ({ sql, args, rows: ({ rows }) => rows.map(read) });
  const query = remembered(
    (of: string): Query<{ text: string }[]> => ({ asking: (_db, viewer) => asking(`rows of ${name}`, [of, viewer.role], ([text]) => ({ text })), read: (rows) => rows as { text: string }[] }),
    (of: string): Query<{ mark: string | null } | undefined> => ({ asking: () => asking(`mark of ${name}`, [of], ([mark]) => ({ mark })), read: ([row]) => row as { mark: string | null } }),
  );
  const look = async (of = 'it', who: 'visitor' | 'alice' = 'visitor') => {
    trips.length = 0;
    const [rows] = await openPortal({ db, gate: { commit: async () => [] }, viewer: cast[who], secret: SECRET }).load(query(of));
    return [rows.map(({ text }) => text).join(), trips.map((trip) => trip.join('+')).join(' then ')];
  };
  return { now, look, query, trips, db };
}

test('what is asked for again is kept; what did not change then is asked for by its mark alone; what did is told as it is now, in one trip more', async () => {
  const { now, look } = world('a');
  expect([await look(), await look(), await look()]).toEqual([['first', 'rows'], ['first', 'rows+mark'], ['first', 'mark']]);
  Object.assign(now, { rows: [{ text: 'second' }], mark: 'a 2' });
  expect(await look()).toEqual(['second', 'mark then rows+mark']);
});

test('what changes all the time costs one trip, until it is the same at two looks', async () => {
  const { now, look } = world('b');
  await look();
  await look();
  for (const n of [2, 3, 4]) {
    Object.assign(now, { rows: [{ text: `${n}` }], mark: `b ${n}` });
    expect(await look()).toEqual([`${n}`, n === 2 ? 'mark then rows+mark' : 'rows+mark']);
  }
  expect([await look(), await look()]).toEqual([['4', 'rows+mark'], ['4', 'mark']]);
});

test('what this worker changed itself is asked for at once', async () => {
  const { now, look } = world('c');
  await look();
  await look();
  Object.assign(now, { rows: [{ text: 'second' }], mark: 'c 2' });
  unsettle(['other', 'c']);
  expect(await look()).toEqual(['second', 'rows+mark']);
});

test('rows are kept for who asked alike, and not for anybody else', async () => {
  const { look } = world('d');
  await look();
  await look();
  expect([await look('it', 'alice'), await look('another'), await look()]).toEqual([['first', 'rows'], ['first', 'rows'], ['first', 'mark']]);
});

test('what has no mark is never kept, and nothing that is kept can be changed', async () => {
  const { now, look, query, db } = world('e');
  now.mark = null;
  for (const asked of ['rows', 'rows+mark', 'rows', 'rows+mark']) expect(await look()).toEqual(['first', asked]);
  now.mark = 'e 1';
  await look();
  await look();
  const [rows] = await openPortal({ db, gate: { commit: async () => [] }, viewer: cast.visitor, secret: SECRET }).load(query('it'));
  expect(() => (rows[0]!.text = 'mine')).toThrow(TypeError);
  expect(() => rows.push({ text: 'mine' })).toThrow(TypeError);
});

test('two questions of one thing ask for its mark once', async () => {
  const { query, trips, db } = world('f');
  const twice = () => openPortal({ db, gate: { commit: async () => [] }, viewer: cast.visitor, secret: SECRET }).load(query('it'), query('it'));
  await twice();
  await twice();
  expect(trips).toEqual([['rows', 'mark'], ['mark']]);
});

test('what is kept stays within its bounds: the one that was asked for longest ago goes first', async () => {
  const { now, look } = world('g');
  now.rows = [{ text: 'x'.repeat(2_500_000) }];
  for (const of of ['1', '1', '2', '2', '3', '3', '4', '4']) await look(of);
  expect([(await look('4'))[1], (await look('1'))[1]]).toEqual(['mark', 'rows']);
});

test('what was asked counts too: many questions that find nothing are not kept without end', async () => {
  const { now, look } = world('h');
  now.rows = [];
  const long = 'x'.repeat(1_900);
  const all = Array.from({ length: 4_000 }, (_, i) => `${long}${i}`);
  for (const of of all) for (let looks = 0; looks < 2; looks++) await look(of);
  expect([(await look(all.at(-1)))[1], (await look(all[0]))[1]]).toEqual(['mark', 'rows']);
  for (let looks = 0; looks < 3; looks++) expect((await look('x'.repeat(2_000)))[1]).toBe('rows');
});
