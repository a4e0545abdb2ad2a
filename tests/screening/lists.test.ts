import { expect, test } from 'vitest';
import { openTopic } from '../../worker/forum/open.ts';
import { postsOfTopic, topicsPage } from '../../worker/forum/queries.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { reviewsToDo } from '../../worker/moderation/records.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { addScreen } from '../../worker/screening/add-screen.ts';
import { addWord } from '../../worker/screening/add-word.ts';
import { forgetOldPrints } from '../../worker/screening/jobs.ts';
import { fits } from '../../worker/screening/judge.ts';
import { keepRules } from '../../worker/screening/keep-rules.ts';
import { isWithin } from '../../worker/screening/network.ts';
import { rulesKept, screensKept, wordsKept } from '../../worker/screening/queries.ts';
import { removeScreen } from '../../worker/screening/remove-screen.ts';
import { removeWord } from '../../worker/screening/remove-word.ts';
import { censored, isSafe, reworded, wordsFound } from '../../worker/screening/words.ts';
import { question, settingOf } from '../support/stoa.ts';
import { newcomers } from './support.ts';

const found = (pattern: string, text: string, isRegex = false) => wordsFound(text, [{ id: 'w', pattern, isRegex }]).flatMap(({ spans }) => spans.map(([from, to]) => text.slice(from, to)));

test('a word is found whatever its case, accents and final sigma, and not inside another', () => {
  expect(found('φάρμακος', 'Το ΦΑΡΜΑΚΟΣ και το φαρμακοσ, όχι φαρμακοσυλλογή.')).toEqual(['ΦΑΡΜΑΚΟΣ', 'φαρμακοσ']);
  expect(found('pill', 'Pills, PILL, spill, pill-box')).toEqual(['PILL', 'pill']);
  expect(found('pill*', 'Pills, spill, pilllow')).toEqual(['Pills', 'pilllow']);
  expect(found('buy now', 'buy\n  NOW')).toEqual(['buy\n  NOW']);
  expect(found('cafe', 'Cafe\u0301 or c\u00adafé')).toEqual(['Cafe\u0301', 'c\u00adafé']);
  expect(found('a.c', 'abc a.c')).toEqual(['a.c']);
  expect(found('colou?r', 'Colour color colouur', true)).toEqual(['Colour', 'color']);
  expect(found('\\d{4}', 'pin 1234', true)).toEqual(['1234']);
  expect(censored('Ένα ΦΑΡΜΑΚΟ εδώ', wordsFound('Ένα ΦΑΡΜΑΚΟ εδώ', [{ id: 'w', pattern: 'φάρμακο', isRegex: false }])[0]!.spans as [number, number][])).toBe('Ένα ■■■■■■■ εδώ');
});

test('an expression that could be made slow is none, and what is one is quick on the worst text there can be', () => {
  for (const slow of ['(a+)+', '(a|a)*', '(?=x)a', '(?<n>a)', '(a)\\1', 'a**', '\\w*\\w*\\w*x', 'a{1,99}b{1,99}', 'x'.repeat(101), '(', '[a', '', 'a*', '\\p{L}']) expect([slow, isSafe(slow)]).toEqual([slow, false]);
  for (const safe of ['colou?r', '\\d{4}', '(?:buy|get) now', 'v[i1]agra', 'free\\s{1,3}money', 'a+b*']) expect([safe, isSafe(safe)]).toEqual([safe, true]);
  const worst = 'a'.repeat(50_000);
  const started = process.cpuUsage();
  for (const pattern of ['a+a*b', 'a+a{0,30}b', '[a-z]+[a-z]+1']) expect(found(pattern, worst, true)).toEqual([]);
  expect(process.cpuUsage(started).user / 1_000).toBeLessThan(10_000);
});

test('listed words are refused, blackened, held, reported or tagged, in the language they are listed for, and their hits are counted', async () => {
  const { as, queue, db } = await newcomers();
  const add = (pattern: string, follows: string, more: object = {}) => as('ada').run(addWord, { pattern, follows, ...more });
  await add('casino', 'block');
  await add('βλάκ*', 'censor', { locale: 'el' });
  await add('refund', 'tag', { tag: 'billing' });
  await add('lawyer', 'flag');
  await add('loan', 'hold');
  await expect(as('alice').run(replyToTopic, { number: 1, body: 'The CASINO.' })).rejects.toMatchObject({ reason: 'invalid', issues: { body: 'This has words or links that are not published here.' } });
  await expect(as('alice').run(openTopic, { ...question, title: 'Casino' })).rejects.toMatchObject({ issues: { title: 'This has words or links that are not published here.' } });
  const { number } = await as('alice').run(openTopic, { ...question, title: 'Είστε βλάκες', body: 'Και ΒΛΆΚΑΣ ο άλλος, refund τώρα παρακαλώ.' });
  const [[post], { items }] = await as('bob').load(postsOfTopic(number!, 1), topicsPage({ limit: 1 }, {}));
  expect([items[0]!.title, items[0]!.tags, post!.html]).toEqual(['Είστε ■■■■■■', ['billing'], expect.stringContaining('Και ■■■■■■ ο άλλος')]);
  await as('bob').run(replyToTopic, { number: 1, body: 'My lawyer says so.' });
  expect((await as('mara').load(reviewsToDo(9)))[0].map(({ grounds, author, flags }) => [grounds, author, flags])).toEqual([['lawyer', 'bob', []]]);
  expect((await as('bob').run(replyToTopic, { number: 1, body: 'A loan, loan, loan.' })).isHeld).toBe(true);
  expect((await as('agnes').run(replyToTopic, { number: 1, body: 'A loan and a casino.' })).isHeld).toBe(false);
  expect((await queue()).map(({ reasons }) => reasons)).toEqual([[{ rule: 'word', detail: 'loan' }]]);
  expect((await as('ada').load(wordsKept()))[0].map(({ pattern, hits }) => [pattern, hits])).toEqual([['casino', 0], ['lawyer', 1], ['loan', 1], ['refund', 1], ['βλάκ*', 1]]);
  expect((await db.select().from(outbox)).filter(({ type }) => type === 'word.listed').map(({ actorId }) => actorId)).toEqual(Array.from({ length: 5 }, () => 'usr_ada'));
});

test('a listed word is replaced by other words, and one that silences waits and silences who wrote it, for its hours, with reasons that others’ decisions do not touch', async () => {
  const { as, by, queue, db, now } = await newcomers();
  const add = (pattern: string, follows: string, more: object = {}) => as('ada').run(addWord, { pattern, follows, ...more });
  await add('damn*', 'replace', { replacement: 'darn' });
  await add('damned', 'replace', { replacement: 'cursed' });
  await add('κόπανε', 'replace', { replacement: 'φίλε', locale: 'el' });
  await add('threat', 'silence', { hours: '6' });
  await add('menace', 'silence', { hours: '2' });
  for (const [follows, field] of [['replace', 'replacement'], ['silence', 'hours']] as const) await expect(add('x', follows)).rejects.toMatchObject({ issues: { [field]: expect.any(String) } });
  await expect(add('x', 'silence', { hours: 'ever' })).rejects.toMatchObject({ issues: { hours: expect.any(String) } });
  const { number } = await as('alice').run(openTopic, { ...question, title: 'Damn printer', body: 'DAMN, a damned one, undamned. κόπανε' });
  const [[post], { items }] = await as('bob').load(postsOfTopic(number!, 1), topicsPage({ limit: 1 }, {}));
  expect([items[0]!.title, post!.html]).toEqual(['darn printer', '<p>darn, a darn one, undamned. κόπανε</p>\n']);
  expect((await as('bob').run(replyToTopic, { number: number!, body: 'A threat, a menace.' })).isHeld).toBe(true);
  expect((await queue()).map(({ reasons }) => reasons.map(({ detail }) => detail))).toEqual([['threat', 'menace']]);
  const until = now.getTime() + 6 * 3_600_000;
  const kept = async () => (await db.$client.execute("select u.silenced_until, s.code, s.by_id, s.note, r.kinds, r.is_automatic, r.mail from users u join sanctions s on s.user_id = u.id join statements_of_reasons r on r.sanction_id = s.id where u.id = 'usr_bob'")).rows.map((row) => Object.values(row));
  expect(await kept()).toEqual([[until, 'word', null, 'threat, menace', '["word"]', 1, 'due']]);
  await expect(as('bob', { silencedUntil: until }).run(replyToTopic, { number: number!, body: 'Sorry.' })).rejects.toMatchObject({ reason: 'forbidden' });
  await Promise.allSettled([1, 2, 3].map((i) => by('carol', '192.0.2.1').run(replyToTopic, { number: number!, body: `Threat ${i}.` })));
  expect((await db.$client.execute("select count(*) as n from sanctions where user_id = 'usr_carol'")).rows[0]!['n']).toBe(1);
  expect((await db.$client.execute("select action, rule from moderation_log where action = 'silenced'")).rows.map((row) => row['rule'])).toEqual(['word', 'word']);
});

test('whatever words are replaced, the rest of a text stays as it is', () => {
  for (let n = 0; n < 300; n++) {
    const words = Array.from({ length: 12 }, (_, i) => ['Ένα', 'two', 'τρία', 'naïve', '🙂', 'end.'][(n * 7 + i * i * (n + 3)) % 6]!);
    const found = wordsFound(words.join(' '), [{ id: 'a', pattern: 'τρια', isRegex: false, locale: null, action: 'replace', replacement: '3' }, { id: 'b', pattern: 'na[iy]ve', isRegex: true, locale: null, action: 'replace', replacement: 'new two' }, { id: 'c', pattern: 'two', isRegex: false, locale: null, action: 'censor', replacement: '' }]);
    expect(reworded(words.join(' '), found)).toBe(words.map((word) => ({ τρία: '3', naïve: 'new two', two: '■■■' })[word] ?? word).join(' '));
  }
});

test('networks, addresses, sites and URLs are held or refused until they end', async () => {
  const { as, by, queue, db, now } = await newcomers();
  const add = (kind: string, pattern: string, follows = 'hold', days = 0) => as('ada').run(addScreen, { kind, pattern, follows, days });
  await add('network', '192.0.2.0/24', 'hold', 1);
  await add('mail', 'bob@*');
  await add('site', 'https://WWW.spam.example');
  await add('url', 'https://ham.example/offers');
  await add('site', 'worse.example', 'block');
  expect((await by('alice', '192.0.2.7').run(replyToTopic, { number: 1, body: 'From there.' })).isHeld).toBe(true);
  expect((await by('alice', '192.0.3.7').run(replyToTopic, { number: 1, body: 'From here.' })).isHeld).toBe(false);
  expect((await as('bob').run(replyToTopic, { number: 1, body: 'Me.' })).isHeld).toBe(true);
  expect((await as('carol').run(replyToTopic, { number: 1, body: 'At https://shop.spam.example/x' })).isHeld).toBe(true);
  expect((await as('carol').run(replyToTopic, { number: 1, body: 'At https://ham.example/Offers/1 and notspam.example' })).isHeld).toBe(true);
  await expect(as('carol').run(replyToTopic, { number: 1, body: 'https://worse.example' })).rejects.toMatchObject({ issues: { body: expect.any(String) } });
  expect((await queue()).map(({ reasons }) => reasons[0]!.rule)).toEqual(['network', 'mail', 'site', 'url']);
  expect((await as('ada').load(screensKept()))[0].map(({ pattern, hits, hitAt }) => [pattern, hits, hitAt])).toEqual([['bob@*', 1, now], ['192.0.2.0/24', 1, now], ['spam.example', 1, now], ['worse.example', 0, null], ['ham.example/offers', 1, now]]);
  expect((await by('alice', '192.0.2.7', 60 * 25).run(replyToTopic, { number: 1, body: 'From there, later.' })).isHeld).toBe(false);
  await forgetOldPrints.work(settingOf({ db, now: new Date(now.getTime() + 2 * 86_400_000) }));
  expect((await as('ada').load(screensKept()))[0]).toHaveLength(4);
});

test('who keeps the settings keeps the lists; for others there are none, and bad entries name their field', async () => {
  const { as, db } = await newcomers();
  const { id } = await as('ada').run(addWord, { pattern: 'loan', follows: 'hold' });
  const screen = await as('ada').run(addScreen, { kind: 'site', pattern: 'spam.example', follows: 'hold' });
  for (const who of ['alice', 'mara', 'agnes', 'lena'] as const) {
    expect((await as(who).load(wordsKept(), screensKept())).flat()).toEqual([]);
    await expect(as(who).run(addWord, { pattern: 'x', follows: 'hold' })).rejects.toMatchObject({ reason: 'forbidden' });
    await expect(as(who).run(addScreen, { kind: 'site', pattern: 'x.example', follows: 'hold' })).rejects.toMatchObject({ reason: 'forbidden' });
    await expect(as(who).run(keepRules, {})).rejects.toMatchObject({ reason: 'forbidden' });
    await expect(as(who).run(removeWord, { id })).rejects.toMatchObject({ reason: 'not_found' });
    await expect(as(who).run(removeScreen, screen)).rejects.toMatchObject({ reason: 'not_found' });
  }
  await expect(as('visitor').run(addWord, { pattern: 'x', follows: 'hold' })).rejects.toMatchObject({ reason: 'signed_out' });
  for (const [input, field] of [[{ pattern: '(a+)+', isRegex: 'on', follows: 'hold' }, 'pattern'], [{ pattern: '*', follows: 'hold' }, 'pattern'], [{ pattern: 'a', follows: 'kill' }, 'follows'], [{ pattern: 'a', follows: 'tag' }, 'tag']] as const) await expect(as('ada').run(addWord, input)).rejects.toMatchObject({ issues: { [field]: expect.any(String) } });
  for (const [kind, pattern] of [['network', '300.1.1.1/8'], ['network', '10.0.0.0/40'], ['mail', '*'], ['site', 'example'], ['url', 'example.com']] as const) await expect(as('ada').run(addScreen, { kind, pattern, follows: 'hold' })).rejects.toMatchObject({ issues: { pattern: expect.any(String) } });
  await expect(as('ada').run(addScreen, { kind: 'site', pattern: 'SPAM.example', follows: 'block' })).rejects.toMatchObject({ issues: { pattern: 'This is on the list already.' } });
  await expect(as('ada').run(keepRules, { below: 'help x' })).rejects.toMatchObject({ issues: { below: expect.any(String) } });
  await as('ada').run(keepRules, { firstPosts: 3, sensitivity: 'high' });
  expect((await as('ada').load(rulesKept()))[0].rules).toMatchObject({ firstPosts: 3, sensitivity: 'high', twins: false, fastSeconds: 3 });
  await as('ada').run(removeWord, { id });
  await as('ada').run(removeScreen, screen);
  expect((await db.select().from(outbox)).map(({ type }) => type)).toEqual(['topic.opened', 'word.listed', 'screen.listed', 'settings.changed', 'word.unlisted', 'screen.unlisted']);
});

test('without rules of its own a workspace looks at what is too fast, was written before, or is brought by many', async () => {
  const { as, db } = await newcomers();
  await db.$client.execute('delete from settings');
  expect((await as('ada').load(rulesKept()))[0].rules).toEqual({ firstPosts: 0, below: '', fastSeconds: 3, newSites: false, twins: true, bursts: true, newPeople: 'watched', sensitivity: 'medium', memberLevel: 1, ticketBurst: 10, ticketMinutes: 10, challenge: true, question: '', questionEl: '', answers: '', heavy: '' });
  expect((await as('alice').run(replyToTopic, { number: 1, body: 'Hello.' })).isHeld).toBe(false);
});

test('networks are told apart bit by bit, and patterns fit whole texts', () => {
  for (const [address, cidr, is] of [['10.1.2.3', '10.0.0.0/8', true], ['11.1.2.3', '10.0.0.0/8', false], ['10.0.0.129', '10.0.0.128/25', true], ['10.0.0.127', '10.0.0.128/25', false], ['::ffff:10.0.0.1', '10.0.0.1', true], ['2001:db8::1', '2001:db8::/32', true], ['2001:db9::1', '2001:db8::/32', false], ['2001:db8::1', '10.0.0.0/8', false], ['unknown', '0.0.0.0/0', false], ['1.2.3.4', '0.0.0.0/0', true]] as const) expect([address, cidr, isWithin(address, cidr)]).toEqual([address, cidr, is]);
  for (const [pattern, text, is] of [['*@spam.example', 'a@spam.example', true], ['*@spam.example', 'a@spam.example.org', false], ['a*b*c', 'aXbYc', true], ['a*b*c', 'abXc', true], ['a*a', 'a', false], ['x', 'X', true]] as const) expect([pattern, text, fits(pattern, text)]).toEqual([pattern, text, is]);
});
