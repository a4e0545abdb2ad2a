import { expect, test } from 'vitest';
import { streaming } from '../../worker/database/streams.ts';

const CALL = { method: 'POST', body: JSON.stringify({ requests: [{ type: 'execute' }, { type: 'close' }] }) };

/** A server that keeps its stream open at first, and then answers every call with `status`. */
function server(url: string, status: number) {
  const batons: (string | null)[] = [];
  const ask = streaming(async (_address, init) => {
    batons.push((JSON.parse(init.body as string) as { baton: string | null }).baton);
    return batons.length === 1 ? { status: 200, text: JSON.stringify({ baton: 'kept', results: [{ type: 'ok' }] }) } : { status, text: 'no' };
  });
  return { batons, call: () => ask(new Request(url, CALL)) };
}

test('a call on a stream that the server does not know any more is sent again on a new one', async () => {
  const { batons, call } = server('http://forgetful.invalid/', 400);
  await call();
  await call();
  expect(batons).toEqual([null, 'kept', null]);
});

test.each([429, 500, 503])('a call that failed with %i is not sent again: it may have been done', async (status) => {
  const { batons, call } = server(`http://failing-${status}.invalid/`, status);
  await call();
  expect((await call()).status).toBe(status);
  expect(batons).toEqual([null, 'kept']);
});
