import { expect, test } from 'vitest';
import { mergeTickets } from '../../worker/joins/merge.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { readTopic } from '../../worker/following/read.ts';
import { changeMailLevel } from '../../worker/notifications/change-mail.ts';
import { mailDigests, mailNews } from '../../worker/notifications/jobs.ts';
import { unsubscribeLink } from '../../worker/notifications/link.ts';
import { unsubscribe } from '../../worker/notifications/unsubscribe.ts';
import { mailedLink } from '../../worker/tickets/link.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { question, SECRET, settingOf } from '../support/stoa.ts';
import { newsroom } from './support.ts';

const MINUTE = 60_000;

async function post() {
  const room = await newsroom();
  const { db, now } = room;
  const at = (later: number) => settingOf({ db, now: new Date(now.getTime() + later) });
  const letters = async () => (await db.$client.execute('select to_address, subject, text, html, headers, locale from mails order by to_address')).rows;
  return { ...room, at, letters };
}

test('a reply that nobody saw meanwhile goes by mail, once, with its words, a link and the way to stop', async () => {
  const { as, deliver, at, letters } = await post();
  await as('alice').run(openTopic, question);
  await deliver();
  await as('bob').run(replyToTopic, { number: 1, body: 'Look for paper.' });
  await deliver();
  await mailNews.work(at(0));
  expect(await letters()).toEqual([]);
  await mailNews.work(at(MINUTE));
  await mailNews.work(at(2 * MINUTE));
  const [letter, ...others] = await letters();
  expect(others).toEqual([]);
  expect([letter!['to_address'], letter!['subject']]).toEqual(['alice@example.org', 'bob replied: “How do I print?”']);
  expect(letter!['text']).toContain('Look for paper.');
  expect(letter!['text']).toContain('https://help.example/forum/topics/1/how-do-i-print?post=2');
  expect(JSON.parse(letter!['headers'] as string)).toMatchObject({ 'List-Unsubscribe': `<https://help.example${unsubscribeLink(SECRET, 'usr_alice')}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
});

test('what was seen on a page is not mailed, and several things are one letter', async () => {
  const { as, deliver, at, letters } = await post();
  await as('alice').run(openTopic, question);
  await as('bob').run(openTopic, { ...question, title: 'Another question' });
  await deliver();
  await as('mara').run(replyToTopic, { number: 1, body: 'One.' });
  await as('mara').run(replyToTopic, { number: 2, body: `> [bob](/forum/topics/2/x?post=1):\n>\n> Quoted\n\nTwo, of\nmany words: ${'word '.repeat(60)}\n\nAnd more.` });
  await as('mara').run(replyToTopic, { number: 2, body: 'Three.' });
  await deliver();
  await as('alice').run(readTopic, { number: 1, upTo: 2 });
  await mailNews.work(at(MINUTE));
  expect((await letters()).map((letter) => [letter['to_address'], letter['subject']])).toEqual([['bob@example.org', '2 new messages in “Another question”']]);
  const text = String((await letters())[0]!['text']);
  const title = 'mara replied: “Another question”';
  expect(text).toContain(`${title}\nTwo, of many words: word word`);
  expect(text).toContain(`${title}\nThree.\nhttp`);
  expect(text).toMatch(/word word…\nhttp/);
  expect(text).not.toMatch(/Quoted|And more/);
});

test('a digest comes when its day is over, and who wants no mail gets none', async () => {
  const { as, deliver, at, letters } = await post();
  await as('alice').run(changeMailLevel, { level: 'daily' });
  await as('bob').run(changeMailLevel, { level: 'none' });
  await as('alice').run(openTopic, question);
  await as('bob').run(openTopic, { ...question, title: 'Another question' });
  await deliver();
  for (const number of [1, 2]) await as('mara').run(replyToTopic, { number, body: 'An answer.' });
  await deliver();
  await mailNews.work(at(MINUTE));
  await mailDigests.work(at(MINUTE));
  expect(await letters()).toEqual([]);
  await mailDigests.work(at(25 * 60 * MINUTE));
  await mailDigests.work(at(26 * 60 * MINUTE));
  expect((await letters()).map((letter) => letter['to_address'])).toEqual(['alice@example.org']);
});

test('a guest gets the link that opens their ticket, in their language, as soon as they asked', async () => {
  const { as, deliver, at, letters } = await post();
  await as('visitor').run(openTicket, { subject: 'Βοήθεια', body: 'Παρακαλώ.', email: 'guest@example.net', locale: 'el' });
  await as('alice').run(openTicket, { subject: 'Of somebody with an account', body: 'They have a list.' });
  await deliver();
  await mailNews.work(at(MINUTE));
  await as('agnes').run(replyToTicket, { number: 1, body: 'Ορίστε.' });
  await deliver();
  await mailNews.work(at(2 * MINUTE));
  const sent = await letters();
  expect(sent.map((letter) => [letter['to_address'], letter['locale'], letter['subject']]).sort()).toEqual([
    ['guest@example.net', 'el', 'Απάντηση στο αίτημά σας από agnes: «Βοήθεια»'],
    ['guest@example.net', 'el', 'Λάβαμε το αίτημά σας με αριθμό 1'],
  ]);
  for (const letter of sent) expect(letter['text']).toMatch(/https:\/\/help\.example\/el\/tickets\/1\?key=[\w-]{32}/);
  // Whoever wrote may have named another’s address: that one reads nothing of theirs before somebody here did.
  expect(JSON.stringify(sent.find((letter) => String(letter['subject']).startsWith('Λάβαμε')))).not.toMatch(/Βοήθεια|Παρακαλώ/);
});

test('the link of a letter stops the mail of that person, and a forged one does not', async () => {
  const { as, db } = await post();
  const { person, key } = Object.fromEntries(new URLSearchParams(unsubscribeLink(SECRET, 'usr_alice').split('?')[1])) as { person: string; key: string };
  await expect(as('visitor').run(unsubscribe, { person: 'usr_bob', key })).rejects.toMatchObject({ reason: 'invalid' });
  await as('visitor').run(unsubscribe, { person, key });
  expect((await db.$client.execute("select handle, mail_level from users where handle in ('alice', 'bob') order by 1")).rows.map((row) => row['mail_level'])).toEqual(['none', 'each']);
});

test('a guest whose ticket became part of somebody else’s is written to with the link of their own, and of no other', async () => {
  const { as, deliver, at, letters } = await post();
  const into = (await as('alice').run(openTicket, { subject: 'Empty labels', body: 'They are empty.' })).number;
  const own = (await as('visitor').run(openTicket, { subject: 'Labels', body: 'Empty, too.', email: 'guest@example.net' })).number;
  await as('agnes').run(mergeTickets, { number: own, into, share: 'on', confirmed: 'yes' });
  await as('agnes').run(replyToTicket, { number: into, body: 'Mended.', visibility: 'public' });
  await deliver();
  await mailNews.work(at(MINUTE));
  const mailed = (await letters()).filter((letter) => String(letter['text']).includes('Mended.'));
  expect(mailed.map((letter) => letter['to_address'])).toEqual(['alice@example.org', 'guest@example.net']);
  const theirs = String(mailed[1]!['text']);
  expect(theirs).toContain(`https://help.example${mailedLink(SECRET, own)}`);
  expect(theirs).not.toContain(mailedLink(SECRET, into));
});

/** Two tickets of Alice’s, and who answers them. */
async function answered(answers: [number: number, body: string][], locale = 'en') {
  const room = await post();
  const { as, db, deliver, at, letters } = room;
  await db.$client.execute({ sql: "update users set locale = ?, verified_at = 1 where handle = 'alice'", args: [locale] });
  for (const subject of ['Printer', 'Labels']) await as('alice').run(openTicket, { subject, body: 'Help.' });
  for (const [number, body] of answers) await as('agnes').run(replyToTicket, { number, body });
  await deliver();
  await mailNews.work(at(MINUTE));
  const [letter, ...others] = await letters();
  expect(others).toEqual([]);
  return { ...room, letter: letter!, text: String(letter!['text']), html: String(letter!['html']) };
}

test('an answer goes out as it is drawn: text without signs, HTML with its own style', async () => {
  const { letter, text, html } = await answered([[1, 'Here is what to do **now**:\n\n- read [the guide](/kb/en/start)\n\n![The tray](https://evil.example/x.png)\n\n<script>alert(1)</script>']]);
  expect(letter['subject']).toBe('agnes answered your ticket: “Printer”');
  expect(text).toContain('Here is what to do now:\n\n– read the guide (https://help.example/kb/en/start)\n\nThe tray (https://evil.example/x.png)\n\nOpen it: https://help.example/tickets/1');
  expect(html).toContain('Here is what to do <strong>now</strong>:');
  expect(html).toContain('href="https://help.example/kb/en/start"');
  expect(html).not.toMatch(/<img|<script|\*\*/);
});

test.each([
  ['en', [[1, 'One.'], [1, 'Two.']], '2 new messages in “Printer”'],
  ['el', [[1, 'One.'], [1, 'Two.']], '2 νέα μηνύματα στο «Printer»'],
  ['en', [[1, 'One.'], [2, 'Two.']], 'agnes answered your ticket: “Printer” and 1 more'],
  ['el', [[1, 'One.'], [2, 'Two.']], 'Απάντηση στο αίτημά σας από agnes: «Printer» και 1 ακόμη νέο'],
  ['el', [[1, 'One.'], [2, 'Two.'], [2, 'Three.']], 'Απάντηση στο αίτημά σας από agnes: «Printer» και 2 ακόμη νέα'],
  ['en', [[1, '1'], [1, '2'], [1, '3'], [2, '4'], [2, '5'], [2, '6']], '6 things happened while you were away'],
] as [string, [number, string][], string][])('several things are named by their ticket or by the first of them (%s, %j)', async (locale, answers, subject) => {
  expect((await answered(answers, locale)).letter['subject']).toBe(subject);
});

test('of several things each is a block of its own: the title is the link, then who, then how it begins, without signs', async () => {
  const { text, html } = await answered([[1, '> Help.\n\nUse **the** [tray](/kb/en/tray).'], [2, 'Two.']]);
  expect(text).toContain('agnes answered your ticket: “Printer”\nUse the tray.\nhttps://help.example/tickets/1\n\n');
  for (const [number, title, words] of [[1, 'Printer', 'Use the tray.'], [2, 'Labels', 'Two.']]) expect(html).toMatch(new RegExp(`<div [^>]*><p [^>]*><a [^>]*href="https://help\\.example/tickets/${number}"[^>]*>${title}</a></p><p [^>]*>agnes answered your ticket</p><p [^>]*>${words}</p></div>`));
  expect(html).toContain('href="https://help.example/notifications"');
});

test('a guest’s letter of several things has no link that asks them to sign in, and opens files by their key', async () => {
  const { as, deliver, at, letters } = await post();
  const guest = { body: 'Please.', email: 'guest@example.net' };
  for (const subject of ['One', 'Two']) await as('visitor').run(openTicket, { ...guest, subject });
  await deliver();
  await mailNews.work(at(MINUTE));
  for (const number of [1, 2]) await as('agnes').run(replyToTicket, { number, body: '![Tray](/files/att_1/tray.png)' });
  await deliver();
  await mailNews.work(at(2 * MINUTE));
  const [first, both] = (await letters()).sort((a, b) => String(a['subject']).length - String(b['subject']).length);
  expect([first!['subject'], both!['subject']]).toEqual(['We received your ticket number 1 and 1 more', 'agnes answered your ticket: “One” and 1 more']);
  for (const { text, html } of [first!, both!] as unknown as { text: string; html: string }[]) {
    for (const part of [text, html]) for (const number of [1, 2]) expect(part).toContain(`https://help.example${mailedLink(SECRET, number)}`);
    expect(text + html).not.toContain('/notifications');
  }
  await as('agnes').run(replyToTicket, { number: 1, body: '![Tray](/files/att_1/tray.png)' });
  await deliver();
  await mailNews.work(at(3 * MINUTE));
  const alone = (await letters()).find(({ subject }) => subject === 'agnes answered your ticket: “One”')!;
  expect(String(alone['text'])).toContain(`Tray (https://help.example/files/att_1/tray.png?ticket=1&key=${new URL(mailedLink(SECRET, 1), 'https://x').searchParams.get('key')})`);
});
