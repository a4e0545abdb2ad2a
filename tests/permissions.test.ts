import { expect, test } from 'vitest';
import type { Operation } from '../worker/platform/operation.ts';

const modules = import.meta.glob<Record<string, unknown>>(['../worker/*/*.ts', '!../worker/{platform,database,local,data}/*.ts', '!../worker/*/{room,api}.ts'], { eager: true });

const operations = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .filter((value): value is Operation<unknown, unknown, unknown> => typeof value === 'object' && value !== null && 'decide' in value)
  .sort((a, b) => a.name.localeCompare(b.name));

test('who may do what', async () => {
  const table = operations.map((op) => `| ${op.name} | ${op.may.label} |`);
  await expect(['| operation | may |', '|---|---|', ...table, ''].join('\n')).toMatchFileSnapshot('./permissions.md');
});
