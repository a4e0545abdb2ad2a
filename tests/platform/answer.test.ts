import { expect, test } from 'vitest';
import { problemOf } from '../../worker/platform/answer.ts';
import { Refusal } from '../../worker/platform/refusal.ts';

test('a program reads of the fields that it sent: what a form asks apart is one of them', async () => {
  const answer = problemOf(new Refusal('invalid', 'Check the fields marked below.', { 'tags-tgr_1': 'This category asks for a tag.', 'Idempotency-Key': '1 to 200 characters.' }));
  const { detail, errors } = (await answer.json()) as { detail: string; errors: object };
  expect([answer.status, errors]).toEqual([422, { tags: ['This category asks for a tag.'], 'Idempotency-Key': ['1 to 200 characters.'] }]);
  expect(detail).not.toContain('below');
});
