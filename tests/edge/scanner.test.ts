import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pictures } from '../attachments/support.ts';
import { edge } from '../support/edge.ts';

/** The test file that every scanner knows: https://www.eicar.org/download-anti-malware-testfile */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const TOPIC = '/forum/topics/3/x';

let world: Awaited<ReturnType<typeof edge>>;
let server: Server;
/** Whether the scanner answers at all. */
let isUp = true;
const keys: (string | undefined)[] = [];
let [chris, agnes, topic] = ['', '', ''];

/** A scanner over HTTP: it knows the test file, and one picture. */
const scanner = () =>
  createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    keys.push(request.headers.authorization);
    const isBad = body.includes(EICAR) || body.equals(pictures.gif);
    if (!isUp || request.url !== '/scan') response.writeHead(503).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(isBad ? { verdict: 'infected', name: 'Eicar-Test-Signature' } : { verdict: 'clean' }));
  });

beforeAll(async () => {
  server = scanner().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  world = await edge({ scanner: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scan`, token: 'a-key' } });
  [chris, agnes] = [await world.signedIn('chris@acme.test'), await world.signedIn('agnes@stoa.test')];
  topic = (await world.visit(TOPIC, { cookie: chris })).headers.get('location')!;
});
afterAll(async () => {
  await world?.close();
  server?.close();
});

async function send(path: string, cookie: string, fields: Record<string, string>, files: Record<string, Uint8Array | string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, once: crypto.randomUUID() })) form.append(name, value);
  for (const [name, content] of Object.entries(files)) form.append('attachments', new File([content as never], name));
  const answer = await fetch(world.url + path, { method: 'POST', redirect: 'manual', body: form, headers: { origin: world.url, cookie } });
  expect(answer.status).toBe(303);
}

const files = async () => (await world.rows('select id, name, verdict from attachments order by rowid')) as unknown as { id: string; name: string; verdict: string }[];
const fileOf = async (name: string) => (await files()).find((one) => one.name === name)!;
const get = (path: string, cookie?: string, accept = '*/*') => fetch(world.url + path, { redirect: 'manual', headers: { accept, ...(cookie ? { cookie } : {}) } });
const statuses = async (name: string, more = '') => Promise.all([undefined, chris, agnes].map(async (cookie) => (await get(`/files/${(await fileOf(name)).id}/x${more}`, cookie)).status));
/** The next look, without the wait before it. */
async function look(scans = 0) {
  await world.rows("update attachments set scan_after = 0, scans = ? where verdict in ('waiting', 'unscanned')", [scans]);
  await world.worker.tick('* * * * *');
}
const asVisitor = async () => {
  const page = await world.visit(topic);
  return { html: page.html, isKept: page.headers.get('server-timing')!.includes('cache;desc=hit') };
};

test('while nobody has looked into a file it is only named; staff are warned before they open it', async () => {
  isUp = false;
  await send(TOPIC, chris, { action: 'reply', body: 'Pictures and words.' }, { 'fine.png': pictures.png, 'bad.gif': pictures.gif, 'notes.txt': 'plain', 'bad.txt': EICAR });
  const { html } = await asVisitor();
  expect(html).toMatch(/fine\.png <span[^>]*>PNG picture, \d+ bytes\.<\/span> <a[^>]*>Being checked/);
  expect(html).not.toMatch(/<img[^>]*\/files\//);
  expect(await statuses('fine.png')).toEqual([403, 403, 403]);
  expect(await statuses('fine.png', '?unchecked=1')).toEqual([403, 403, 200]);
  const { id } = await fileOf('fine.png');
  const unchecked = await get(`/files/${id}/x?unchecked=1`, agnes);
  expect([unchecked.headers.get('content-type'), unchecked.headers.get('content-disposition')]).toEqual(['application/octet-stream', expect.stringMatching(/^attachment/)]);
  expect((await get(`/files/${id}/x`, chris, 'text/html')).headers.get('location')).toBe(`/files/${id}`);
  const [theirs, ours] = [await world.visit(`/files/${id}`, { cookie: chris }), await world.visit(`/files/${id}`, { cookie: agnes })];
  expect([theirs.html.includes('This file is being checked'), theirs.html.includes('unchecked=1'), ours.html.includes(`/files/${id}/fine.png?unchecked=1`)]).toEqual([true, false, true]);
  expect((await world.visit(`/el/files/${id}`, { cookie: chris })).html).toContain('Το αρχείο ελέγχεται');
});

test('once it is looked into, everybody sees it at once; what is harmful nobody opens, and its picture is gone', async () => {
  // What follows from the reply may throw the page away once more.
  await expect.poll(async () => (await asVisitor()).isKept, { timeout: 10_000 }).toBe(true);
  isUp = true;
  await look();
  expect((await files()).map(({ name, verdict }) => [name, verdict])).toEqual([['fine.png', 'clean'], ['bad.gif', 'infected'], ['notes.txt', 'clean'], ['bad.txt', 'infected']]);
  const { html, isKept } = await asVisitor();
  expect([isKept, /<img src="\/files\/\w+\/fine\.png"/.test(html), /<img[^>]*bad\.gif/.test(html)]).toEqual([false, true, false]);
  expect(html).toMatch(/bad\.txt <span[^>]*>Text, \d+ bytes\.<\/span> <a[^>]*>Blocked: harmful/);
  expect([await statuses('fine.png'), await statuses('bad.gif'), await statuses('bad.txt', '?unchecked=1')]).toEqual([[200, 200, 200], [403, 403, 403], [403, 403, 403]]);
  expect(new Set(keys)).toEqual(new Set(['Bearer a-key']));
});

test('a file of a ticket is looked into within a moment of being sent; the log of the ticket tells what was found, and to whom', async () => {
  await send('/tickets/2', chris, { action: 'reply', body: 'An invoice.' }, { 'invoice.pdf': `%PDF-1.7 ${EICAR}` });
  await expect.poll(async () => (await fileOf('invoice.pdf')).verdict, { timeout: 10_000 }).toBe('infected');
  const { id } = await fileOf('invoice.pdf');
  const [theirs, ours] = [await world.visit('/tickets/2', { cookie: chris }), await world.visit('/agent/tickets/2', { cookie: agnes })];
  for (const { html } of [theirs, ours]) expect(html).toMatch(/invoice\.pdf <span[^>]*>PDF, \d+ bytes\.<\/span> <a[^>]*>Blocked: harmful/);
  expect(ours.html).toContain('invoice.pdf: Eicar-Test-Signature');
  const told = await Promise.all([chris, agnes].map(async (cookie) => (await world.visit(`/files/${id}`, { cookie })).html.includes('Eicar-Test-Signature')));
  expect(told).toEqual([false, true]);
  expect(await statuses('invoice.pdf')).toEqual([404, 403, 403]);
});

test('a picture within the words goes with its verdict', async () => {
  const form = new FormData();
  form.append('files', new File([pictures.gif as never], 'inside.gif'));
  const { items } = (await (await fetch(`${world.url}/uploads`, { method: 'POST', body: form, headers: { origin: world.url, cookie: agnes } })).json()) as { items: { id: string; url: string }[] };
  const reply = new FormData();
  for (const [name, value] of Object.entries({ action: 'reply', body: `See ![this](${items[0]!.url}) here.`, once: crypto.randomUUID(), attachments: items[0]!.id })) reply.append(name, value);
  expect((await fetch(world.url + TOPIC, { method: 'POST', redirect: 'manual', body: reply, headers: { origin: world.url, cookie: agnes } })).status).toBe(303);
  await expect.poll(async () => (await fileOf('inside.gif')).verdict, { timeout: 10_000 }).toBe('infected');
  const { html } = await world.visit(topic, { cookie: chris });
  expect([html.includes('See  here.'), html.includes('inside.gif')]).toEqual([true, true]);
});

test('a scanner that never answers is given up, visibly; staff have it asked once more', async () => {
  isUp = false;
  await send('/tickets/2', chris, { action: 'reply', body: 'One more.' }, { 'late.txt': 'late' });
  await look(6);
  const { id, verdict } = await fileOf('late.txt');
  expect(verdict).toBe('failed');
  expect((await world.visit('/tickets/2', { cookie: chris })).html).toContain('Could not be checked');
  expect(await statuses('late.txt')).toEqual([404, 403, 403]);
  expect((await world.visit(`/files/${id}`, { cookie: chris, form: { action: 'check' } })).status).toBe(403);
  isUp = true;
  expect((await world.visit(`/files/${id}`, { cookie: agnes, form: { action: 'check' } })).status).toBe(303);
  await look();
  expect(await statuses('late.txt')).toEqual([404, 200, 200]);
});

test('what was there before there was a scanner stays open until it is looked into', async () => {
  await world.rows("update attachments set verdict = 'unscanned' where name in ('notes.txt', 'bad.txt')");
  expect([await statuses('notes.txt'), await statuses('bad.txt')]).toEqual([[200, 200, 200], [200, 200, 200]]);
  await look();
  expect([await statuses('notes.txt'), await statuses('bad.txt')]).toEqual([[200, 200, 200], [403, 403, 403]]);
});
