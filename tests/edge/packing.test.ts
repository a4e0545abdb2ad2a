import { readdirSync, statSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DIST } from '../../worker/local/build.ts';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
let [chris, agnes] = ['', ''];
beforeAll(async () => {
  world = await edge();
  [chris, agnes] = [await world.signedIn('chris@acme.test'), await world.signedIn('agnes@stoa.test')];
});
afterAll(() => world?.close());

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
}

/** What comes over the line, as it is. */
const asked = (path: string, headers: Record<string, string> = {}, method = 'GET', body?: string) =>
  new Promise<Answer>((resolve, reject) => {
    const sent = request(world.url + path, { method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, bytes: Buffer.concat(parts) }));
    });
    sent.on('error', reject).end(body);
  });

const GZIP = { 'accept-encoding': 'gzip, deflate, br' };
const HERE = { ...GZIP, 'sec-fetch-site': 'same-origin' };
const TOPIC = '/forum/topics/1/double-bookings-on-the-sunday-the-clocks-changed';
const encodingOf = ({ headers }: Answer) => headers['content-encoding'];
/** The largest file of the site that ends so. */
function largest(ending: string): string {
  const folder = join(DIST, 'client/_astro');
  const [name] = readdirSync(folder).filter((file) => file.endsWith(ending)).sort((a, b) => statSync(join(folder, b)).size - statSync(join(folder, a)).size);
  return `/_astro/${name}`;
}

/** What differs from one look to the next. */
const still = (html: string) => html.replace(/name="(once|key)" value="[^"]*"/g, '');

test('pages, feeds, answers of the API and files of the site are compressed for who asks for it, and are the same', async () => {
  const [css, js] = [largest('.css'), largest('.js')];
  for (const path of ['/', TOPIC, TOPIC, '/el/forum', '/forum/feed.xml', '/api/v1/topics', '/api/v1/openapi.json', css, css, js, '/kb', '/kb/start/what-is-stoa']) {
    const [plain, packed] = [await asked(path), await asked(path, GZIP)];
    expect([path, plain.status, encodingOf(plain)]).toEqual([path, 200, undefined]);
    expect([path, packed.status, encodingOf(packed), packed.headers.vary]).toEqual([path, 200, 'gzip', expect.stringContaining('Accept-Encoding')]);
    expect(packed.headers['content-type']).toBe(plain.headers['content-type']);
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length * 0.7);
    expect(still(gunzipSync(packed.bytes).toString())).toBe(still(plain.bytes.toString()));
  }
});

test('only who takes it gets it: a quality of nought is a no', async () => {
  for (const [accepted, encoding] of [['gzip', 'gzip'], ['GZIP;Q=0.5, br', 'gzip'], ['*', 'gzip'], ['br', undefined], ['gzip;q=0', undefined], ['gzip; q=0.000, *', undefined], ['*;q=0', undefined], ['identity', undefined], ['', undefined]] as const) {
    for (const path of [TOPIC, largest('.css')]) expect([path, accepted, encodingOf(await asked(path, { 'accept-encoding': accepted }))]).toEqual([path, accepted, encoding]);
  }
});

test('what is small, empty, a head or a part is sent as it is', async () => {
  for (const path of ['/healthz', '/favicon.svg', '/tickets']) expect([path, encodingOf(await asked(path, GZIP))]).toEqual([path, undefined]);
  for (const path of [TOPIC, largest('.css')]) {
    expect(encodingOf(await asked(path, GZIP, 'HEAD'))).toBeUndefined();
    expect(encodingOf(await asked(path, { ...GZIP, range: 'bytes=0-10' }))).toBeUndefined();
  }
});

test('what a browser has already it is not sent again, compressed or not', async () => {
  for (const path of [largest('.css'), '/kb/start/what-is-stoa', '/forum/feed.xml']) {
    const [{ headers: plain }, { headers: packed }] = [await asked(path), await asked(path, GZIP)];
    expect([path, packed.etag]).toEqual([path, `W/${plain.etag}`]);
    for (const etag of [plain.etag!, packed.etag!]) {
      const again = await asked(path, { ...GZIP, 'if-none-match': etag });
      expect([path, again.status, encodingOf(again), again.bytes.length]).toEqual([path, 304, undefined, 0]);
    }
  }
});

test('the page of somebody signed in is compressed unless another site, or who knows who, had it asked for', async () => {
  for (const [site, encoding] of [['same-origin', 'gzip'], ['none', 'gzip'], ['cross-site', undefined], ['same-site', undefined], ['', undefined]] as const) {
    const page = await asked('/search?q=sms', { ...GZIP, cookie: chris, ...(site ? { 'sec-fetch-site': site } : {}) });
    expect([site, page.status, encodingOf(page)]).toEqual([site, 200, encoding]);
  }
  const refused = await asked('/tickets/new', { ...HERE, cookie: chris, origin: world.url, 'content-type': 'application/x-www-form-urlencoded' }, 'POST', 'subject=&body=');
  expect([refused.status, encodingOf(refused)]).toEqual([422, 'gzip']);
  expect(gunzipSync(refused.bytes).toString()).toContain('id="subject-issue"');
  expect(refused.headers['set-cookie'] ?? []).toEqual((await asked('/tickets/new', { cookie: chris, origin: world.url, 'content-type': 'application/x-www-form-urlencoded' }, 'POST', 'subject=&body=')).headers['set-cookie'] ?? []);
});

test('files that people attached, and records that are saved, come as they are', async () => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ action: 'reply', body: 'Here it is.', once: crypto.randomUUID() })) form.set(name, value);
  form.append('attachments', new File(['line of a log\n'.repeat(500)], 'long.log', { type: 'text/plain' }));
  const sent = await fetch(world.url + TOPIC, { method: 'POST', redirect: 'manual', headers: { cookie: chris, origin: world.url }, body: form });
  expect(sent.status).toBe(303);
  const [file] = await world.rows("select id from attachments where name = 'long.log'");
  const bytes = await asked(`/files/${file!['id']}/long.log`, { ...HERE, cookie: chris });
  expect([bytes.status, encodingOf(bytes), bytes.bytes.toString()]).toEqual([200, undefined, 'line of a log\n'.repeat(500)]);
  const record = await asked('/agent/tickets/1/history.csv', { ...HERE, cookie: agnes });
  expect([record.status, encodingOf(record)]).toEqual([200, undefined]);
});
