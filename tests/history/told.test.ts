import { expect, test } from 'vitest';
import { lineOf } from '../../src/forms/history.ts';
import { outsiderOf, toldOf } from '../../src/forms/told.ts';
import { publishTicket } from '../../worker/handovers/publish.ts';
import { takePost } from '../../worker/handovers/take.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic } from '../../worker/forum/queries.ts';
import { keepGroup } from '../../worker/groups/keep.ts';
import { historyOfTicket, historyPage } from '../../worker/history/queries.ts';
import { showIncident } from '../../worker/incidents/show.ts';
import { hideIncident } from '../../worker/incidents/hide.ts';
import { shareMerge } from '../../worker/joins/share.ts';
import { splitTicket } from '../../worker/joins/split.ts';
import { answerIncidents } from '../../worker/links/answer-once.ts';
import { linkTickets } from '../../worker/links/link.ts';
import { trackTicket, untrackTicket } from '../../worker/links/track.ts';
import { unlinkTickets } from '../../worker/links/unlink.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { deliver } from '../../worker/reactions.ts';
import { openSide } from '../../worker/sides/open.ts';
import { answerSide } from '../../worker/sides/answer.ts';
import { mails } from '../../worker/mail/schema.ts';
import { startBulk } from '../../worker/bulk/start.ts';
import { goOnWithBulk } from '../../worker/bulk/go-on.ts';
import { conditionOf } from '../../worker/views/input.ts';
import { mergedInto } from '../../worker/joins/records.ts';
import { formOfTicket } from '../../worker/forms/queries.ts';
import { keepStatus } from '../../worker/statuses/keep.ts';
import { rateTicket } from '../../worker/surveys/rate.ts';
import { closeTicket } from '../../worker/tickets/close.ts';
import { changeRequester } from '../../worker/tickets/change-requester.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { copyOnTicket } from '../../worker/tickets/copy.ts';
import { messagesOfTicket } from '../../worker/tickets/queries.ts';
import { openTicketFor } from '../../worker/tickets/open-for.ts';
import { openInternalTicket } from '../../worker/tickets/open-internal.ts';
import { reopenTicket } from '../../worker/tickets/reopen.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { snoozeTicket } from '../../worker/tickets/snooze.ts';
import { uncopyOnTicket } from '../../worker/tickets/uncopy.ts';
import { wakeTicket } from '../../worker/tickets/wake.ts';
import { fillTicket, formed } from '../forms/support.ts';
import { asks, merge, unmerge } from '../joins/support.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { SECRET, type Stoa, stoa } from '../support/stoa.ts';

/** An id, or what only the program says. */
const RAW = /\b(usr|grp|acc|sts|frm|fld|tkt|top|pst|msg|evt|sid|sms|sme|mrg|blk)_|\b(undefined|null|NaN|statusId|assigneeId|groupId|outOf|snooze|onprem|on_hold|cloud)\b|\[object/;

async function world() {
  const here = await stoa();
  const { form } = await formed(here.as('ada'), { isDefault: false });
  const { id: status } = await here.as('ada').run(keepStatus, { category: 'pending', agentEn: 'Waiting for parts', agentEl: 'Αναμονή ανταλλακτικών', customerEn: 'We ordered', isActive: true });
  const { id: group } = await here.as('ada').run(keepGroup, { name: 'Billing', members: ['usr_agnes'] });
  return { ...here, form, status, group, number: await asks(here.as('alice')), other: await asks(here.as('carol')) };
}

type World = Awaited<ReturnType<typeof world>>;

/** What a ticket and its words go through. */
async function worked({ as, db, form, status, group, number }: World) {
  const [agnes, alice] = [as('agnes'), as('alice')];
  await agnes.run(changeTicket, { number, status, assignee: 'me', group, priority: 'high', tags: 'a, b' });
  await agnes.run(fillTicket, { number, form, fields: { product: 'cloud', region: 'EU', cause: 'bug' } });
  await alice.run(replyToTicket, { number, body: 'More' });
  await agnes.run(replyToTicket, { number, body: 'Ask @cleo', visibility: 'internal' });
  await agnes.run(replyToTicket, { number, body: 'Answer', status, tags: 'c', assignee: 'nobody' });
  await agnes.run(copyOnTicket, { number, email: 'bob@example.org' });
  await agnes.run(uncopyOnTicket, { number, person: 'usr_bob' });
  await agnes.run(changeRequester, { number, requester: 'mara@example.org', keep: true });
  await agnes.run(changeRequester, { number, requester: 'alice@example.org' });
  for (const until of ['tomorrow', 'reply'] as const) {
    await agnes.run(snoozeTicket, { number, until });
    await agnes.run(wakeTicket, { number });
  }
  await agnes.run(trackTicket, { number, reference: 'ENG-1', url: 'https://items.example/1' });
  await agnes.run(untrackTicket, { number, reference: 'ENG-1' });
  await agnes.run(showIncident, { number, wordsEn: 'It burns' });
  await agnes.run(hideIncident, { number });
  await agnes.run(openSide, { number, subject: 'A part', body: 'Can you?', colleagues: ['usr_cleo'], email: 'petra@supplies.example', name: 'Petra of Supplies', url: 'https://help.example' });
  await as('visitor').run(answerSide, { key: /side\?key=([\w-]+)/.exec((await db.select().from(mails))[0]!.text)![1]!, body: 'We can.' });
  const { id } = await agnes.run(startBulk, { condition: conditionOf({}), ticket: [String(number)], priority: 'low', addTags: '' });
  await agnes.run(goOnWithBulk, { id });
}

/** What it goes through with others. */
async function joined({ as, db, number, other }: World) {
  const agnes = as('agnes');
  await agnes.run(linkTickets, { number, other, as: 'related' });
  await agnes.run(snoozeTicket, { number, until: 'linked' });
  await as('carol').run(replyToTicket, { number: other, body: 'News' });
  await deliver(db, gateOf(db));
  await agnes.run(unlinkTickets, { number, other, kind: 'related' });
  await agnes.run(linkTickets, { number, other, as: 'incident' });
  await agnes.run(answerIncidents, { number, body: 'Fixed', solve: 'yes' });
  await merge(agnes, other, number);
  await unmerge(agnes, other);
  await merge(agnes, other, number);
  await agnes.run(shareMerge, { number: other, confirmed: true });
  const [messages] = await agnes.load(messagesOfTicket(number));
  return agnes.run(splitTicket, { number, messages: [messages.find(({ author }) => author.id === 'usr_alice')!.id], subject: 'Split off', mode: 'copy' });
}

/** Its end, and its way into the community. */
async function ended({ as, number }: World) {
  await as('alice').run(closeTicket, { number });
  await as('alice').run(reopenTicket, { number });
  await as('agnes').run(changeTicket, { number, status: 'solved' });
  for (const score of [2, 1]) await as('alice').run(rateTicket, { number, score, reason: 'slow' });
  await as('agnes').run(publishTicket, { number, category: 'help', title: 'How to undo', question: 'How?', answer: 'So.' });
}

const historyOf = async ({ as }: Pick<Stoa, 'as'>, number: number, who: 'agnes' | 'lena' = 'agnes') => {
  const [{ items }, form] = await as(who).load(historyPage({ limit: 200 }, number, { rising: true }), formOfTicket(number));
  return { items, questions: form?.questions ?? [] };
};

test('whatever happens to a ticket, its history tells it by names in the reader’s language, and shows no id', { timeout: 30_000 }, async () => {
  const here = await world();
  const { as, number, other } = here;
  await worked(here);
  const split = await joined(here);
  await ended(here);
  await as('alice').run(openTopic, { category: 'help', title: 'My invoice is wrong', body: 'It says 900.', kind: 'question' });
  const [[post]] = await as('alice').load(postsOfTopic(2, 1));
  const taken = await as('agnes').run(takePost, { post: post!.id });
  const inner = await as('agnes').run(openInternalTicket, { subject: 'Inner', body: 'Words' });

  const called = await as('agnes').run(openTicketFor, { requester: 'bob@example.org', subject: 'Called', body: 'Words', assignee: 'me', tags: 'phone' });

  const lines: string[] = [];
  for (const one of [number, split.number, taken.number, inner.number, called.number]) {
    const { items, questions } = await historyOf(here, one);
    for (const locale of ['en', 'el'] as const) for (const entry of items) lines.push(lineOf(locale, 'UTC', entry, { questions }).slice(1).join(' | '));
  }
  expect(lines.filter((line) => RAW.test(line))).toEqual([]);
  const told = [
    `1 | agnes | Changed a ticket | status: New → Waiting for parts; priority: Normal → High; tags: nothing → a, b; group: nothing → Billing; assignee: nothing → agnes`,
    `1 | agnes | Απάντησε στις ερωτήσεις ενός αιτήματος | Προϊόν: – → Νέφος; region: – → EU; Αιτία: – → bug; φόρμα: Something broke`,
    `1 | agnes | Απάντησε σε ένα αίτημα | κατάσταση: Ανοιχτό → Waiting for parts`,
    `1 | agnes | Αφαίρεσε κάποιον από αίτημα | ποιον: bob`,
    `1 | agnes | Changed the requester of a ticket | requester: alice → mara; copied from now on: yes`,
    `1 | agnes | Άλλαξε τον αιτούντα ενός αιτήματος | αιτών: mara → alice`,
    `1 | agnes | Put a ticket aside | until: the next reply`,
    `1 | The workspace | Brought a ticket back | `,
    `1 | agnes | Αφαίρεσε μια σχέση αιτήματος | είδος: σχετικά; αίτημα: ${other}`,
    `1 | agnes | Split a ticket | messages: 1; they were: copied; ticket: ${split.number}`,
    `1 | alice | Rated a ticket | score: 2 → 1; out of: 5; reason: It took too long`,
    `1 | alice | Αξιολόγησε ένα αίτημα | βαθμός: 2 → 1; με άριστα: 5; λόγος: Άργησε πολύ`,
    `1 | agnes | Changed a ticket | priority: High → Low; in bulk, by agnes`,
    `1 | agnes | Άλλαξε ένα αίτημα | προτεραιότητα: Υψηλή → Χαμηλή; μαζικά, από agnes`,
    `1 | Petra of Supplies | Wrote in a conversation beside a ticket | from outside: yes`,
    `1 | alice | Έλυσε ένα αίτημα | κατάσταση: Περιμένει πελάτη → Λυμένο`,
    `1 | agnes | Made a ticket a topic of the community | topic: How to undo`,
    `${taken.number} | agnes | Opened a ticket | subject: My invoice is wrong; priority: Normal; topic: My invoice is wrong`,
    `${inner.number} | agnes | Άνοιξε ένα αίτημα | θέμα: Inner; προτεραιότητα: Κανονική; είδος: εσωτερικό`,
    `${called.number} | agnes | Opened a ticket for a customer | subject: Called; priority: Normal; for: bob; assignee: agnes; tags: phone`,
    `${called.number} | agnes | Άνοιξε αίτημα για πελάτη | θέμα: Called; προτεραιότητα: Κανονική; για: bob; υπεύθυνος: agnes; ετικέτες: phone`,
  ];
  for (const line of told) expect(lines).toContain(line);
});

test('a history leads to the tickets and topics that it names, as far as its reader sees them, and says of what is gone that it is', async () => {
  const here = await world();
  const { as, db, number } = here;
  await as('agnes').run(changeTicket, { number, status: 'solved', assignee: 'me' });
  await as('agnes').run(publishTicket, { number, category: 'help', title: 'How to undo', question: 'How?', answer: 'So.' });
  const ends = async () => toldOf('el', 'UTC', (await historyOf(here, number, 'lena')).items.find(({ type }) => type === 'ticket.published')!);
  expect(await ends()).toEqual([{ words: 'θέμα της κοινότητας', to: { name: 'How to undo', href: '/el/forum/topics/1/how-to-undo' } }]);
  await db.$client.execute(`update categories set see = '["role:admin"]' where slug = 'help'`);
  expect(await ends()).toEqual([{ words: 'θέμα της κοινότητας: ένα που δεν βλέπετε' }]);
  const [entry] = (await historyOf(here, number)).items;
  expect(toldOf('en', 'UTC', { ...entry!, type: 'ticket.changed', data: { from: { assigneeId: null }, to: { assigneeId: 'usr_gone' } } })).toEqual([{ words: 'assignee: nothing → something that is gone' }]);
});

test('a merge is undone from where its history tells of it, as long as it stands, by who may; a change of many tickets leads whoever made it there', async () => {
  const here = await world();
  const { as, number, other } = here;
  const earlier = openPortal({ db: here.db, gate: gateOf(here.db), viewer: as('agnes').viewer, secret: SECRET, clock: () => new Date(here.now.getTime() - 1000) });
  await merge(earlier, other, number);
  await unmerge(earlier, other);
  const told = async (may: boolean) => {
    const [{ items }, merged] = await as('agnes').load(historyPage({ limit: 50 }, number, {}), mergedInto(number));
    return items.flatMap((entry) => toldOf('en', 'UTC', entry, { me: 'usr_agnes', merged: may ? merged : [] }).map((line) => [entry.type, line.words, line.to?.href] as const)).filter(([, , to]) => /unmerge|bulk/.test(to ?? ''));
  };
  expect(await told(true)).toEqual([]);
  await merge(as('agnes'), other, number);
  expect((await told(true)).sort()).toEqual([['ticket.absorbed', '', `/agent/tickets/${other}/unmerge`], ['ticket.merged', '', `/agent/tickets/${other}/unmerge`]]);
  expect(await told(false)).toEqual([]);
  const { items } = await historyOf(here, number);
  expect(lineOf('en', 'UTC', items.at(-1)!, { merged: (await as('agnes').load(mergedInto(number)))[0] }).join()).not.toContain('Unmerge');

  const { id } = await as('agnes').run(startBulk, { condition: conditionOf({}), ticket: [String(number)], priority: 'low', addTags: '' });
  await as('agnes').run(goOnWithBulk, { id });
  expect(await told(true)).toContainEqual(['ticket.changed', 'in bulk, by', `/agent/bulk/${id}`]);
  const changed = (await historyOf(here, number)).items.find(({ data }) => data['bulk'])!;
  expect(toldOf('en', 'UTC', changed, { me: 'usr_lena' })).toContainEqual({ words: 'in bulk, by agnes' });
});

test('the list on a ticket names who wrote from outside beside it', async () => {
  const { as, db, number } = await world();
  await as('agnes').run(openSide, { number, subject: 'A part', body: 'Can you?', email: 'petra@supplies.example', name: 'Petra of Supplies', url: 'https://help.example' });
  await as('visitor').run(answerSide, { key: /side\?key=([\w-]+)/.exec((await db.select().from(mails))[0]!.text)![1]!, body: 'We can.' });
  const written = (await as('agnes').load(historyOfTicket(number)))[0].findLast(({ type }) => type === 'side.written')!;
  expect(outsiderOf('en', written)).toBe('Petra of Supplies');
  expect(outsiderOf('en', { ...written, names: {} })).toBe('Someone outside');
});
