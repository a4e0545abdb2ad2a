import { createConnection } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { api } from '../api/support.ts';

let world: Awaited<ReturnType<typeof api>>;
let cookies: Record<'guest' | 'customer' | 'agent', string | undefined>;
beforeAll(async () => {
  world = await api();
  cookies = { guest: undefined, customer: await world.signedIn('chris@acme.test'), agent: await world.signedIn('agnes@stoa.test') };
});
afterAll(() => world?.close());

vi.setConfig({ testTimeout: 240_000 });

const MEGABYTE = 'ab c'.repeat(250_000);

/** What nobody means to send, and some do. */
const NASTY: Record<string, string> = {
  empty: '', blank: ' \n\t ', invisible: '\u200b\u3164', zero: 'a\u0000b', control: 'a\u0001\u001b[31mb', 'right to left': '\u202eשלום مرحبا', emoji: '👩‍👩‍👧‍👦🎉', marks: 'Z̷̢̛a̵͜l̶g̷o'.repeat(20), 'one megabyte': MEGABYTE,
  markup: '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>', sql: "'; drop table users; --", json: '{"$gt":""}', prototype: '__proto__', number: '1e309', negative: '-1', 'not a number': 'NaN', path: '../../etc/passwd', template: '${7*7}{{7*7}}', percent: '%00%ff%', newline: 'a\r\nset-cookie: x=1',
};

const forms: [name: string, who: 'guest' | 'customer' | 'agent', path: string, fields: Record<string, string>, kept: string[]][] = [
  ['sign in', 'guest', '/sign-in', { email: 'nobody@example.org', password: 'wrong' }, ['email']],
  ['sign up by mail', 'guest', '/sign-up', { name: 'A name', email: 'a@example.org', password: 'a long enough one' }, ['name', 'email']],
  ['reset by mail', 'guest', '/sign-in/forgot', { email: 'a@example.org' }, ['email']],
  ['links by mail', 'guest', '/tickets/links', { email: 'a@example.org' }, ['email']],
  ['code by mail', 'guest', '/sign-in/code', { action: 'ask', email: 'a@example.org' }, ['email']],
  ['digits by mail', 'guest', '/sign-in/code', { action: 'enter', code: '123456' }, []],
  ['topic', 'customer', '/forum/new', { category: 'calendars', title: 'A title', body: 'A body.', tags: 'a, b', kind: 'question', anyway: '1' }, ['title', 'body', 'tags']],
  ['post', 'customer', 'TOPIC', { action: 'reply', body: 'A body.' }, ['body']],
  ['accepted answer', 'customer', 'TOPIC', { action: 'accept', post: 'pst_x' }, []],
  ['ticket of a guest', 'guest', '/tickets/new', { email: 'guest@example.org', subject: 'A subject', body: 'A body.', priority: 'normal', anyway: '1' }, ['email', 'subject', 'body']],
  ['ticket', 'customer', '/tickets/new', { subject: 'A subject', body: 'A body.', priority: 'high', anyway: '1' }, ['subject', 'body']],
  ['reply to a ticket', 'customer', 'OWN TICKET', { action: 'reply', body: 'A body.' }, ['body']],
  ['answer of an agent', 'agent', '/agent/tickets/1', { action: 'reply', body: 'A body.', visibility: 'internal', status: 'pending', seen: '1000' }, ['body']],
  ['change of a ticket', 'agent', '/agent/tickets/1', { action: 'change', status: 'open', priority: 'high', assignee: '', tags: 'a', revision: '0' }, []],
  ['settings', 'customer', '/settings', { name: 'Chris', locale: 'en', timeZone: 'Europe/Athens' }, ['name']],
  ['vote on an article', 'guest', '/kb/start/find-an-answer/helpful', { helpful: 'yes' }, []],
  ['theme', 'guest', '/theme', { theme: 'dark', next: '/' }, []],
  ['sign up of the first admin', 'guest', '/welcome?key=x', { name: 'A', email: 'a@example.org', password: 'a long enough one', again: 'a long enough one' }, []],
];

/** A machine that is busy with other tests may answer 503; what is asked wrongly would do so every time. */
async function calm<T extends { status: number }>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    const answer = await ask();
    if (answer.status !== 503 || tries === 4) return answer;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Does the work for each, some at a time. */
async function each<T>(all: T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const left = all[Symbol.iterator]();
  await Promise.all(Array.from({ length: 3 }, async () => {
    for (const one of left) await work(one);
  }));
}

const decoded = (html: string) => html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#34;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
const lines = (text: string) => text.replace(/\r\n?/g, '\n');

/** Where the forms of something that exists are. */
async function places(): Promise<Record<string, string>> {
  const made = await world.visit('/tickets/new', { cookie: cookies.customer!, form: { subject: 'Mine', body: 'Hello.', anyway: '1' } });
  return { TOPIC: (await world.visit('/forum/topics/1/x')).headers.get('location')!, 'OWN TICKET': made.headers.get('location')! };
}

test.each(forms)('%s: whatever is in a field is taken or refused with a sentence, and kept', async (name, who, at, fields, kept) => {
  const path = (await places())[at] ?? at;
  for (const field of Object.keys(fields).filter((one) => one !== 'action')) {
    await each(Object.entries(NASTY), async ([kind, value]) => {
      const sent = { ...fields, ...(fields['email'] ? { email: `${crypto.randomUUID()}@example.org` } : {}), [field]: value };
      const page = await calm(() => world.visit(path, { form: sent, headers: { 'x-forwarded-for': crypto.randomUUID() }, ...(cookies[who] ? { cookie: cookies[who] } : {}) }));
      const where = `${name}, ${field}: ${kind}`;
      expect([where, page.status < 500], page.html.slice(0, 500)).toEqual([where, true]);
      expect(page.headers.get('set-cookie') ?? '', where).not.toMatch(/x=1/);
      for (const one of page.status === 422 ? kept : []) {
        const typed = lines(sent[one as keyof typeof sent]!).slice(0, 2_000);
        if (!/[\u0000-\u0008\r\n]/.test(typed) || one === 'body') expect([where, one, lines(decoded(page.html)).includes(typed)]).toEqual([where, one, true]);
      }
    });
  }
});

test.each(forms)('%s: a form in another shape', async (name, who, at, fields) => {
  const path = (await places())[at] ?? at;
  const cookie = cookies[who];
  const send = (type: string | undefined, body: string | Uint8Array<ArrayBuffer>) =>
    fetch(world.url + path, { method: 'POST', redirect: 'manual', body, headers: { origin: world.url, 'x-forwarded-for': crypto.randomUUID(), ...(cookie ? { cookie } : {}), ...(type === undefined ? {} : { 'content-type': type }) } });
  const encoded = (pairs: [string, string][]) => new URLSearchParams([...(fields['action'] ? [['action', fields['action']]] : []), ...pairs] as [string, string][]).toString();
  const form = 'application/x-www-form-urlencoded';
  const shapes: [string, string | undefined, string | Uint8Array<ArrayBuffer>][] = [
    ['nothing', form, encoded([])],
    ['JSON', 'application/json', JSON.stringify(fields)],
    ['plain text', 'text/plain', 'a=b'],
    ['no type', '', new Uint8Array([1, 2, 3])],
    ['broken multipart', 'multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="body"\r\n\r\nunfinished'],
    ['multipart without boundary', 'multipart/form-data', 'x'],
    ['a file for a text', 'multipart/form-data; boundary=x', `${Object.keys(fields).map((field) => `--x\r\ncontent-disposition: form-data; name="${field}"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\nhello\r\n`).join('')}--x--\r\n`],
    ['doubles', form, encoded(Object.entries(fields).flatMap(([key, value]) => [[key, value], [key, value]] as [string, string][]))],
    ['lists', form, encoded(Object.entries(fields).map(([key, value]) => [`${key}[]`, value]))],
    ['prototypes', form, encoded([...Object.entries(fields), ['__proto__', 'x'], ['__proto__[]', 'x'], ['constructor', 'x'], ['toString', 'x']])],
    ['a thousand fields', form, encoded(Array.from({ length: 1_000 }, (_, i) => [`f${i}`, 'x']))],
    ['bytes that are no text', form, 'body=%ff%fe%ed%a0%80&title=%ff&subject=%c0%80&email=%ff&name=%ff'],
    ['an odd once', form, encoded([...Object.entries(fields), ['once', '\u0000'.repeat(10)]])],
  ];
  for (const [shape, type, body] of shapes) {
    const answer = await calm(() => send(type, body));
    const text = await answer.text();
    expect([name, shape, answer.status < 500], text.slice(0, 500)).toEqual([name, shape, true]);
  }
});

test('API: whatever is in a body is taken or refused with a sentence', async () => {
  const token = await world.tokenOf('ada@stoa.test');
  const { body: document } = await world.call('GET', '/openapi.json');
  const [account] = await world.sql('select id from accounts limit 1');
  // As JSON, once: writing out a megabyte for each of a hundred fields costs more than it costs to send it.
  const values = [...Object.values(NASTY), null, true, 0, -1, 1.5, 1e308, [], ['a'], [null], {}, { a: 1 }, '\ud800', ['\udfff'], '2026-02-30', '+275760-09-13T00:00:00Z', '9999-12-31T23:59:59Z'].map((value) => ({ value, json: JSON.stringify(value) }));
  // What the description of a field takes goes alone, so that it reaches what lies behind; all else in every field at once, since each is looked at by itself.
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  for (const [path, methods] of Object.entries<any>(document.paths)) {
    for (const [method, { requestBody }] of Object.entries<any>(methods)) {
      if (!requestBody?.content['application/json']) continue;
      const address = path.replace('{number}', '1').replace('{id}', String(account!['id']));
      const { properties } = requestBody.content['application/json'].schema;
      const fields = Object.keys(properties);
      const send = async (what: string, body: unknown, headers = {}) => {
        const answer = await calm(() => world.call(method.toUpperCase(), address, { token, body, headers }));
        const where = `${method} ${path} ${what}`;
        expect([where, answer.status < 500], JSON.stringify(answer.body).slice(0, 500)).toEqual([where, true]);
        if (answer.status >= 400) expect([where, answer.headers.get('content-type'), answer.body.detail.length > 0]).toEqual([where, 'application/problem+json', true]);
        return answer.status;
      };
      for (const field of fields) {
        const others = JSON.stringify({ title: 'T', subject: 'S', body: 'B', category: 'calendars', name: 'N', [field]: undefined });
        const isTaken = ajv.compile(properties[field]);
        await each(values.filter(({ value }) => isTaken(value)), ({ json }) => send(`${field} = ${json.slice(0, 60)}`, `${others.slice(0, -1)},"${field}":${json}}`));
      }
      await each(values, ({ json }) => send(`all = ${json.slice(0, 60)}`, `{${fields.map((field) => `"${field}":${json.length > MEGABYTE.length ? json.slice(-1_000_000 / fields.length) : json}`).join()}}`));
      for (const raw of ['', '{', '[]', 'null', '"x"', '1', '{"a":1,"a":2}', '{"__proto__":{"scope":"write"},"constructor":{"prototype":{}}}', `${'['.repeat(50_000)}`, '\ufeff{}', '{"body":"\u0000"}', '{"body":"a\\u0000b","title":"a\\u0000b","subject":"a\\u0000b","name":"a\\u0000b"}']) await send(raw.slice(0, 60), raw);
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'x']) expect(await send(type, 'a=b', { 'content-type': type })).toBe(415);
      for (const key of ['k'.repeat(201), 'é', '', 'x y']) await send(`Idempotency-Key ${key.slice(0, 10)}`, {}, { 'idempotency-key': key });
    }
  }
});

test('API and pages: whatever is in an address is answered', async () => {
  const token = await world.tokenOf('cleo@stoa.test');
  const { body: document } = await world.call('GET', '/openapi.json');
  const odd = Object.values(NASTY).filter((value) => value !== MEGABYTE).map(encodeURIComponent).concat(['%', '%ff', '%ed%a0%80', '%2e%2e', '1'.repeat(400)]);
  for (const [path, methods] of Object.entries<any>(document.paths)) {
    if (!methods.get) continue;
    const queries = (methods.get.parameters as any[]).filter((one) => one.in === 'query');
    const addresses = odd.flatMap((value) => [path.replace(/\{\w+\}/g, value), `${path.replace('{number}', '1').replace(/\{\w+\}/g, 'x')}?${queries.map(({ name }) => `${name}=${value}`).join('&')}`]);
    // Where an address has no place for it, it is the same whatever it should hold.
    await each([...new Set(addresses)], async (address) => {
      const { status } = await calm(() => world.call('GET', address, { token }));
      expect([address, status < 500]).toEqual([address, true]);
    });
  }
  const cursor = (of: unknown) => btoa(encodeURIComponent(JSON.stringify(of))).replaceAll('=', '');
  const after = [...odd, ...[['x'], ['x', 'y'], [1e308, 1e308], [-1, -1], [1.5], [{}], []].map(cursor)];
  for (const page of ['/forum', '/forum/calendars', '/tags/sms', '/kb', '/kb/start', '/tickets', '/agent', '/csm', '/csm?order=revenue', '/csm?order=word', '/search', '/people/x'])
    await each(after, async (value) => {
      const { status } = await calm(() => world.visit(`${page}${page.includes('?') ? '&' : '?'}after=${value}&page=${value}&q=${value}&view=${value}&status=${value}&assignee=${value}`, { cookie: cookies.agent! }));
      expect([page, value, status < 500]).toEqual([page, value, true]);
    });
  for (const page of ['/forum/', '/kb/', '/kb/start/', '/tags/', '/people/', '/tickets/', '/forum/topics/', '/agent/tickets/', '/csm/accounts/', '/', '/el/', '/library/x/'])
    await each(odd, async (value) => {
      const { status } = await calm(() => world.visit(page + value, { cookie: cookies.agent! }));
      expect([page, value, status < 500]).toEqual([page, value, true]);
    });
});

/** One request as bytes, for what no client would send; its status. */
const raw = (request: string) =>
  new Promise<number>((resolve, reject) => {
    const { hostname, port } = new URL(world.url);
    const socket = createConnection(Number(port), hostname, () => socket.write(request));
    socket.setTimeout(10_000, () => reject(new Error('no answer')));
    socket.on('error', reject).once('data', (data) => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString())?.[1]));
    });
  });

test('odd headers: cookies, languages, tokens and lengths', async () => {
  const host = new URL(world.url).host;
  for (const line of ['cookie: stoa_session=%00; stoa_viewer=a.b; =; ;;', `cookie: stoa_session=${'x'.repeat(4_000)}; stoa_viewer=${'y'.repeat(4_000)}`, 'authorization: Bearer', 'authorization: Basic eDp5', 'accept-language: ,;q=,', 'x-stoa-locale: xx', 'x-forwarded-for: ,,,', 'if-none-match: "x"'])
    for (const path of ['/', '/api/v1/topics', '/api/v1/me']) expect([line.slice(0, 40), path, (await raw(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\n${line}\r\nconnection: close\r\n\r\n`)) < 500]).toEqual([line.slice(0, 40), path, true]);
});
