import { expect, test } from 'vitest';
import { discardDraft } from '../../worker/drafts/discard.ts';
import { draftOf } from '../../worker/drafts/queries.ts';
import { saveDraft } from '../../worker/drafts/save.ts';
import { openTopic } from '../../worker/forum/open.ts';
import { replyToTopic } from '../../worker/forum/reply.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { stoa } from '../support/stoa.ts';

const begun = { title: 'How', body: 'It doe', category: 'help', draft: 0 };

test('what somebody began is there when they come back, for nobody else, and gone when they publish', async () => {
  const { as, db } = await stoa();
  await as('alice').run(saveDraft, begun);
  expect((await as('alice').load(draftOf(undefined)))[0]).toMatchObject({ title: 'How', body: 'It doe', category: 'help', revision: 1 });
  expect((await as('bob').load(draftOf(undefined)))[0]).toBeUndefined();
  await as('alice').run(openTopic, { category: 'help', title: 'How do I print?', body: 'It does nothing.' });
  expect((await as('alice').load(draftOf(undefined)))[0]).toBeUndefined();
  await as('bob').run(saveDraft, { number: 1, body: 'Put' });
  expect((await as('bob').load(draftOf(1)))[0]).toMatchObject({ body: 'Put' });
  await as('bob').run(replyToTopic, { number: 1, body: 'Put paper in.' });
  expect((await as('bob').load(draftOf(1)))[0]).toBeUndefined();
  expect((await db.select().from(outbox)).map(({ type }) => type)).toEqual(['topic.opened', 'post.written']);
});

test('a tab that was overtaken by another is told, and may go on from there', async () => {
  const { as } = await stoa();
  await as('alice').run(saveDraft, begun);
  await as('alice').run(saveDraft, { ...begun, body: 'It does', draft: 1 });
  await expect(as('alice').run(saveDraft, { ...begun, body: 'Other tab', draft: 1 })).rejects.toMatchObject({ reason: 'conflict' });
  expect((await as('alice').load(draftOf(undefined)))[0]).toMatchObject({ body: 'It does', revision: 2 });
  await as('alice').run(saveDraft, { ...begun, body: 'Other tab', draft: 2 });
  await as('alice').run(discardDraft, {});
  expect((await as('alice').load(draftOf(undefined)))[0]).toBeUndefined();
});

test('visitors keep nothing, and nothing is kept of a topic that is not there', async () => {
  const { as } = await stoa();
  await expect(as('visitor').run(saveDraft, begun)).rejects.toMatchObject({ reason: 'signed_out' });
  await expect(as('alice').run(saveDraft, { ...begun, number: 99 })).rejects.toMatchObject({ reason: 'not_found' });
  await expect(as('alice').run(saveDraft, { ...begun, body: 'x'.repeat(60_001) })).rejects.toMatchObject({ issues: { body: 'This is too long.' } });
});
