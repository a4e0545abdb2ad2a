import { expect, test } from 'vitest';
import { scored } from '../../src/messages/scored.ts';
import { openIdea } from '../../worker/ideas/open.ts';
import { voteOnIdea } from '../../worker/ideas/vote.ts';
import { addressOf, sayingById, timelineOf } from '../../worker/insights/queries.ts';
import { stoa } from '../support/stoa.ts';

async function anIdea() {
  const world = await stoa();
  await world.as('alice').run(openIdea, { title: 'Work without a signal', body: `On **boats** too. ${'Word. '.repeat(200)}End.` });
  await world.as('bob').run(voteOnIdea, { number: 1, isFor: true });
  const [{ items }] = await world.as('cleo').load(timelineOf({ limit: 10 }, { account: 'acc_acme' }));
  return { ...world, saying: items[0]! };
}

test('what has no page of its own has an address all the same, where all of it is told', async () => {
  const { as, saying } = await anIdea();
  expect(addressOf(saying)).toBe(`/csm/said/${saying.id}`);
  const [told] = await as('cleo').load(sayingById(saying.id));
  expect(told).toMatchObject({ source: 'idea', title: 'Work without a signal', person: { name: 'alice' }, account: { id: 'acc_acme', name: 'Acme' }, idea: { status: 'open', votes: 1 } });
  expect(told.text).toMatch(/Word\. End\.$/);
});

test('it is there for those who may see what customers said, and for nobody else', async () => {
  const { as, saying } = await anIdea();
  for (const who of ['visitor', 'alice', 'carol', 'bob', 'mara'] as const) await expect(as(who).load(sayingById(saying.id)), who).rejects.toMatchObject({ reason: 'not_found' });
  for (const who of ['lena', 'agnes', 'cleo', 'ada'] as const) expect((await as(who).load(sayingById(saying.id)))[0].id).toBe(saying.id);
  await expect(as('cleo').load(sayingById('fbk_none'))).rejects.toMatchObject({ reason: 'not_found' });
});

test('a score is told in the same words, whether a ticket was rated or a survey answered', () => {
  const [ofTicket, ofSurvey] = [{ title: 'The calendar', number: 7 }, { title: 'CSAT', number: null }];
  expect(scored('en', { ...ofTicket, score: 5, scale: 5 })).toBe('Rated 5 of 5: very good');
  expect(scored('en', { ...ofSurvey, score: 5, scale: 5 })).toBe('Rated 5 of 5: very good');
  expect(scored('en', { ...ofSurvey, score: 2, scale: 2 })).toBe('Rated: good');
  expect([scored('en', { title: 'NPS', number: null, score: 9, scale: null }), scored('el', { title: 'CES', number: null, score: 6, scale: null })]).toEqual(['Rated 9 of 10', 'Βαθμός 6 στα 7']);
  expect([scored('en', { title: 'MOOD', number: null, score: 3, scale: null }), scored('en', { ...ofSurvey, score: 99, scale: 5 })]).toEqual(['Rated 3', 'Rated 99']);
});
