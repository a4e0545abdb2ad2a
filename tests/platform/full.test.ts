import { expect, test } from 'vitest';
import { answerTo } from '../../worker/platform/answer.ts';
import { isFull } from '../../worker/platform/full.ts';

test('a disk that takes nothing is told from an error of ours, whoever says it', async () => {
  for (const words of ['SQLite error: database or disk is full', 'SQLite error: disk I/O error', 'ENOSPC: no space left on device, write']) {
    expect([words, isFull(new Error(words)), isFull(new Error('It failed.', { cause: new Error(words) }))]).toEqual([words, true, true]);
    const answer = answerTo(new Error(words), '/api/v1/topics');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
    expect((await answer.json() as { detail: string }).detail).toContain('no room left');
  }
  expect(isFull(Object.assign(new Error('It failed.'), { code: 'SQLITE_IOERR' }))).toBe(true);
  expect(isFull(new Error('SQLite error: UNIQUE constraint failed: users.email'))).toBe(false);
});
