import { expect, test } from 'vitest';
import type { Stoa } from '../support/stoa.ts';
import { stoa } from '../support/stoa.ts';
import { fillTicket } from '../../worker/forms/fill.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { copyOnTicket } from '../../worker/tickets/copy.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { splitTicket } from '../../worker/joins/split.ts';
import { messagesOfTicket } from '../../worker/tickets/queries.ts';
import { watchTicket } from '../../worker/tickets/watch.ts';
import { Refusal } from '../../worker/platform/refusal.ts';
import { asks, everything, merge, unmerge, withForm } from './support.ts';

/** Numbers that look random and are the same each time (Lehmer, 1951). */
function chance(seed: number) {
  let state = seed;
  return (below: number) => ((state = (state * 48_271) % 2_147_483_647) - 1) % below;
}

const PEOPLE = ['alice', 'carol', 'bob'] as const;

/** Does it, or is refused: a story goes on. */
const tried = (act: Promise<unknown>) =>
  act.then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      return false;
    },
  );

async function step({ as }: Stoa, next: (below: number) => number, of: number[]): Promise<boolean> {
  const [one, two] = [of[next(of.length)]!, of[next(of.length)]!];
  switch (next(10)) {
    case 9: return tried(as('agnes').run(changeTicket, { number: one, subject: `Named ${next(5)}` }));
    case 8: return tried(as('agnes').run(fillTicket, { number: one, form: 'frm_1', fields: next(4) > 0 ? { colour: `Colour ${next(5)}`, parts: ['web', 'mail', 'phone'].slice(next(3)) } : { colour: '', parts: [] } }));
    case 6: return tried(as('agnes').run(copyOnTicket, { number: one, email: `${['mara', 'lena', ...PEOPLE][next(5)]}@example.org` }));
    case 7: return tried(as((['agnes', 'lena'] as const)[next(2)]!).run(watchTicket, { number: one, watching: next(3) > 0 }));
    case 0: case 1: return tried(merge(as('ada'), one, two, { accounts: true, share: next(3) === 0 }));
    case 2: return tried(unmerge(as('ada'), one));
    case 3: return tried(as('agnes').run(replyToTicket, { number: one, body: 'An answer.', status: (['pending', 'solved', 'open'] as const)[next(3)]! }));
    default: return tried(as(PEOPLE[next(3)]!, { accountRole: 'member' }).run(replyToTicket, { number: one, body: 'A word.' }));
  }
}

/** Messages are nowhere twice and nowhere lost, whoever looks. */
async function whole({ db, as }: Stoa, of: number[]): Promise<void> {
  const { rows } = await db.$client.execute('select count(*) as lost from ticket_messages m join tickets t on t.id = m.ticket_id where t.merged_into is not null or m.origin_ticket_id is null');
  expect(rows[0]!['lost']).toBe(0);
  for (const number of of) {
    const [[seen], [all]] = [await as('bob').load(messagesOfTicket(number)), await as('ada').load(messagesOfTicket(number))];
    const ids = new Set(all.map(({ id }) => id));
    expect(seen.filter(({ id }) => !ids.has(id))).toEqual([]);
  }
}

/** Some of the tickets are told to customers, and somebody waits for each. */
const known = async ({ db }: Stoa, of: number[]) =>
  db.$client.batch(of.filter((_, i) => i % 2 === 0).flatMap((number) => [
    { sql: "insert into incidents (id, ticket_id, words_en, shown_at) select 'inc_' || number, id, 'Known', 0 from tickets where number = ?", args: [String(number)] },
    { sql: "insert into incident_followers (incident_id, user_id, created_at) values ('inc_' || ?, 'usr_carol', 0)", args: [String(number)] },
    { sql: "insert into guest_waits (key_hash, kind, ref_id, address, locale, created_at, confirmed_at) values (?1, 'incident', 'inc_' || ?1, 'guest@example.org', 'en', 0, 0)", args: [String(number)] },
  ]));

test('a merge undone at once leaves every table as it was, wherever in a story of merges and words it comes', { timeout: 120_000 }, async () => {
  for (const seed of [7, 1_234, 99_991]) {
    const here = await withForm();
    const next = chance(seed);
    const of: number[] = [];
    for (let i = 0; i < 9; i++) of.push(await asks(here.as(PEOPLE[i % 3]!), `Ticket ${i}`));
    await known(here, of);
    let undone = 0;
    for (let i = 0; i < 50; i++) {
      await step(here, next, of);
      const [one, two] = [of[next(9)]!, of[next(9)]!];
      const before = await everything(here.db);
      if (!(await tried(merge(here.as('ada'), one, two, { accounts: true, share: next(2) === 0 })))) continue;
      await unmerge(here.as('ada'), one);
      expect(await everything(here.db)).toEqual(before);
      undone++;
    }
    expect(undone).toBeGreaterThan(5);
    await whole(here, of);
  }
});

test('merges undone in any order leave every table as it was', { timeout: 120_000 }, async () => {
  for (const seed of [3, 4_321]) {
    const here = await withForm();
    const next = chance(seed);
    const of: number[] = [];
    for (let i = 0; i < 9; i++) of.push(await asks(here.as(PEOPLE[i % 3]!), `Ticket ${i}`));
    for (let i = 0; i < 9; i++) if (next(2) === 0) await tried(here.as('agnes').run(replyToTicket, { number: of[i]!, body: 'An answer.', status: (['pending', 'solved', 'on_hold'] as const)[next(3)]! }));
    for (let i = 0; i < 14; i++) {
      await tried(here.as('agnes').run(copyOnTicket, { number: of[next(9)]!, email: `${['mara', 'lena', ...PEOPLE][next(5)]}@example.org` }));
      await tried(here.as((['agnes', 'lena'] as const)[next(2)]!).run(watchTicket, { number: of[next(9)]!, watching: true }));
      await tried(here.as('agnes').run(fillTicket, { number: of[next(9)]!, form: 'frm_1', fields: next(2) === 0 ? { colour: `Colour ${i}` } : { parts: ['web', 'mail'].slice(next(2)) } }));
    }
    const before = await everything(here.db);
    for (let i = 0; i < 30; i++) await tried(merge(here.as('ada'), of[next(9)]!, of[next(9)]!, { accounts: true, share: next(2) === 0 }));
    expect(await everything(here.db)).not.toEqual(before);
    for (let round = 0; round < 9; round++) for (const number of [...of].sort(() => next(3) - 1)) await tried(unmerge(here.as('ada'), number));
    expect(await everything(here.db)).toEqual(before);
  }
});

test('nobody reads a word of another account through any story without sharing', { timeout: 120_000 }, async () => {
  const here = await stoa();
  const next = chance(42);
  const of: number[] = [];
  for (let i = 0; i < 9; i++) of.push(await asks(here.as(PEOPLE[i % 3]!), `Ticket ${i}`, `Words of ${PEOPLE[i % 3]}`));
  for (let i = 0; i < 60; i++) {
    const [one, two] = [of[next(9)]!, of[next(9)]!];
    if (next(3) > 0) await tried(merge(here.as('ada'), one, two, { accounts: true }));
    else if (next(2) === 0) await tried(unmerge(here.as('ada'), one));
    else {
      const [messages] = await here.as('ada').load(messagesOfTicket(one));
      if (messages.length > 1) await tried(here.as('ada').run(splitTicket, { number: one, messages: [messages[next(messages.length)]!.id], subject: 'Apart' }));
    }
    for (const name of PEOPLE) {
      for (const number of [...of, ...of.map((n) => n + 9)]) {
        const [messages] = await here.as(name, { accountRole: 'member' }).load(messagesOfTicket(number));
        expect(messages.filter(({ author }) => author.handle !== name && PEOPLE.includes(author.handle as 'bob'))).toEqual([]);
      }
    }
  }
});
