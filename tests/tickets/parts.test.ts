import { expect, test } from 'vitest';
import { makeFindable } from '../../worker/beside/jobs.ts';
import { besideTicket, voicesOfRequester } from '../../worker/beside/queries.ts';
import { draftsOfTicket } from '../../worker/drafts/queries.ts';
import { saveAnswer } from '../../worker/drafts/save-answer.ts';
import { formOfTicket } from '../../worker/forms/queries.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { publishTicket } from '../../worker/handovers/publish.ts';
import { handoversOfTicket } from '../../worker/handovers/queries.ts';
import { historyOfTicket } from '../../worker/history/queries.ts';
import { lately, mergedInto } from '../../worker/joins/records.ts';
import { linkTickets } from '../../worker/links/link.ts';
import { splitTicket } from '../../worker/joins/split.ts';
import { linksOfTicket, trackersOfTicket } from '../../worker/links/queries.ts';
import { trackTicket } from '../../worker/links/track.ts';
import { keepMacro } from '../../worker/macros/keep.ts';
import { namesOfMacrosOfAll, namesOfMacrosOfGroups, namesOfOwnMacros } from '../../worker/macros/queries.ts';
import { keepStatus } from '../../worker/statuses/keep.ts';
import { rateTicket } from '../../worker/surveys/rate.ts';
import { ratingOfTicket } from '../../worker/surveys/queries.ts';
import { changeRequester } from '../../worker/tickets/change-requester.ts';
import { closeTicket } from '../../worker/tickets/close.ts';
import { copyOnTicket } from '../../worker/tickets/copy.ts';
import { messagesOfTicket, ticketAtDesk } from '../../worker/tickets/queries.ts';
import { topicsOfRequester } from '../../worker/tickets/screen.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { heldInTicket, lookAtTicket, peopleOfTicket, type TicketPart, visitorsOfTicket } from '../../worker/tickets/screen.ts';
import { setUndoTimes } from '../../worker/tickets/set-undo.ts';
import { fillTicket, formed } from '../forms/support.ts';
import { merge, unmerge } from '../joins/support.ts';
import { settingOf, type Stoa, stoa } from '../support/stoa.ts';
import { asks, visited } from './support.ts';

/** What there is to show of a ticket, part by part, when all is asked for. */
async function shown({ as, now }: Stoa, number: number): Promise<TicketPart[]> {
  const [ticket, messages, merged, handovers, links, trackers, rating, held, drafts, people, history, form, own, ofGroups, shared, topics, voices, near, beside, visitors] = await as('agnes').load(
    ticketAtDesk(number), messagesOfTicket(number), mergedInto(number), handoversOfTicket(number), linksOfTicket(number), trackersOfTicket(number), ratingOfTicket(number), heldInTicket(number), draftsOfTicket(number), peopleOfTicket(number), historyOfTicket(number), formOfTicket(number),
    namesOfOwnMacros(), namesOfMacrosOfGroups(), namesOfMacrosOfAll(), topicsOfRequester(number), voicesOfRequester(number), lately(number), besideTicket(number), visitorsOfTicket(number, now.getTime()),
  );
  const there: Record<TicketPart, boolean> = {
    merged: merged.length > 0, handovers: handovers.length > 0, links: links.length > 0, trackers: trackers.length > 0, rating: rating !== undefined, held: held.length > 0, drafts: drafts.length > 0, people: people.length > 0,
    names: history.some(({ names }) => Object.keys(names).length > 0), forms: form!.forms.length > 0 || form!.left.length > 0, answers: form!.questions.length > 0 || Object.keys(form!.answers).length > 0 || form!.left.length > 0,
    files: messages.some(({ attachments }) => attachments.length > 0), statuses: ticket!.ownStatuses.length > 0, undo: ticket!.undoSeconds.public !== 15 || ticket!.undoSeconds.internal !== 15, macros: own.length + ofGroups.length + shared.length > 0, topics: topics.length > 0, voices: voices.length > 0, near: near.length > 0, documents: beside.some(({ kind }) => kind === 'article' || kind === 'topic'), tickets: beside.some(({ kind }) => kind === 'ticket'), helpers: beside.some(({ kind }) => kind === 'macro'), visitors: visitors.some(({ name }) => name !== 'agnes'),
  };
  return (Object.keys(there) as TicketPart[]).filter((part) => there[part]);
}

test('whatever happens to a ticket, its page is told of every part that there is something for', async () => {
  const world = await stoa();
  const { as } = world;
  const number = await asks(as('alice'), 'The printer burns');
  const namedFor = async (of: number): Promise<TicketPart[]> => {
    const [parts, look] = await as('agnes').load(ticketAtDesk(of), lookAtTicket(of, world.now.getTime()));
    return [...parts!.has, ...(look!.isVisited ? ['visitors' as const] : [])];
  };
  expect([await shown(world, number), await namedFor(number)]).toEqual([[], []]);
  const [other, third] = [await asks(as('alice'), 'The printer burns again'), await asks(as('bob'))];
  const form = await formed(as('ada'));
  await as('agnes').run(trackTicket, { number: other, reference: 'ENG-1' });
  await as('agnes').run(linkTickets, { number: other, other: third, as: 'related' });
  /** What happens, and the parts that there is something for from then on. */
  const story: [TicketPart[], () => Promise<unknown>][] = [
    [['forms', 'near', 'tickets'], () => makeFindable.work(settingOf(world))],
    [['statuses'], () => as('ada').run(keepStatus, { category: 'pending', agentEn: 'At the vendor', customerEn: 'Being looked at' })],
    [['undo'], () => as('ada').run(setUndoTimes, { reply: 40, note: 5 })],
    [['macros'], () => as('agnes').run(keepMacro, { name: 'Log', en: 'Send the log.' })],
    [['topics'], () => as('alice').run(openTopic, { category: 'help', title: 'How do I print?', body: 'On paper.', kind: 'question' })],
    [['voices'], () => world.db.$client.execute("insert into survey_answers (id, kind, user_id, score, comment, created_at) values ('srv_1', 'nps', 'usr_alice', 9, 'Kind people.', 1)")],
    [['drafts'], () => as('lena').run(saveAnswer, { number, body: 'Dear', draft: 0 })],
    [['visitors'], () => visited(world.db, number, 'lena', world.now)],
    [['people', 'names'], () => as('agnes').run(copyOnTicket, { number, email: 'bob@example.org' })],
    [['answers', 'names'], () => as('agnes').run(fillTicket, { number, form: form.form, fields: { product: 'local' } })],
    [['held'], () => as('agnes').run(replyToTicket, { number, body: 'Use water.', hold: true })],
    [['merged', 'links', 'trackers'], () => merge(as('agnes'), other, number)],
    [['rating'], async () => {
      await as('agnes').run(replyToTicket, { number, body: 'Use the extinguisher.' });
      await as('alice').run(closeTicket, { number });
      await as('alice').run(rateTicket, { number, score: 2 });
    }],
    [['handovers'], () => as('ada').run(publishTicket, { number, category: 'help', title: 'What burns?', question: 'What does?', answer: 'Put it out.' })],
  ];
  for (const [parts, happens] of story) {
    await happens();
    const [there, told] = [await shown(world, number), await namedFor(number)];
    expect([parts, there.filter((one) => !told.includes(one)), parts.filter((one) => !there.includes(one))]).toEqual([parts, [], []]);
  }
  await unmerge(as('agnes'), other);
  expect(await namedFor(other)).toEqual(expect.arrayContaining(['links', 'trackers']));
  for (const who of ['alice', 'bob', 'mara', 'visitor'] as const) expect([who, (await as(who).load(ticketAtDesk(number)))[0]]).toEqual([who, undefined]);
});

test('who asked it before is told of by name', async () => {
  const world = await stoa();
  const { as } = world;
  const number = await asks(as('alice'));
  await as('agnes').run(changeRequester, { number, requester: 'bob@example.org' });
  expect([(await as('agnes').load(ticketAtDesk(number)))[0]!.has, await shown(world, number)]).toEqual([['names'], ['names']]);
});

test('messages that were written in another ticket say so, though nothing is part of theirs', async () => {
  const { as } = await stoa();
  const [whole, target, source] = [await asks(as('alice'), 'Two things'), await asks(as('alice'), 'One'), await asks(as('alice'), 'The same')];
  const says = async (number: number) => (await as('alice').run(replyToTicket, { number, body: 'And another thing.' })).id;
  const apart = await as('agnes').run(splitTicket, { number: whole, messages: [await says(whole)], subject: 'Another thing' });
  await merge(as('agnes'), source, target);
  await unmerge(as('agnes'), source, { messages: [await says(target)] });
  for (const [number, origins] of [[apart.number, [whole]], [source, [target]], [target, []], [whole, []]] as const) {
    const [known, thought] = await as('agnes').load(messagesOfTicket(number), messagesOfTicket(number, false));
    const from = (messages: typeof known) => messages.flatMap(({ origin }) => origin ?? []);
    expect([number, from(known), from(thought)]).toEqual([number, origins, origins.map(() => 0)]);
  }
});
