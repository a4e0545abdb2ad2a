import { expect, test } from 'vitest';
import { historyOfTicket } from '../../worker/history/queries.ts';
import { overtaken } from '../../worker/platform/refusal.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { changedSince, touchedIn } from '../../src/forms/properties.ts';
import { sentence } from '../../src/messages/index.ts';
import { stoa } from '../support/stoa.ts';
import { asks } from './support.ts';

test('of a refused form only what was touched stays as it was typed; one that does not tell what it was drawn with stays whole', () => {
  const drawn = { 'was-status': 'new', 'was-priority': 'normal', 'was-assignee': '', 'was-tags': 'a, b' };
  expect(touchedIn({ ...drawn, status: 'new', priority: 'urgent', assignee: '', tags: 'a, b' })).toEqual({ priority: 'urgent' });
  expect(touchedIn({ ...drawn, status: 'new', priority: 'normal', assignee: '', tags: '' })).toEqual({ tags: '' });
  expect(touchedIn({ status: 'new', tags: '' })).toEqual({ status: 'new', tags: '' });
  expect(touchedIn()).toEqual({});
});

test('who changed what since a form was drawn is named field by field, in the reader’s language; what happened before is not', async () => {
  const { as } = await stoa();
  const number = await asks(as('alice'));
  await as('agnes').run(changeTicket, { number, priority: 'high' });
  await as('cleo').run(changeTicket, { number, status: 'open', tags: 'fire' });
  await as('cleo').run(changeTicket, { number, assignee: 'me' });
  await as('agnes').run(replyToTicket, { number, body: 'Yes.', visibility: 'internal' });
  const [history] = await as('agnes').load(historyOfTicket(number));
  const refused = (locale: 'en' | 'el') => ({ values: { revision: '2' }, issues: {}, kept: [], message: sentence(locale, overtaken().message) });
  const names = new Map([[as('cleo').viewer.id!, 'Cleo Ferris']]);
  const said = changedSince('en', refused('en'), history, names);
  expect(Object.keys(said).sort()).toEqual(['assignee', 'content', 'status', 'tags']);
  const { name } = as('cleo').viewer;
  expect(said).toMatchObject({ status: `${name}, status: New → Open`, tags: `${name}, tags: nothing → fire`, assignee: `${name}, assignee: nothing → Cleo Ferris`, content: `${as('agnes').viewer.name} wrote a note` });
  expect(changedSince('el', refused('el'), history, names)['status']).toMatch(new RegExp(`^${name}, κατάσταση: Νέο → `));
  expect([changedSince('en', { ...refused('en'), message: 'Check the fields marked below.' }, history, names), changedSince('en', undefined, history, names)]).toEqual([{}, {}]);
});
