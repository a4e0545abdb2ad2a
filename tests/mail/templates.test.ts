import { expect, test } from 'vitest';
import { lastTold, letterOf } from '../../src/forms/letters.ts';
import { eventNames, events } from '../../worker/mail/events.ts';
import { sendMail } from '../../worker/mail/jobs.ts';
import { keepTemplate } from '../../worker/mail/keep-template.ts';
import { resetTemplate } from '../../worker/mail/reset-template.ts';
import { posted } from '../../worker/mail/schema.ts';
import { reworded, templateOf } from '../../worker/mail/templates.ts';
import type { Letter } from '../../worker/platform/mail.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { settingOf, stoa } from '../support/stoa.ts';

const sample = { actor: 'Agnes', title: 'It burns', text: 'Use the extinguisher.', number: '1042', status: 'Solved', url: 'https://help.example' };

test('each letter names its event and fills in what it promises, and its own words as a template say the same', () => {
  for (const event of eventNames) {
    for (const locale of ['en', 'el'] as const) {
      const letter = letterOf(event, locale, sample);
      expect([event, letter.event, Object.keys(letter.draft!.values).sort()]).toEqual([event, event, [...events[event]!].sort()]);
      const { subject, text, html } = reworded(letter, templateOf(letter));
      expect([subject, text.replace(/\s+/g, ' '), html.includes('</html>')]).toEqual([letter.subject, letter.text.replace(/\s+/g, ' '), true]);
    }
  }
});

test('other words keep button, code and end; what strangers write stays text; what cannot be said stays as it was', () => {
  const code = letterOf('code', 'en', sample);
  const said = reworded(code, { subject: 'Your code for {{site}}', text: 'Hello.\n\n{{site}} asks.' });
  expect(said.subject).toBe('Your code for help.example');
  expect(said.text).toMatch(/^Hello\.\n\nhelp\.example asks\.\n\n123 456\n\n.*sign-in\/link/s);
  const hostile = reworded(letterOf('news.answered', 'en', { ...sample, actor: '<script>alert(1)</script>', title: 'a\r\nBcc: x@y.z' }), { subject: '{{actor}}: {{title}}', text: '{{actor}}\n\n{{text}}' });
  expect(reworded(letterOf('news.answered', 'en', sample), { subject: '[{{ticket.number}}] {{title}}', text: 'Look.' }).subject).toBe('[1042] It burns');
  expect(hostile.html).not.toContain('<script');
  expect(hostile.subject).not.toMatch(/[\r\n]/);
  for (const template of [undefined, { subject: '', text: 'x' }, { subject: 'x', text: '{{nothing}}' }]) expect(reworded(code, template)).toEqual(code);
});

async function sent(mailed: Letter, more: (as: Awaited<ReturnType<typeof stoa>>['as']) => Promise<unknown>) {
  const { as, db, now } = await stoa();
  await more(as);
  await posted(db, { newId: () => 'mal_1', now }, mailed);
  const letters: Letter[] = [];
  await sendMail.work({ ...settingOf({ db, now }), mailer: { send: async (letter) => void letters.push(letter) } });
  return { letters, db, row: (await db.$client.execute('select * from mails')).rows[0]! };
}

test('the words that were chosen go out, and of them nothing is kept; the log has every version', async () => {
  const chosen = { event: 'news.answered', locale: 'en', subject: 'News: {{title}}', text: 'Dear customer,\n\n{{actor}} says: {{text}}' };
  const { letters, db, row } = await sent(letterOf('news.answered', 'en', sample), async (as) => {
    await as('ada').run(keepTemplate, { ...chosen, subject: 'First' });
    await as('ada').run(keepTemplate, chosen);
  });
  expect(letters[0]!.subject).toBe('News: It burns');
  expect(letters[0]!.text).toContain('Agnes says: Use the extinguisher.');
  expect(letters[0]!.headers).toHaveProperty('List-Unsubscribe');
  expect(row).toMatchObject({ subject: 'News: It burns', text: '', html: '', draft: null });
  expect((await db.select().from(outbox)).map(({ data }) => (data['from'] as { subject?: string } | null)?.subject)).toEqual([undefined, 'First']);
});

test('after going back it says what it said by itself; where no mail leaves, the chosen words are kept', async () => {
  const chosen = { event: 'code', locale: 'en', subject: 'Ours', text: 'Hello from {{site}}.' };
  const { letters } = await sent(letterOf('code', 'en', sample), async (as) => {
    await as('ada').run(keepTemplate, chosen);
    await as('ada').run(resetTemplate, { event: 'code', locale: 'en' });
  });
  expect(letters[0]!.subject).toBe('Your sign-in code');

  const { as, db, now } = await stoa();
  await as('ada').run(keepTemplate, chosen);
  await posted(db, { newId: () => 'mal_1', now }, letterOf('code', 'en', sample));
  await sendMail.work(settingOf({ db, now }));
  expect((await db.$client.execute('select subject, text, state from mails')).rows).toMatchObject([{ subject: 'Ours', state: 'kept', text: expect.stringMatching(/^Hello from help\.example\./) }]);
});

test('a place that a letter has not is said beside its field; only who keeps the settings changes letters', async () => {
  const { as } = await stoa();
  const good = { event: 'code', locale: 'en', subject: 'S', text: 'T' };
  await expect(as('ada').run(keepTemplate, { ...good, text: '{{code}}' })).rejects.toMatchObject({ issues: { text: 'There is no placeholder {{code}} here. Use only these placeholders: {{site}}.' } });
  await expect(as('ada').run(keepTemplate, { ...good, subject: '' })).rejects.toMatchObject({ issues: { subject: 'Write a subject.' } });
  await expect(as('ada').run(keepTemplate, { ...good, event: 'none' })).rejects.toMatchObject({ reason: 'invalid' });
  for (const who of ['agnes', 'alice'] as const) for (const op of [keepTemplate, resetTemplate]) await expect(as(who).run(op as typeof keepTemplate, good)).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(keepTemplate, good)).rejects.toMatchObject({ reason: 'signed_out' });
});

test('what somebody said keeps its shape in other words: within a paragraph where it is one, by itself where it is more', () => {
  const of = (text: string) => reworded(letterOf('news.answered', 'en', { ...sample, text }), { subject: '{{title}}', text: '{{actor}} says: {{text}} Bye.' });
  expect(of('Use **it**.').html).toContain('Agnes says: Use <strong>it</strong>. Bye.</p>');
  const long = of('First:\n\n- a **b**\n- [c](/kb/en/c)');
  expect(long.text).toMatch(/^Agnes says:\n\nFirst:\n\n– a b\n– c \(https:\/\/help\.example\/kb\/en\/c\)\n\nBye\.\n\n/);
  expect(long.html).toMatch(/Agnes says:<\/p><p [^>]*>First:<\/p><ul [^>]*>\s*<li [^>]*>a <strong>b<\/strong><\/li>/);
});

test('the letter that asks how it went, the one to somebody outside and that of links keep their links whatever their words', () => {
  const other = { subject: 'Ours', text: 'Look.' };
  for (const [event, links] of [['rating', 5], ['rating-again', 5], ['side', 1], ['links', 1], ['links-none', 1], ['links-own', 1]] as const) {
    const own = letterOf(event, 'el', sample);
    const { text, html, subject } = reworded(own, other);
    const keys = own.text.match(/https:\S+(?:key=|tickets\/new|sign-in\?)\S*/g)!;
    expect([event, subject, keys.length]).toEqual([event, 'Ours', links]);
    for (const link of keys) expect([event, text.includes(link), html.includes(link.replaceAll('&', '&amp;'))]).toEqual([event, true, true]);
  }
});

test('a preview tells the last words of those whom its letter tells, and knows when there are none', () => {
  const said = (role: string, visibility: 'public' | 'internal' = 'public') => ({ visibility, author: { name: role, role } });
  const [agent, note, customer] = [said('agent'), said('agent', 'internal'), said('customer')];
  expect(lastTold('news.answered', [customer, agent, note, customer])).toEqual({ last: agent });
  expect(lastTold('news.answered', [customer, note])).toEqual({ missing: 'team' });
  expect(lastTold('news.asked', [customer, agent])).toEqual({ last: customer });
  expect(lastTold('news.asked', [agent])).toEqual({ missing: 'customer' });
  expect(lastTold('news.noted', [note, agent])).toEqual({ last: note });
  expect(lastTold('news.noted', [agent])).toEqual({ missing: 'note' });
  expect(lastTold('news.followed', [agent, customer, note])).toEqual({ last: customer });
});

test('letters lead where their reader goes: customers to the ticket, staff to the desk', () => {
  expect(letterOf('news.answered', 'el', sample).text).toContain('https://help.example/el/tickets/1042');
  expect(letterOf('news.asked', 'en', sample).text).toContain('https://help.example/agent/tickets/1042');
});
