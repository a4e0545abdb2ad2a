import { expect, test } from 'vitest';
import { drawn, keepDrawn, readsLikeOthers, type Shown } from '../../src/forms/drawn.ts';
import type { Viewer } from '../../worker/platform/viewer.ts';
import { cast } from '../support/stoa.ts';

const START = 1_000_000;

test('what was drawn of rows is told for a minute, of these rows and as such a reader alone', () => {
  const [rows, others]: object[] = [[], []];
  keepDrawn([rows!], 'en', 'Hello', START);
  keepDrawn([rows!], 'el', 'Γεια', START);
  expect([drawn([rows!], 'en', START + 59_999), drawn([rows!], 'el', START), drawn([rows!], 'fr', START), drawn([others!], 'en', START), drawn([rows!], 'en', START + 60_000)]).toEqual(['Hello', 'Γεια', undefined, undefined, undefined]);
  keepDrawn([rows!], 'en', 'Hello again', START + 60_000);
  expect(drawn([rows!], 'en', START + 60_001)).toBe('Hello again');
});

test('of several rows it is told where all are the same, in their order; of none, wherever it is called the same', () => {
  const [one, other, another]: object[] = [{}, {}, {}];
  keepDrawn([one!, other!], 'en', 'Both', START);
  keepDrawn([], 'rail en', 'A rail', START);
  expect([[one!, other!], [other!, one!], [one!, another!], [one!], []].map((of) => drawn(of, 'en', START))).toEqual(['Both', undefined, undefined, undefined, undefined]);
  expect([drawn([], 'rail en', START), drawn([], 'rail el', START), drawn([one!], 'rail en', START)]).toEqual(['A rail', undefined, undefined]);
});

test('as much is kept as there is room for; what was asked for longest ago goes first', () => {
  const many = Array.from({ length: 5 }, (): [object] => [{}]);
  for (const one of many.slice(0, 3)) keepDrawn(one, 'en', 'x'.repeat(2_500_000), START);
  expect(drawn(many[0]!, 'en', START)?.length).toBe(2_500_000);
  for (const one of many.slice(3)) keepDrawn(one, 'en', 'x'.repeat(2_500_000), START);
  expect(many.map((one) => drawn(one, 'en', START) !== undefined)).toEqual([true, false, false, true, true]);
  keepDrawn(many[0]!, 'en', 'x'.repeat(9_000_000), START);
  expect([drawn(many[0]!, 'en', START), drawn(many[4]!, 'en', START)?.length]).toEqual([undefined, 2_500_000]);
});

test('who sees nothing of their own among the posts sees what all of their kind do; each thing of their own alone is another page', () => {
  const post = (author: string | null, hiddenAt: Date | null = null) => ({ author: { id: author }, hiddenAt });
  const plain: Shown = { topic: { authorId: 'usr_alice', category: { id: 'cat_1' } }, posts: [post('usr_alice'), post('usr_agnes')], moved: [], whispers: undefined, handovers: [], speakers: undefined, reading: undefined };
  const empty: Shown = { ...plain, whispers: [], speakers: [], reading: { votes: new Set(), ignored: [] } };
  for (const viewer of [cast.visitor, cast.bob, cast.carol]) expect([plain, empty].map((shown) => readsLikeOthers(viewer, shown))).toEqual([true, true]);
  const others: Record<string, Partial<Shown>> = {
    moved: { moved: [1] }, whispers: { whispers: [1] }, handovers: { handovers: [1] }, speakers: { speakers: [1] },
    votes: { reading: { votes: new Set(['pst_1']), ignored: [] } }, ignored: { reading: { votes: new Set(), ignored: ['usr_mara'] } },
    'own topic': { topic: { ...plain.topic, authorId: 'usr_bob' } }, 'own post': { posts: [...plain.posts, post('usr_bob')] }, hidden: { posts: [...plain.posts, post('usr_mara', new Date(0))] },
  };
  for (const [what, other] of Object.entries(others)) expect([what, readsLikeOthers(cast.bob, { ...empty, ...other })]).toEqual([what, false]);
  const may = (more: Partial<Viewer>): Viewer => ({ ...cast.bob, ...more });
  const viewers: Record<string, Viewer> = {
    staff: may({ role: 'light_agent' }), 'moderates here': may({ permissions: ['forum.moderate'], scopes: { ...cast.bob.scopes, categories: ['cat_1'] } }), 'answers tickets': may({ permissions: ['tickets.answer'] }),
  };
  for (const [who, viewer] of Object.entries(viewers)) expect([who, readsLikeOthers(viewer, empty)]).toEqual([who, false]);
  expect(readsLikeOthers(may({ permissions: ['forum.moderate'], scopes: { ...cast.bob.scopes, categories: ['cat_2'] } }), empty)).toBe(true);
});
