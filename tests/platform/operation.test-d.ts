import { test } from 'vitest';
import { z } from 'zod';
import { operation } from '../../worker/platform/operation.ts';
import { anyone } from '../../worker/platform/rules.ts';

const decide = () => ({ statements: [], events: [], result: { id: '1' } });

test('an operation without `may` does not compile', () => {
  operation({ name: 'a.b', input: z.object({}), may: anyone, decide });
  // @ts-expect-error nobody said who may
  operation({ name: 'a.b', input: z.object({}), decide });
});
