import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from './support.ts';

let world: Awaited<ReturnType<typeof api>>;
beforeAll(async () => void (world = await api()));
afterAll(() => world?.close());

const asked = (path: string, accept: string) => world.call('GET', path, { headers: { accept } });

test('who takes JSON in whatever words is answered in it', async () => {
  for (const accept of ['*/*', 'application/json', 'application/json; charset=utf-8', 'application/*', 'application/problem+json', 'text/html, */*;q=0.1', 'text/html;q=0, Application/JSON ; q = 0.001', 'text/csv, application/*;q=.5', '*/*;q=0, application/json', '']) {
    const { status, headers, body } = await asked('/topics?limit=1', accept);
    expect([accept, status, headers.get('content-type'), body.items?.length]).toEqual([accept, 200, 'application/json', 1]);
  }
});

test('who takes none is told so as a problem, wherever they call', async () => {
  const none = ['text/html', 'text/csv, image/*', 'application/xml', 'application/json;q=0', 'application/json;q=0.000, */*', '*/*;q=0', 'application/*; Q=0, */*', 'text/html, application/json ; q=0', 'application/jsonx', 'json'];
  for (const accept of none) {
    for (const path of ['/topics', '/openapi.json', '/nothing/there']) {
      const { status, headers, body } = await asked(path, accept);
      expect([accept, path, status, headers.get('content-type'), body]).toEqual([accept, path, 406, 'application/problem+json', { type: 'about:blank', title: 'Not acceptable', status: 406, detail: 'The API answers in JSON: let `Accept` take `application/json`, or leave it out.', errors: {} }]);
    }
  }
});

test('what would have been written is not', async () => {
  const token = await world.tokenOf('chris@acme.test');
  const send = (accept: string) => world.call('POST', '/tickets', { token, headers: { accept }, body: { subject: 'In which words?', body: 'Hello.' } });
  expect([(await send('text/xml')).status, (await send('application/json')).status]).toEqual([406, 201]);
  expect(await world.sql("select count(*) n from tickets where subject = 'In which words?'")).toEqual([{ n: 1 }]);
});

test('pages about the API, feeds and files come in the types that they have', async () => {
  const typeOf = async (path: string, accept: string) => {
    const { status, headers } = await fetch(`${world.url}${path}`, { headers: { accept } });
    return [status, headers.get('content-type')?.split(';')[0]];
  };
  expect(await typeOf('/api/docs', 'text/html')).toEqual([200, 'text/html']);
  expect(await typeOf('/api', 'text/html')).toEqual([200, 'text/html']);
  expect((await world.call('GET', '/openapi.json')).body.info.description).toContain('(406)');
  expect(await typeOf('/sitemap.xml', 'application/xml')).toEqual([200, 'application/xml']);
  expect(await typeOf('/healthz', 'text/plain')).toEqual([200, 'application/json']);
});
