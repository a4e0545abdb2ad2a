import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';

/** Where each request came: the proof of what was, and was not, asked. */
const asked: string[] = [];
const [ours, others] = [await generateKeyPair('RS256', { extractable: true }), await generateKeyPair('RS256')];
/** What the id token of the next sign-in says beyond the ordinary, and who signs it. */
let wish: { claims: Record<string, unknown>; key?: CryptoKey; alg?: string } = { claims: {} };

const server = createServer(async (request, response) => {
  const path = request.url!.split('?')[0]!;
  asked.push(path);
  const issuer = `${here()}/plain`;
  const json = (value: object) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  if (path.startsWith('/hang')) return;
  if (path.startsWith('/huge')) return void response.writeHead(200, { 'content-type': 'application/json' }).end(`{"issuer":"${'x'.repeat(1_500_000)}"}`);
  if (path.startsWith('/moved')) return void response.writeHead(302, { location: `${here()}/plain/.well-known/openid-configuration` }).end();
  if (path.startsWith('/liar')) return json({ issuer: 'https://other.example', authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` });
  if (path.endsWith('/openid-configuration')) return json({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, id_token_signing_alg_values_supported: ['RS256'] });
  if (path.endsWith('/jwks')) return json({ keys: [{ ...(await exportJWK(ours.publicKey)), kid: 'one', alg: 'RS256' }] });
  if (path.endsWith('/token')) return json({ access_token: 'x', token_type: 'Bearer', id_token: await idToken(issuer) });
  response.writeHead(404).end();
});
const here = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function idToken(iss: string) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss, aud: 'stoa', sub: 'w1', email: 'wim@far.test', email_verified: true, iat: now, exp: now + 60, ...wish.claims };
  return new SignJWT(claims).setProtectedHeader({ alg: wish.alg ?? 'RS256', kid: 'one' }).sign(wish.key ?? ours.privateKey);
}

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  world = await edge({ privateHosts: [here()] });
  const cookie = await world.signedIn('ada@stoa.test');
  for (const slug of ['plain', 'hang', 'huge', 'moved', 'liar']) {
    const answer = await world.visit('/admin/authentication/new', { cookie, form: { action: 'keep', name: slug, slug, issuer: `${here()}/${slug}`, clientId: 'stoa', clientSecret: 'secret', audience: 'customers' } });
    expect(answer.status).toBe(303);
  }
});
afterAll(async () => {
  await world?.close();
  server.closeAllConnections();
  server.close();
});

test.each(['hang', 'huge', 'moved', 'liar'])('an issuer that answers badly (%s) makes a calm page, and what it points to is not asked', async (slug) => {
  asked.length = 0;
  const page = await world.visit(`/sign-in/with/${slug}`, { form: { x: '' } });
  expect([page.status >= 400 && page.status < 500, page.html.includes('You are not signed in yet'), page.headers.getSetCookie()]).toEqual([true, true, []]);
  expect(asked).toEqual([`/${slug}/.well-known/openid-configuration`]);
}, 30_000);

/** A sign-in that comes back with a code, for whoever `wish` says. */
async function signIn() {
  const begun = await world.visit('/sign-in/with/plain', { form: { x: '' } });
  const flow = new URL(begun.headers.get('refresh')!.replace('0; url=', '')).searchParams;
  wish.claims = { nonce: flow.get('nonce'), ...wish.claims };
  const answer = await world.visit(`/sign-in/with/plain/back?code=c&state=${flow.get('state')}`, { cookie: begun.headers.getSetCookie()[0]!.split(';')[0]! });
  return { status: answer.status, isIn: answer.headers.getSetCookie().some((cookie) => /^stoa_session=\w/.test(cookie)) };
}

test('what it publishes is asked once for many sign-ins', async () => {
  asked.length = 0;
  for (let i = 0; i < 3; i++) {
    wish = { claims: {} };
    expect(await signIn()).toEqual({ status: 303, isIn: true });
  }
  expect([asked.filter((path) => path.endsWith('openid-configuration')).length, asked.filter((path) => path.endsWith('jwks')).length]).toEqual([1, 1]);
});

const now = Math.floor(Date.now() / 1000);
test.each<[string, typeof wish]>([
  ['signed by another key', { claims: {}, key: others.privateKey }],
  ['signed with the client secret', { claims: {}, key: new TextEncoder().encode('secret') as never, alg: 'HS256' }],
  ['for another client', { claims: { aud: 'other' } }],
  ['by another issuer', { claims: { iss: 'https://other.example' } }],
  ['out of time', { claims: { iat: now - 900, exp: now - 600 } }],
  ['from the future', { claims: { nbf: now + 600 } }],
  ['for another question', { claims: { nonce: 'other' } }],
  ['without a question', { claims: { nonce: undefined } }],
  ['of nobody', { claims: { sub: undefined } }],
])('an id token that is %s lets nobody in', async (_, wanted) => {
  wish = { ...wanted, claims: { ...wanted.claims } };
  expect(await signIn()).toEqual({ status: 403, isIn: false });
});
