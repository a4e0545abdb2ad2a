import { expect, test } from 'vitest';
import { keepMacro } from '../../worker/macros/keep.ts';
import { emptyIn, filledIn } from '../../worker/macros/placeholders.ts';
import { presetBy } from '../../worker/macros/preset.ts';
import { macroById, macrosOfAll, ownMacros } from '../../worker/macros/queries.ts';
import { removeMacro } from '../../worker/macros/remove.ts';
import { found } from '../../worker/macros/search.ts';
import { rendered } from '../../worker/platform/markdown.ts';
import { ticketAtDesk } from '../../worker/tickets/queries.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { stoa } from '../support/stoa.ts';
import { asks, told } from '../tickets/support.ts';

const macro = { name: 'Ask for the log', folder: 'First line', en: 'Dear {{requester.name}}, send us the log of {{ticket.number}}.', el: 'Στείλτε μας το αρχείο, {{requester.name}}.', status: 'pending', priority: 'high', assignee: 'me', addTags: 'log', removeTags: 'new' };
const values = { 'requester.name': 'Alice', 'requester.first_name': 'Alice', 'ticket.number': '1', 'ticket.subject': 'S', 'ticket.status': 'In progress', 'agent.name': 'Agnes', 'account.name': 'Acme' };

test('a macro of one’s own is kept, found, changed and removed, and is announced', async () => {
  const { as, db } = await stoa();
  const { id } = await as('agnes').run(keepMacro, macro);
  expect((await as('agnes').load(ownMacros()))[0]).toMatchObject([{ id, name: 'Ask for the log', actions: { status: 'pending', priority: 'high', assignee: 'me', addTags: ['log'], removeTags: ['new'] } }]);
  await as('agnes').run(keepMacro, { ...macro, id, name: 'Log, please' });
  const [list] = await as('agnes').load(ownMacros());
  expect(found(list, 'αρχειο').map(({ name }) => name)).toEqual(['Log, please']);
  expect(found(list, 'invoice')).toEqual([]);
  await as('agnes').run(removeMacro, { id });
  expect((await as('agnes').load(ownMacros()))[0]).toEqual([]);
  expect(await told(db)).toEqual(['macro.made', 'macro.changed', 'macro.removed']);
});

test('nobody else sees or touches it; those for everyone are written by who may, and read by who works on tickets', async () => {
  const { as } = await stoa();
  const { id } = await as('agnes').run(keepMacro, macro);
  for (const who of ['cleo', 'lena', 'ada'] as const) {
    expect((await as(who).load(macroById(id)))[0]).toBeUndefined();
    await expect(as(who).run(removeMacro, { id })).rejects.toMatchObject({ reason: 'not_found' });
  }
  await expect(as('agnes').run(keepMacro, { ...macro, whose: 'all' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('agnes').run(keepMacro, { ...macro, id, whose: 'all' })).rejects.toMatchObject({ issues: { whose: expect.any(String) } });
  const shared = await as('ada').run(keepMacro, { ...macro, whose: 'all' });
  expect((await as('lena').load(macrosOfAll()))[0].map((one) => one.id)).toEqual([shared.id]);
  await expect(as('agnes').run(removeMacro, shared)).rejects.toMatchObject({ reason: 'forbidden' });
  for (const who of ['alice', 'mara', 'visitor'] as const) {
    expect((await as(who).load(macrosOfAll(), ownMacros())).flat()).toEqual([]);
    await expect(as(who).run(removeMacro, shared)).rejects.toMatchObject({ reason: 'not_found' });
  }
  await expect(as('alice').run(keepMacro, macro)).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(keepMacro, macro)).rejects.toMatchObject({ reason: 'signed_out' });
});

test('what is missing, or a place that there is not, is said beside its field', async () => {
  const { as } = await stoa();
  await expect(as('agnes').run(keepMacro, { ...macro, name: '' })).rejects.toMatchObject({ issues: { name: 'Write a name.' } });
  await expect(as('agnes').run(keepMacro, { ...macro, en: 'Dear {{requester.age}}' })).rejects.toMatchObject({ issues: { en: expect.stringContaining('{{requester.name}}') } });
  await expect(as('agnes').run(keepMacro, { name: 'Nothing' })).rejects.toMatchObject({ issues: { en: 'Write a text, or choose what it changes.' } });
});

test('what a stranger chose as a name stays a name', () => {
  for (const name of ['[x](javascript:alert(1))', '<img src=x onerror=alert(1)>', '**bold**', '![a](http://evil.example/b)', 'https://evil.example', '@agnes', '# Title\n- list']) {
    const html = rendered(filledIn('Dear {{requester.name}}, hello.', { ...values, 'requester.name': name }));
    expect(html, name).not.toMatch(/<(a|img|strong|h\d|ul)\b/);
    expect(html).toMatch(/^<p>Dear /);
  }
});

test('a macro speaks the requester’s language, changes the ticket together with the reply, and counts', async () => {
  const { as, db } = await stoa();
  await db.$client.execute("update users set locale = 'el' where id = 'usr_alice'");
  const number = await asks(as('alice'));
  const { id } = await as('agnes').run(keepMacro, macro);
  const [[kept], ticket] = [await as('agnes').load(macroById(id)), (await as('agnes').load(ticketAtDesk(number)))[0]!];
  const preset = presetBy(kept!, ticket, { ...values, 'requester.name': 'Alice' });
  expect(preset).toMatchObject({ body: 'Στείλτε μας το αρχείο, Alice.', status: 'pending', tags: 'log', assignee: 'me' });

  await as('agnes').run(replyToTicket, { number, macro: id, body: preset.body, status: preset.status, priority: preset.priority, assignee: preset.assignee, tags: preset.tags });
  expect((await as('agnes').load(ticketAtDesk(number)))[0]).toMatchObject({ status: 'pending', priority: 'high', tags: ['log'], assigneeId: 'usr_agnes' });
  expect((await as('agnes').load(macroById(id)))[0]!.used).toBe(1);
  expect((await told(db)).slice(-2)).toEqual(['ticket.changed', 'ticket.replied']);
  await expect(as('lena').run(replyToTicket, { number, visibility: 'internal', body: 'x', priority: 'low' })).rejects.toMatchObject({ reason: 'forbidden' });
});

test('a place for which there is nothing stays, is named, and is not sent', async () => {
  const { as } = await stoa();
  const { id } = await as('agnes').run(keepMacro, { name: 'Of', en: 'Hi {{requester.first_name}} of {{ account.name }}, {{ticket.number}}' });
  const number = await asks(as('bob'));
  const [[kept], [ticket]] = [await as('agnes').load(macroById(id)), await as('agnes').load(ticketAtDesk(number))];
  const { body } = presetBy(kept!, ticket!, { ...values, 'requester.first_name': 'Bob', 'account.name': '' });
  expect([body, emptyIn(body), emptyIn('{{a.b}} {{account.name}} {{account.name}}')]).toEqual(['Hi Bob of {{ account.name }}, 1', ['{{account.name}}'], ['{{account.name}}']]);
  for (const visibility of ['public', 'internal']) await expect(as('agnes').run(replyToTicket, { number, macro: id, visibility, body })).rejects.toMatchObject({ issues: { body: 'Nothing is known for {{account.name}} here. Write something in its place.' } });
  await as('agnes').run(replyToTicket, { number, macro: id, body: body.replace('{{ account.name }}', 'Stoa') });
  await as('agnes').run(replyToTicket, { number, body: 'Write {{account.name}} into a macro.' });
  expect(emptyIn(filledIn('{{requester.name}}', { ...values, 'requester.name': '{{account.name}}' })), 'what somebody is called is no place').toEqual([]);
});
