import { expect, test } from 'vitest';
import { fullName, inTreeOrder, pathTo, treeOf, withAllBelow } from '../../src/forms/categories.ts';

const of = (id: string, parentId: string | null = null) => ({ id, name: id.toUpperCase(), parentId });
const [a, b, c, d, lost] = [of('a'), of('b', 'a'), of('c', 'b'), of('d'), of('lost', 'unseen')];
const all = [c, d, lost, b, a];

test('categories stand one below another, in the order given; one whose parent is not seen stands by itself', () => {
  expect(treeOf(all)).toEqual([{ category: d, below: [] }, { category: lost, below: [] }, { category: a, below: [{ category: b, below: [{ category: c, below: [] }] }] }]);
  expect(inTreeOrder(all)).toEqual([d, lost, a, b, c]);
  expect([pathTo(all, c), fullName(all, c), fullName(all, lost)]).toEqual([[a, b, c], 'A › B › C', 'LOST']);
  expect([withAllBelow(all, 'b'), withAllBelow(all, 'new')]).toEqual([[c, b], []]);
});
