import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { speakersOfTopic } from '../../worker/handovers/queries.ts';
import { keepGroup } from '../../worker/groups/keep.ts';
import { allGroups } from '../../worker/groups/queries.ts';
import { removeGroup } from '../../worker/groups/remove.ts';
import { groupMembers } from '../../worker/groups/schema.ts';
import { setAvailability } from '../../worker/groups/set-availability.ts';
import { feedbackPage, timelineOf } from '../../worker/insights/queries.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { users } from '../../worker/people/schema.ts';
import { holds } from '../../worker/platform/viewer.ts';
import { makeRole } from '../../worker/roles/make.ts';
import { allRoles } from '../../worker/roles/queries.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { historyOfTicket } from '../../worker/history/queries.ts';
import { colleagues, messagesOfTicket, ticketAtDesk } from '../../worker/tickets/queries.ts';
import { otherTicketsOfRequester } from '../../worker/tickets/screen.ts';
import { ticketsPage, wholeTicket } from '../../worker/tickets/records.ts';
import { reopenTicket } from '../../worker/tickets/reopen.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { countsOf } from '../../worker/views/queries.ts';
import { defaultViews } from '../../worker/views/defaults.ts';
import { startBulk } from '../../worker/bulk/start.ts';
import { conditionOf } from '../../worker/views/input.ts';
import { type Stoa, stoa } from '../support/stoa.ts';
import { asks, queue, told } from '../tickets/support.ts';

/** Billing has Agnes and Cleo, Technical has Ada. */
async function world() {
  const made = await stoa(new Date());
  const ada = made.as('ada', { provedAt: made.now.getTime() });
  const billing = (await ada.run(keepGroup, { name: 'Billing', members: ['usr_agnes', 'usr_cleo'] })).id;
  const technical = (await ada.run(keepGroup, { name: 'Technical', members: ['usr_ada'] })).id;
  return { ...made, ada, billing, technical };
}

const deskOf = async ({ as }: Stoa, number: number) => (await as('agnes').load(ticketAtDesk(number)))[0];

test('who keeps the settings makes groups, changes and removes them; the log tells', async () => {
  const { ada, as, db, billing } = await world();
  await ada.run(keepGroup, { id: billing, name: 'Invoices', members: ['usr_cleo'] });
  await ada.run(keepGroup, { id: billing, name: 'Invoices', members: ['usr_cleo'] });
  const [groups] = await as('lena').load(allGroups());
  expect(groups.map(({ name, members }) => [name, members.map((one) => one.name)])).toEqual([['Invoices', ['cleo']], ['Technical', ['ada']]]);
  await ada.run(removeGroup, { id: billing });
  expect(await db.select().from(groupMembers)).toHaveLength(1);
  expect(await told(db)).toEqual(['group.made', 'group.made', 'group.changed', 'group.removed']);
});

test('a name of its own, people who work here, and one who may', async () => {
  const { ada, as } = await world();
  await expect(ada.run(keepGroup, { name: 'Billing', members: [] })).rejects.toMatchObject({ issues: { name: 'There is a group with this name already.' } });
  await expect(ada.run(keepGroup, { name: 'Other', members: ['usr_alice'] })).rejects.toMatchObject({ issues: { members: 'Choose people from the list.' } });
  await expect(ada.run(keepGroup, { name: ' ' })).rejects.toMatchObject({ issues: { name: 'Write a name.' } });
  await expect(ada.run(keepGroup, { id: 'grp_none', name: 'Other' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('agnes').run(keepGroup, { name: 'Other' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(keepGroup, { name: 'Other' })).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(ada.run(removeGroup, { id: 'grp_none' })).rejects.toMatchObject({ reason: 'not_found' });
  for (const name of ['alice', 'mara', 'visitor'] as const) expect((await as(name).load(allGroups()))[0]).toEqual([]);
});

test('a ticket of a group is held by its members: others are refused, and another group takes it', async () => {
  const it = await world();
  const { as, billing, technical } = it;
  const number = await asks(as('alice'));
  await as('agnes').run(changeTicket, { number, group: billing, assignee: 'me' });
  expect(await deskOf(it, number)).toMatchObject({ groupName: 'Billing', assigneeId: 'usr_agnes' });
  await expect(as('agnes').run(changeTicket, { number, assignee: 'usr_ada' })).rejects.toMatchObject({ issues: { assignee: 'Choose a member of the ticket’s group.' } });
  await expect(as('agnes').run(changeTicket, { number, group: 'grp_none' })).rejects.toMatchObject({ issues: { group: 'Choose a group from the list.' } });
  await as('agnes').run(changeTicket, { number, group: technical, assignee: 'usr_agnes' });
  expect(await deskOf(it, number)).toMatchObject({ groupName: 'Technical', assigneeId: null });
  await as('agnes').run(changeTicket, { number, group: '', assignee: 'usr_cleo' });
  expect(await deskOf(it, number)).toMatchObject({ groupId: null, assigneeId: 'usr_cleo' });
});

test('a removed group leaves its tickets with who holds them; one that a role is confined to stays', async () => {
  const it = await world();
  const { ada, as, billing, technical } = it;
  const number = await asks(as('alice'));
  await as('agnes').run(changeTicket, { number, group: billing, assignee: 'me' });
  await ada.run(makeRole, { name: 'Technician', base: 'agent', permissions: ['tickets.see'], groups: [technical] });
  await expect(ada.run(removeGroup, { id: technical })).rejects.toMatchObject({ reason: 'conflict' });
  await ada.run(removeGroup, { id: billing });
  expect(await deskOf(it, number)).toMatchObject({ groupId: null, assigneeId: 'usr_agnes' });
});

test('a role confined to groups is made with groups that there are, and cannot give what it holds there', async () => {
  const { ada, as, billing } = await world();
  await expect(ada.run(makeRole, { name: 'Biller', base: 'agent', permissions: [], groups: ['grp_none'] })).rejects.toMatchObject({ issues: { groups: 'Choose groups from the list.' } });
  await ada.run(makeRole, { name: 'Biller', base: 'agent', permissions: ['tickets.see'], groups: [billing] });
  expect((await ada.load(allRoles()))[0]).toMatchObject([{ scopes: { groups: [billing] } }]);
  expect(holds(as('agnes', { scopes: { groups: [billing] } }).viewer, ['tickets.see'])).toBe(false);
});

test('whoever has such a role sees and changes tickets of these groups, and nothing of any other leaks', async () => {
  const it = await world();
  const { as, billing, technical } = it;
  const [ours, theirs, nobodys] = [await asks(as('alice'), 'Ours'), await asks(as('alice'), 'Canary of theirs'), await asks(as('alice'), 'Canary of nobody')];
  await as('ada').run(changeTicket, { number: ours, group: billing });
  await as('ada').run(changeTicket, { number: theirs, group: technical });
  await as('alice').run(openTopic, { category: 'help', title: 'A question', body: 'What?', kind: 'question' });
  const biller = as('agnes', { scopes: { groups: [billing] } });

  const answers = await biller.load(queue({ limit: 50 }, {}), queue({ limit: 50 }, { group: technical }), ticketsPage({ limit: 50 }), ticketsPage({ limit: 50 }, 'new'), ticketAtDesk(ours), messagesOfTicket(ours), otherTicketsOfRequester(ours), historyOfTicket(ours), feedbackPage({ limit: 50 }, {}), timelineOf({ limit: 50 }, { account: 'acc_acme' }), speakersOfTopic(1, 1, 20), countsOf(defaultViews, Date.now()));
  expect(answers[0].items.map(({ number }) => number)).toEqual([ours]);
  expect(answers[4]).toMatchObject({ subject: 'Ours' });
  expect(answers[10]).toMatchObject([{ openTickets: 1, newestTicket: ours }]);
  expect(answers[11]?.counts).toEqual([0, 1, 1, 0, 0, 1, 0]);
  expect(JSON.stringify(answers)).not.toContain('Canary');

  for (const number of [theirs, nobodys]) {
    const hidden = await biller.load(ticketAtDesk(number), messagesOfTicket(number), historyOfTicket(number), otherTicketsOfRequester(number), wholeTicket(number));
    expect(hidden).toEqual([undefined, [], [], [], undefined]);
    await expect(biller.run(changeTicket, { number, priority: 'urgent' })).rejects.toMatchObject({ reason: 'not_found' });
    await expect(biller.run(replyToTicket, { number, body: 'Hello.' })).rejects.toMatchObject({ reason: 'not_found' });
    await expect(biller.run(reopenTicket, { number })).rejects.toMatchObject({ reason: 'not_found' });
  }
  expect(await biller.run(startBulk, { condition: conditionOf({}), all: 'yes', addTags: 'mine' })).toMatchObject({ total: 1 });
  await expect(biller.run(startBulk, { condition: conditionOf({}), ticket: [theirs], addTags: 'mine' })).rejects.toMatchObject({ reason: 'conflict' });
  await biller.run(changeTicket, { number: ours, priority: 'high' });
  for (const group of [technical, '']) await expect(biller.run(changeTicket, { number: ours, group })).rejects.toMatchObject({ issues: { group: 'Choose a group from the list.' } });
});

test('somebody of the desk says that they are away, until a time or until they are back, and colleagues see it', async () => {
  const { as, db } = await world();
  const seen = async () => (await as('lena').load(colleagues()))[0].find(({ id }) => id === 'usr_agnes');
  await as('agnes').run(setAvailability, { away: 'yes', hours: '2' });
  expect(await seen()).toMatchObject({ isAway: true, awayUntil: expect.any(Date) });
  await as('agnes').run(setAvailability, { away: 'no' });
  expect(await seen()).toMatchObject({ isAway: false, awayUntil: null });
  await db.update(users).set({ awayAt: new Date(0), awayUntil: new Date(1) }).where(eq(users.id, 'usr_agnes'));
  expect(await seen()).toMatchObject({ isAway: false });
  expect((await told(db)).slice(-2)).toEqual(['person.went_away', 'person.came_back']);
  await expect(as('agnes').run(setAvailability, { away: 'yes', hours: 'x' })).rejects.toMatchObject({ issues: { hours: 'Write a whole number of hours.' } });
  await expect(as('alice').run(setAvailability, { away: 'yes' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(setAvailability, { away: 'yes' })).rejects.toMatchObject({ reason: 'signed_out' });
});
