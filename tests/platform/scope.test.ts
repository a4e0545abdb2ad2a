import { expect, test } from 'vitest';
import { makeToken } from '../../worker/people/make-token.ts';
import { areaOf, areas, covers, isScope, reaches, tidy } from '../../worker/platform/scope.ts';
import type { Route } from '../../worker/platform/api.ts';
import { stoa } from '../support/stoa.ts';

const routes = Object.values(import.meta.glob<Record<string, Route[]>>('../../worker/*/api.ts', { eager: true })).flatMap((module) => Object.values(module).filter(Array.isArray).flat());

test('every route of the API is in an area', () => {
  const paths = routes.flatMap((route) => ('handle' in route ? [route.path] : []));
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => areaOf(path) === undefined)).toEqual([]);
});

test('a scope is read, write, or areas; said in any order it is the same', () => {
  for (const scope of ['read', 'write', 'tickets:read', 'forum:write tickets:read', 'read tickets:write']) expect([scope, isScope(scope)]).toEqual([scope, true]);
  for (const text of ['', ' ', 'all', 'tickets', 'tickets:', 'tickets:delete', 'x:read', 'read  write', 'tickets:read,forum:read', 'READ']) expect([text, isScope(text)]).toEqual([text, false]);
  expect(['tickets:write forum:read tickets:read', 'read write', 'tickets:write read forum:read'].map(tidy)).toEqual(['forum:read tickets:write', 'write', 'read tickets:write']);
});

test('a scope reaches what it names, and reading where it may write', () => {
  expect(areas.filter((area) => reaches('forum:write tickets:read', area, 'read'))).toEqual(['forum', 'tickets']);
  expect(areas.filter((area) => reaches('forum:write tickets:read', area, 'write'))).toEqual(['forum']);
  expect(areas.filter((area) => reaches('read ideas:write', area, 'write'))).toEqual(['ideas']);
  for (const scope of ['forum:write', 'forum:read tickets:write']) expect([reaches(scope, undefined, 'read'), reaches(scope, undefined, 'write')]).toEqual([false, false]);
});

test('a token makes none that may do more than itself', async () => {
  expect([covers('write', 'tickets:write'), covers('read', 'tickets:read'), covers('people:write tickets:read', 'tickets:read')]).toEqual([true, true, true]);
  expect([covers('read', 'tickets:write'), covers('tickets:write', 'read'), covers('people:write', 'tickets:read'), covers('people:write', 'write')]).toEqual([false, false, false, false]);
  const { as } = await stoa();
  const own = { token: 'tok_1', scope: 'people:write tickets:read' };
  const portal = as('alice', own);
  await expect(portal.run(makeToken, { name: 'More', scope: 'tickets:write' })).rejects.toMatchObject({ reason: 'forbidden' });
});

test('in a browser, making a token asks for a fresh proof', async () => {
  const { as } = await stoa();
  await expect(as('alice').run(makeToken, { name: 'Stale' })).rejects.toMatchObject({ reason: 'stale' });
  await expect(as('alice', { provedAt: Number.POSITIVE_INFINITY }).run(makeToken, { name: 'Fresh', days: 7 })).resolves.toBeTruthy();
  await expect(as('alice', { token: 'tok_1' }).run(makeToken, { name: 'By a token' })).resolves.toBeTruthy();
});
