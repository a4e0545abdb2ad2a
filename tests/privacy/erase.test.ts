import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { posts, topics } from '../../worker/forum/schema.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { ideas } from '../../worker/ideas/schema.ts';
import { openIdea } from '../../worker/ideas/open.ts';
import { feedback } from '../../worker/insights/schema.ts';
import { mails } from '../../worker/mail/schema.ts';
import { makeToken } from '../../worker/people/make-token.ts';
import { changePreferences } from '../../worker/people/prefer.ts';
import { sessions, tokens, users } from '../../worker/people/schema.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { askForCopy } from '../../worker/privacy/ask-copy.ts';
import { erasePerson } from '../../worker/privacy/erase.ts';
import { giveConsent } from '../../worker/privacy/give-consent.ts';
import { goOnErasing } from '../../worker/privacy/jobs.ts';
import { parts } from '../../worker/privacy/parts.ts';
import { certificate, copyOpened, mentionsOf, partOf } from '../../worker/privacy/queries.ts';
import { consents, erasures } from '../../worker/privacy/schema.ts';
import { REMOVED } from '../../worker/platform/removed.ts';
import { fates } from '../../worker/privacy/traces.ts';
import { oneTimeSecrets } from '../../worker/signin/schema.ts';
import { countedAs, suspendedTickets, ticketSenders } from '../../worker/suspended/schema.ts';
import { trustSender } from '../../worker/suspended/trust-sender.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { ticketMessages, tickets } from '../../worker/tickets/schema.ts';
import { type Stoa, settingOf, stoa } from '../support/stoa.ts';

const fresh = { provedAt: Number.POSITIVE_INFINITY };

/** Alice was here for a while: canaries are what only she said. */
async function aliceWasHere() {
  const world = await stoa();
  const { as, db, now } = world;
  await as('alice').run(openTopic, { category: 'help', title: 'Canary title', body: 'Canary public words.' });
  await as('bob').run(replyToTopic, { number: 1, body: 'Thank you, alice, this helped.' });
  await as('alice').run(replyToTopic, { number: 1, body: 'Canary reply.' });
  await as('alice').run(openIdea, { title: 'Canary idea', body: 'Canary idea words.' });
  await as('alice').run(openTicket, { subject: 'Canary ticket', body: 'Canary secret.' });
  await as('agnes').run(replyToTicket, { number: 1, body: 'Canary note.', visibility: 'internal' });
  await as('carol').run(openTicket, { subject: 'Another’s', body: 'Hello.' });
  await as('alice', fresh).run(makeToken, { name: 'Canary token' });
  await as('alice').run(changePreferences, { name: 'Canary Alice', locale: 'en', timeZone: '' });
  await as('alice').run(giveConsent, { consent: 'yes', locale: 'en' });
  await db.insert(sessions).values({ id: 'hash', userId: 'usr_alice', expiresAt: new Date(now.getTime() + 1e9), createdAt: now, provedAt: now, seenAt: now });
  await db.insert(mails).values({ id: 'mal_1', toAddress: 'alice@example.org', locale: 'en', purpose: 'test', subject: 'Canary mail', text: 'x', html: 'x', sendAfter: now, createdAt: now });
  await db.insert(users).values({ id: 'usr_spare', email: 'spare@example.org', name: 'Spare', handle: 'spare', createdAt: now });
  await db.insert(suspendedTickets).values({ id: 'tkt_waits', number: 900, email: 'alice@example.org', locale: 'en', subject: 'Canary that waits', body: 'Canary.', priority: 'normal', causes: [], createdAt: now });
  await db.insert(ticketSenders).values(countedAs('alice+any@example.org', now));
  await as('ada').run(trustSender, { pattern: 'alice@example.org' });
  const file = (id: string, message: string | null) => db.$client.execute({ sql: "insert into attachments (id, owner_id, name, type, size, sha256, message_id, created_at, attached_at) values (?, 'usr_alice', 'Canary.txt', 'text/plain', 1, '', ?, 0, ?)", args: [id, message, message && 0] });
  const [asked] = await db.select().from(ticketMessages);
  await file('att_loose', null);
  await file('att_sent', asked!.id);
  await db.$client.execute("insert into attachments (id, name, type, size, sha256, suspended_id, created_at, attached_at) values ('att_waits', 'Canary.txt', 'text/plain', 1, '', 'tkt_waits', 0, 0)");
  return world;
}

/** Everything that the database holds, as one text. */
async function everything({ db }: Stoa): Promise<string> {
  const { rows } = await db.$client.execute("select name from sqlite_master where type = 'table' and name not like 'search_index%' and name not like 'search_titles%' and name <> 'once'");
  const found = await Promise.all(rows.map(({ name }) => db.$client.execute(`select * from ${name}`)));
  return JSON.stringify(found.map(({ rows: all }) => all));
}

const byAlice = (world: Stoa) => world.as('alice', fresh);
const erasing = { email: 'Alice@example.org', words: 'stay' };

test('of who leaves and lets their public words stand, only these stay, under a name that tells nothing', async () => {
  const world = await aliceWasHere();
  const { db } = world;
  const { certificate: id, self } = await byAlice(world).run(erasePerson, erasing);
  expect(self).toBe(true);
  const text = await everything(world);
  for (const gone of ['alice@example.org', 'Canary Alice', 'Canary ticket', 'Canary that waits', 'Canary.txt', 'Canary secret', 'Canary note', 'Canary token', 'Canary mail']) expect([gone, text.includes(gone)]).toEqual([gone, false]);
  for (const kept of ['Canary title', 'Canary public words', 'Canary reply', 'Canary idea words', 'Thank you, alice', 'Another’s']) expect([kept, text.includes(kept)]).toEqual([kept, true]);
  const [person] = await db.select().from(users).where(eq(users.id, 'usr_alice'));
  expect(person).toMatchObject({ name: 'Former member', accountId: null, passwordHash: null });
  expect(person!.handle).not.toContain('alice');
  for (const table of [sessions, tokens, mails, consents, oneTimeSecrets]) expect(await db.select().from(table)).toEqual([]);
  expect((await db.select().from(feedback).where(eq(feedback.personId, 'usr_alice'))).map(({ source }) => source).sort()).toEqual(['idea', 'post', 'topic']);
  const [[told]] = [await world.as('visitor').load(certificate(id))];
  expect(told).toMatchObject({ words: 'stay', askedBy: 'self' });
  expect(told!.doneAt).not.toBeNull();
  expect((await db.select().from(outbox)).at(-1)).toMatchObject({ type: 'person.erased', subject: 'usr_alice', data: { words: 'stay', askedBy: 'self', certificate: id } });
});

test('when the words go too, posts keep their place and say nothing, and cannot be found', async () => {
  const world = await aliceWasHere();
  const { db } = world;
  await byAlice(world).run(erasePerson, { ...erasing, words: 'go' });
  const text = await everything(world);
  expect(text.match(/[^"]*Canary[^"]*/g)).toBeNull();
  expect((await db.select().from(posts)).map(({ number, body }) => [number, body])).toEqual([[1, REMOVED.body], [2, 'Thank you, alice, this helped.'], [3, REMOVED.body]]);
  expect((await db.select().from(topics))[0]).toMatchObject({ title: REMOVED.title, postsCount: 3 });
  expect((await db.select().from(ideas))[0]!.body).toBe(REMOVED.body);
  const { rows } = await db.$client.execute("select count(*) n from search_index where search_index match 'canari OR canary'");
  expect(rows[0]!['n']).toBe(0);
});

test('what others wrote of them is listed, and left as it is', async () => {
  const world = await aliceWasHere();
  const [found] = await world.as('alice').load(mentionsOf({ id: 'usr_alice', name: 'Alice' }));
  expect(found).toEqual([{ title: 'Canary title', url: expect.stringMatching(/^\/forum\/topics\/1/) }]);
  expect((await world.as('bob').load(mentionsOf({ id: 'usr_alice', name: 'Alice' })))[0]).toEqual([]);
});

test('it asks for their address and a fresh proof; others cannot, who may erase people can, and nobody who works here is erased', async () => {
  const world = await aliceWasHere();
  const { as, db } = world;
  await expect(byAlice(world).run(erasePerson, { ...erasing, email: 'bob@example.org' })).rejects.toMatchObject({ issues: { email: 'This is not the address of this account.' } });
  await expect(as('alice').run(erasePerson, erasing)).rejects.toMatchObject({ reason: 'stale' });
  await expect(as('visitor', fresh).run(erasePerson, erasing)).rejects.toMatchObject({ reason: 'not_found' });
  for (const name of ['bob', 'carol', 'mara', 'agnes', 'cleo'] as const) await expect(as(name, fresh).run(erasePerson, { ...erasing, handle: 'alice' })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('alice', { ...fresh, viewedBy: 'usr_ada' }).run(erasePerson, erasing)).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('ada', fresh).run(erasePerson, { handle: 'agnes', email: 'agnes@example.org', words: 'stay' })).rejects.toMatchObject({ reason: 'conflict' });
  expect(await db.select().from(erasures)).toEqual([]);
  const first = await as('ada', fresh).run(erasePerson, { ...erasing, handle: 'alice' });
  const { handle } = (await db.select().from(users).where(eq(users.id, 'usr_alice')))[0]!;
  expect(await as('ada', fresh).run(erasePerson, { ...erasing, handle })).toEqual(first);
  expect((await db.select().from(erasures))).toMatchObject([{ askedBy: 'staff' }]);
});

test('of two who ask at once, one erases', async () => {
  const world = await aliceWasHere();
  const both = await Promise.allSettled([byAlice(world).run(erasePerson, erasing), world.as('ada', fresh).run(erasePerson, { ...erasing, handle: 'alice' })]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await world.db.select().from(erasures)).toHaveLength(1);
});

test('where there is very much of somebody it goes in steps, that go on where they were interrupted', async () => {
  const world = await aliceWasHere();
  const { db, now } = world;
  await db.$client.execute(`with recursive n(i) as (select 100 union all select i + 1 from n where i < 700) insert into ticket_messages (id, ticket_id, number, author_id, body, created_at) select 'msg_' || i, (select id from tickets where number = 1), i, 'usr_alice', 'Canary.', 0 from n`);
  await db.$client.execute(`with recursive n(i) as (select 100 union all select i + 1 from n where i < 700) insert into posts (id, topic_id, number, author_id, body, created_at) select 'pst_' || i, (select id from topics where number = 1), i, 'usr_alice', 'Canary.', 0 from n`);
  const { certificate: id } = await byAlice(world).run(erasePerson, { ...erasing, words: 'go' });
  const doneAt = async () => (await world.as('visitor').load(certificate(id)))[0]!.doneAt;
  expect(await doneAt()).toBeNull();
  expect((await everything(world)).includes('alice@example.org')).toBe(false);
  const setting = settingOf({ db, now });
  await expect(goOnErasing.work({ ...setting, gate: { commit: async () => Promise.reject(new Error('The power went out.')) } })).rejects.toThrow();
  while ((await goOnErasing.work(setting)) > 0);
  expect(await doneAt()).not.toBeNull();
  expect((await everything(world)).match(/Canary/g)).toBeNull();
  expect((await db.select().from(tickets)).map(({ subject }) => subject)).toEqual(['Another’s']);
  expect(await db.select().from(ticketMessages)).toHaveLength(1);
});

test('a copy is for oneself and for who may erase people, by a link that only who asked can use, for a day', async () => {
  const world = await aliceWasHere();
  const { as, now } = world;
  const { key } = await byAlice(world).run(askForCopy, {});
  expect((await as('alice').load(copyOpened(key, now)))[0]).toEqual({ id: 'usr_alice', handle: 'alice' });
  await expect(as('ada').load(copyOpened(key, now))).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('alice', { viewedBy: 'usr_cleo' }).load(copyOpened(key, now))).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('alice').load(copyOpened(key, new Date(now.getTime() + 25 * 3_600_000)))).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('alice').run(askForCopy, {})).rejects.toMatchObject({ reason: 'stale' });
  await expect(as('bob', fresh).run(askForCopy, { handle: 'alice' })).rejects.toMatchObject({ reason: 'not_found' });
  expect((await as('ada', fresh).run(askForCopy, { handle: 'alice' })).key).not.toBe(key);
});

test('the copy holds what they said and did, nothing that others said of them, no secret, and is nobody else’s', async () => {
  const { as, db } = await aliceWasHere();
  const hashes = [(await db.select().from(tokens))[0]!.hash];
  for (const part of Object.keys(parts) as (keyof typeof parts)[]) {
    const [whole] = await as('alice').load(partOf({ limit: 500 }, part, 'usr_alice'));
    if (!['votes', 'copiedOn', 'namedOn', 'awaited', 'articleVotes', 'surveys', 'details', 'deflections', 'looks', 'passkeys', 'identities', 'accounts', 'follows', 'notifications', 'postVersions', 'removedPosts', 'heldPosts', 'newcomer', 'drafts', 'savedSearches', 'decisions', 'appeals', 'ignored', 'notesWritten', 'notesReceived'].includes(part)) expect([part, whole.items.length > 0]).toEqual([part, true]);
    for (const never of ['Canary note', ...hashes]) expect(JSON.stringify(whole)).not.toContain(never);
    for (const name of ['visitor', 'bob', 'carol', 'agnes', 'cleo'] as const) expect([part, name, (await as(name).load(partOf({ limit: 5 }, part, 'usr_alice')))[0].items]).toEqual([part, name, []]);
    expect((await as('alice', { viewedBy: 'usr_cleo' }).load(partOf({ limit: 5 }, part, 'usr_alice')))[0].items).toEqual([]);
  }
});

test('erasing says of every column that refers to people what becomes of it', async () => {
  const { db } = await stoa();
  const { rows } = await db.$client.execute(`select m.name || '.' || f."from" as ref from sqlite_master m join pragma_foreign_key_list(m.name) f where m.type = 'table' and f."table" = 'users'`);
  expect(rows.map((row) => row['ref']).filter((ref) => !(String(ref) in fates))).toEqual([]);
  expect(Object.keys(fates).filter((ref) => !rows.some((row) => row['ref'] === ref))).toEqual([]);
});

test('consent is noted with the version of the wording, once', async () => {
  const { as, db } = await stoa();
  for (let i = 0; i < 2; i++) await as('alice').run(giveConsent, { consent: 'yes', locale: 'el' });
  expect((await db.select().from(consents)).map(({ wording, version, locale }) => [wording, version, locale])).toEqual([['privacy', '2026-11', 'el'], ['terms', '2026-11', 'el']]);
  await expect(as('alice').run(giveConsent, { locale: 'el' })).rejects.toMatchObject({ issues: { consent: 'Tick the box if you agree.' } });
});
