import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn, edge, type Visit } from '../support/edge.ts';

const run = promisify(execFile);
const PRODUCT = 'https://app.example.com';
const pair = await generateKeyPair('ES256', { extractable: true });
const keys = createServer(async (_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one' }] })));

let world: Awaited<ReturnType<typeof edge>>;
let ada: string;
let secret: string;
let jwks: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve));
  jwks = `http://127.0.0.1:${(keys.address() as AddressInfo).port}`;
  world = await edge({ privateHosts: [jwks] });
  ada = await world.signedIn('ada@stoa.test');
  const set = await world.visit('/admin/authentication', { cookie: ada, form: { action: 'host-app', isOn: 'on', origin: PRODUCT, jwks: `${jwks}/keys`, makesAccounts: 'on' } });
  expect(set.status).toBe(303);
  secret = await newSecret();
});
afterAll(async () => {
  await world?.close();
  keys.close();
});

async function newSecret() {
  const page = await world.visit('/admin/authentication', { cookie: ada, form: { action: 'make-secret' } });
  return /<code class="secret"[^>]*>(sso_[\w-]{32})</.exec(page.html)![1]!;
}

const now = () => Math.floor(Date.now() / 1000);
const claims = (more: JWTPayload = {}): JWTPayload => ({ sub: 'u1', email: 'uma@acme.test', name: 'Uma Able', iat: now(), exp: now() + 60, jti: crypto.randomUUID(), aud: world.url, ...more });
const token = (more?: JWTPayload, key = secret) => new SignJWT(claims(more)).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(key));
const send = (form: Record<string, string>, origin = PRODUCT, path = '/sign-in/sso') => world.visit(path, { form, headers: { origin } });
const isIn = ({ headers }: Visit) => headers.getSetCookie().some((cookie) => /^stoa_session=\w/.test(cookie));

test('a form from the product signs its user in at once, in their account, on their plan, where they wanted to go', async () => {
  const answer = await send({ token: await token({ account: 'Fresh Company', plan: 'Gold', locale: 'el', return_to: `${world.url}/tickets` }) });
  expect([answer.status, answer.headers.get('location'), isIn(answer)]).toEqual([303, '/tickets', true]);
  const [uma] = await world.rows("select u.role, u.locale, a.name, a.plan from users u join accounts a on a.id = u.account_id where u.email = 'uma@acme.test'");
  expect(uma).toMatchObject({ role: 'customer', locale: 'el', name: 'Fresh Company', plan: 'Gold' });
  const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
  expect((await world.visit('/tickets', { cookie })).status).toBe(200);
});

test('the lines that the help centre gives do it, in both languages', async () => {
  const user = { id: 77, email: 'vera@acme.test', name: 'Vera “V” Ünal', language: 'en', company: 'Fresh Company', plan: 'Gold' };
  const env = { ...process.env, STOA_URL: world.url, STOA_SSO_SECRET: secret };
  for (const locale of ['en', 'el']) {
    const [, lines] = /```js\n([\s\S]*?)```/.exec(readFileSync(`content/kb/${locale}/operate/sign-in-from-your-product.md`, 'utf8'))!;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', `${lines}\nprocess.stdout.write(portalToken(${JSON.stringify(user)}, '/tickets'));`], { env });
    const answer = await send({ token: stdout });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/tickets']);
  }
  expect((await world.rows("select name from users where email = 'vera@acme.test'"))[0]!['name']).toBe(user.name);
});

test('a link, or a form from anywhere else, signs nobody in: the person is asked, by a page that changes nothing', async () => {
  const count = async () => (await world.rows('select (select count(*) from sessions) + (select count(*) from outbox) as n'))[0]!['n'];
  const said = await token({ sub: 'u2', email: 'una@acme.test', name: 'Una' });
  const before = await count();
  const pages = [await world.visit(`/sign-in/sso?token=${said}`), await send({ token: said }, 'https://evil.example'), await send({ token: said }, 'null'), await world.visit(`/el/sign-in/sso?token=${said}`)];
  for (const page of pages) expect([page.status, isIn(page), page.html.includes('una@acme.test'), page.html.includes(`name="token" value="${said}"`)]).toEqual([200, false, true, true]);
  expect(pages[3]!.html).toContain('Συνέχεια ως Una;');
  expect(await count()).toBe(before);
  const answer = await world.visit('/sign-in/sso', { form: { token: said } });
  expect([answer.status, isIn(answer)]).toEqual([303, true]);
});

test('a token counts once, however many send it at once, and whatever way', async () => {
  const said = await token();
  const answers = await Promise.all(Array.from({ length: 5 }, () => send({ token: said })));
  expect(answers.filter(isIn)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(4);
  const late = await world.visit('/sign-in/sso', { form: { token: said } });
  expect([late.status, isIn(late), late.html.includes('This sign-in was used before')]).toEqual([409, false, true]);
});

test('nobody of the team comes in by it', async () => {
  const answer = await send({ token: await token({ sub: 'u3', email: 'agnes@stoa.test' }) });
  expect([answer.status, isIn(answer), answer.html.includes('This way in is for customers')]).toEqual([403, false, true]);
});

test('who is suspended reads why, with the page of the decision', async () => {
  const ada = await world.signedIn('ada@stoa.test');
  const rows = await world.rows("select handle from users where email = 'maria@olive.test'");
  expect((await world.visit(`/moderation/people/${String(rows[0]!['handle'])}`, { cookie: ada, form: { action: 'suspend', code: 'spam', words: 'Stop advertising here.', days: '7', once: drawn() } })).status).toBe(303);
  const answer = await send({ token: await token({ sub: 'u4', email: 'maria@olive.test' }) });
  expect([answer.status, isIn(answer), answer.html.includes('This account is suspended until'), answer.html.includes('Stop advertising here.'), answer.html.includes('/statements/')]).toEqual([403, false, true, true, true]);
});

test('it leads to no other site', async () => {
  for (const return_to of ['https://evil.example/', '//evil.example', `${world.url}.evil.example/`, `${world.url}//evil.example`, '/\\evil.example', 'javascript:alert(1)', 7]) {
    expect([return_to, (await send({ token: await token({ return_to }) })).headers.get('location')]).toEqual([return_to, '/el']);
  }
});

test('tokens signed with a published key count; with another, with none, for another portal, or out of time they do not', async () => {
  const by = (key: CryptoKey, more?: JWTPayload) => new SignJWT(claims(more)).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(key);
  expect(isIn(await send({ token: await by(pair.privateKey) }))).toBe(true);
  const bad = [await by((await generateKeyPair('ES256')).privateKey), await token({}, `${secret}x`), await token({ aud: 'https://other.example' }), await token({ iat: now() - 400, exp: now() - 100 }), 'x', `${'x'.repeat(9_000)}.y.z`, ''];
  for (const said of bad) {
    const answer = await send({ token: said });
    expect([isIn(answer), answer.status >= 400 && answer.status < 500, answer.html.includes('You are not signed in yet')]).toEqual([false, true, true]);
  }
});

test('the secret is shown once and kept nowhere; a new one takes over within a week, or at once', async () => {
  expect((await world.visit('/admin/authentication', { cookie: ada })).html).not.toContain(secret);
  const second = await newSecret();
  expect([isIn(await send({ token: await token() })), isIn(await send({ token: await token({}, second) }))]).toEqual([true, true]);
  const page = await world.visit('/admin/authentication', { cookie: ada });
  const ids = [...page.html.matchAll(/name="id" value="(key_\w+)"/g)].map(([, id]) => id!);
  await world.visit('/admin/authentication', { cookie: ada, form: { action: 'end-secret', id: ids[1]! } });
  expect([isIn(await send({ token: await token() })), isIn(await send({ token: await token({}, second) }))]).toEqual([false, true]);
  const everything = JSON.stringify([await world.rows('select * from settings'), await world.rows('select * from outbox'), await world.rows('select * from once')]);
  expect([everything.includes('host_app.secret_made'), everything.includes(secret), everything.includes(second)]).toEqual([true, false, false]);
  secret = second;
});

test('only this one page takes forms of other sites, and once it is switched off nobody comes in', async () => {
  for (const path of ['/sign-in', '/sign-in/sso/', '/sign-in/sso/x', '/SIGN-IN/SSO', '/admin/authentication']) expect([path, (await send({ token: await token() }, 'https://evil.example', path)).status]).toEqual([path, 403]);
  await world.visit('/admin/authentication', { cookie: ada, form: { action: 'host-app', origin: PRODUCT } });
  const answer = await send({ token: await token() });
  expect([answer.status, isIn(answer), answer.html.includes('This way in is closed')]).toEqual([403, false, true]);
});
