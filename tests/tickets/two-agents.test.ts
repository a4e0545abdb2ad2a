import { expect, test } from 'vitest';
import { draftsOfTicket } from '../../worker/drafts/queries.ts';
import { saveAnswer } from '../../worker/drafts/save-answer.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { Refusal } from '../../worker/platform/refusal.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { historyOfTicket } from '../../worker/history/queries.ts';
import { messagesOfTicket, ticketAtDesk } from '../../worker/tickets/queries.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { stoa } from '../support/stoa.ts';
import { asks } from './support.ts';

const ACTIONS = 1_000;
/** Said by refusals, each with what to do next. */
const EXPLAINED = /Look again, then decide|Read it, then send yours again|save again to keep this one/;

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
function seeded(seed: number) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test('two agents in one ticket, a thousand actions at once and in turn: nothing is lost or doubled, and each refusal explains itself and keeps the draft', { timeout: 300_000 }, async () => {
  const { as, db } = await stoa();
  const number = await asks(as('alice'));
  const random = seeded(20_260_105);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const agents = { agnes: as('agnes'), cleo: as('cleo') };
  type Agent = keyof typeof agents;
  const screen: Record<Agent, { seen: number; revision: number; draft: number }> = { agnes: { seen: 0, revision: 0, draft: 0 }, cleo: { seen: 0, revision: 0, draft: 0 } };
  const sent = new Set<string>();
  const done = { messages: 0, changes: 0, refusals: 0 };

  async function look(who: Agent) {
    const [ticket, messages, drafts] = await agents[who].load(ticketAtDesk(number), messagesOfTicket(number), draftsOfTicket(number));
    const own = drafts.find(({ userId }) => userId === `usr_${who}`);
    screen[who] = { seen: messages.at(-1)!.number, revision: ticket!.revision, draft: own?.revision ?? 0 };
    return own?.body;
  }

  async function write(who: Agent, i: number) {
    const body = `Word ${i} of ${who}.`;
    const { seen, draft } = screen[who];
    const drafted = await agents[who].run(saveAnswer, { number, body, draft });
    screen[who].draft = drafted.revision;
    try {
      const visibility = one(['public', 'internal'] as const);
      await agents[who].run(replyToTicket, { number, body, visibility, seen, status: 'open' }, `key-${i}`);
      sent.add(body);
      screen[who].draft = 0;
      done.messages++;
      // The same form sent again, as a doubled click would: it changes nothing.
      if (random() < 0.2) await agents[who].run(replyToTicket, { number, body, visibility, seen, status: 'open' }, `key-${i}`);
    } catch (error) {
      explained(error);
      expect(await look(who)).toBe(body);
    }
  }

  async function change(who: Agent) {
    const wish = one([{ priority: one(['low', 'normal', 'high', 'urgent']) }, { assignee: one(['me', '']) }, { tags: one(['a', 'b', 'a, b', '']) }]);
    try {
      await agents[who].run(changeTicket, { number, revision: screen[who].revision, ...wish });
      done.changes++;
    } catch (error) {
      explained(error);
    }
  }

  function explained(error: unknown) {
    expect(error).toBeInstanceOf(Refusal);
    expect([(error as Refusal).reason, EXPLAINED.test((error as Refusal).message)]).toEqual(['conflict', true]);
    done.refusals++;
  }

  const act = async (who: Agent, i: number) => {
    const choice = random();
    if (choice < 0.35) await look(who).then(() => undefined);
    else if (choice < 0.7) await write(who, i);
    else await change(who);
  };
  for (let i = 0; i < ACTIONS; i += 2) {
    if (random() < 0.5) await Promise.all([act('agnes', i), act('cleo', i + 1)]);
    else for (const step of [0, 1]) await act(one(['agnes', 'cleo'] as const), i + step);
  }

  const [messages, history, [ticket]] = [(await agents.agnes.load(messagesOfTicket(number)))[0], await db.select().from(outbox), await agents.agnes.load(ticketAtDesk(number))];
  const bodies = (await db.$client.execute(`select body from ticket_messages order by number`)).rows.map((row) => row['body'] as string);
  expect(bodies).toEqual(['Help.', ...bodies.slice(1)]);
  expect([new Set(bodies).size, new Set(bodies.slice(1))]).toEqual([bodies.length, sent]);
  expect(messages.map((message) => message.number)).toEqual(bodies.map((_, i) => i + 1));
  expect(Math.min(done.messages, done.changes, done.refusals)).toBeGreaterThan(20);

  // What the log tells, told again from the beginning, is what the ticket is.
  const told = { priority: 'normal', assigneeId: null as string | null, tags: [] as string[] };
  for (const { type, data } of history.sort((a, b) => a.revision - b.revision)) {
    if (type !== 'ticket.changed') continue;
    const { from, to } = data as { from: Partial<typeof told>; to: Partial<typeof told> };
    expect(told).toMatchObject(from);
    Object.assign(told, to);
  }
  expect(ticket).toMatchObject(told);
  expect((await agents.agnes.load(historyOfTicket(number)))[0].length).toBeGreaterThan(0);
});
