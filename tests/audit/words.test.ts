import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import el from '../../src/messages/el/audit.ts';
import en from '../../src/messages/en/audit.ts';

/** The types of all events, as the code that announces them and the code that listens writes them. */
function types(): string[] {
  const said = globSync('worker/**/*.ts').flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const announced = [...text.matchAll(/\b(?:type|event): ([^{}\n]*?)(?:, |$)/gm)].flatMap(([, value]) => [...value!.matchAll(/'([a-z_-]+\.[a-z_]+)'/g)]);
    const heard = file.endsWith('worker/reactions.ts') ? text.matchAll(/^ {2}'([a-z_-]+\.[a-z_]+)':/gm) : [];
    return [...announced, ...heard].map(([, type]) => type!);
  });
  return [...new Set(said)].sort();
}

test('everything that can happen has a sentence in the log, in both languages, and can be filtered by', () => {
  const all = types();
  expect(all.length).toBeGreaterThan(150);
  for (const events of [en.events, el.events] as Record<string, string>[]) expect(all.filter((type) => !events[type])).toEqual([]);
});

test('no sentence of the log or name of a setting waits for its Greek', () => {
  for (const part of ['events', 'fields', 'proofs', 'settings'] as const) expect(Object.keys(el[part]).sort()).toEqual(Object.keys(en[part]).sort());
});
