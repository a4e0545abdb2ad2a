import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { adminOf, adminSections } from '../../src/forms/desk.ts';
import { cast } from '../support/stoa.ts';

const addresses = (who: keyof typeof cast) => adminSections(cast[who]).flatMap(({ pages }) => pages.map(({ address }) => address));

test('every part of the admin section is named once on its way in, and a way leads to each', () => {
  const folders = readdirSync('src/pages/admin', { withFileTypes: true }).filter((one) => one.isDirectory() || /^\w+\.astro$/.test(one.name));
  const parts = folders.map(({ name }) => name.replace('.astro', '')).filter((name) => name !== 'index');
  expect(addresses('ada').sort()).toEqual(parts.map((name) => `/admin/${name}`).sort());
});

test('who may use no part of it has no door, and others have one to what they may use', () => {
  expect(adminOf(cast.ada)).toBe('/admin');
  for (const who of ['carol', 'visitor'] as const) expect([adminOf(cast[who]), addresses(who)]).toEqual([undefined, []]);
  expect(addresses('cleo')).toContain('/admin/accounts');
  expect(addresses('cleo')).not.toContain('/admin/roles');
  for (const who of ['agnes', 'cleo', 'lena'] as const) expect(adminOf(cast[who]) === undefined).toBe(addresses(who).length === 0);
});
