import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HostApp } from '../../worker/sso/schema.ts';
import { hostAppSecret } from '../../worker/sso/secret.ts';
import { vouchedByToken } from '../../worker/sso/token.ts';
import { SECRET } from '../support/stoa.ts';

const url = 'https://help.example.com';
const now = new Date();
const at = (seconds: number) => Math.floor(now.getTime() / 1000) + seconds;
const bytes = (text: string) => new TextEncoder().encode(text);

const rsa = await generateKeyPair('RS256', { extractable: true });
const ec = await generateKeyPair('ES256', { extractable: true });
const stranger = await generateKeyPair('RS256');
const published: { keys: JWK[] } = { keys: [{ ...(await exportJWK(rsa.publicKey)), kid: 'rsa' }, { ...(await exportJWK(ec.publicKey)), kid: 'ec' }] };
const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(published)));
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

const hostApp = (): HostApp => ({
  isOn: true,
  origin: null,
  jwks: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
  makesAccounts: false,
  keys: [{ id: 'key_new', createdAt: 0, endsAt: null }, { id: 'key_old', createdAt: 0, endsAt: now.getTime() + 1_000 }, { id: 'key_ended', createdAt: 0, endsAt: now.getTime() - 1 }],
});
const check = (token: string, app = hostApp()) => vouchedByToken({ call: fetch as never, secret: SECRET, hostApp: app, url, now }, token);

const claims = (more: JWTPayload = {}): JWTPayload => ({ sub: 'u1', email: 'Uma@Acme.test', name: 'Uma', iat: at(0), exp: at(120), jti: crypto.randomUUID(), aud: url, ...more });
const without = (name: string) => Object.fromEntries(Object.entries(claims()).filter(([key]) => key !== name));
const shared = (payload: JWTPayload, id = 'key_new', alg = 'HS256') => new SignJWT(payload).setProtectedHeader({ alg }).sign(bytes(hostAppSecret(SECRET, id)));
const signed = (payload: JWTPayload, key = rsa.privateKey, alg = 'RS256', kid = 'rsa') => new SignJWT(payload).setProtectedHeader({ alg, kid }).sign(key);

test('a token says who comes, from which account, on which plan, in which language', async () => {
  const { vouched, returnTo } = await check(await shared(claims({ account: 'Acme', plan: 'Gold', locale: 'el-GR', return_to: '/tickets' })));
  expect(vouched.word).toMatchObject({ how: 'sso', issuer: 'host-app', subject: 'u1', email: 'uma@acme.test', name: 'Uma', locale: 'el', account: 'Acme', plan: 'Gold', role: null, audience: 'customers' });
  expect(returnTo).toBe('/tickets');
});

test('the secret before the newest counts until it ends; public keys count by RS256 and ES256', async () => {
  await expect(check(await shared(claims(), 'key_old'))).resolves.toBeDefined();
  await expect(check(await signed(claims()))).resolves.toBeDefined();
  await expect(check(await signed(claims(), ec.privateKey, 'ES256', 'ec'))).resolves.toBeDefined();
  await expect(check(await shared(claims({ aud: ['other', `${url}/`] })))).resolves.toBeDefined();
  await expect(check(await shared(claims({ iat: at(20), exp: at(100) })))).resolves.toBeDefined();
});

const attacks: [what: string, token: () => Promise<string> | string][] = [
  ['no signature', () => new UnsecuredJWT(claims()).encode()],
  ['a signature that was cut off', async () => (await shared(claims())).replace(/\.[^.]*$/, '.')],
  ['changed claims', async () => { const [head, , tail] = (await shared(claims())).split('.'); return `${head}.${Buffer.from(JSON.stringify(claims({ sub: 'admin' }))).toString('base64url')}.${tail}`; }],
  ['a public key as the shared secret', async () => new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'rsa' }).sign(bytes(await exportSPKI(rsa.publicKey)))],
  ['a secret that has ended', () => shared(claims(), 'key_ended')],
  ['a secret that never was', () => shared(claims(), 'key_never')],
  ['another algorithm', () => shared(claims(), 'key_new', 'HS384')],
  ['another RSA padding', async () => signed(claims(), (await generateKeyPair('PS256')).privateKey, 'PS256')],
  ['a key that is not published', () => signed(claims(), stranger.privateKey)],
  ['a key id that is not published', () => signed(claims(), rsa.privateKey, 'RS256', 'other')],
  ['a key of another kind', () => signed(claims(), ec.privateKey, 'ES256', 'rsa')],
  ['a critical header that we do not know', () => new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', crit: ['x'], x: 1 }).sign(bytes(hostAppSecret(SECRET, 'key_new')), { crit: { x: true } })],
  ['another audience', () => shared(claims({ aud: 'https://evil.example' }))],
  ['an audience that only begins like ours', () => shared(claims({ aud: `${url}.evil.example` }))],
  ...['aud', 'sub', 'email', 'iat', 'exp', 'jti'].map((name): [string, () => Promise<string>] => [`no ${name}`, () => shared(without(name))]),
  ['a time from the future', () => shared(claims({ iat: at(90), exp: at(200) }))],
  ['not valid yet', () => shared(claims({ nbf: at(90) }))],
  ['a life of more than five minutes', () => shared(claims({ exp: at(301) }))],
  ['no text as subject', () => shared(claims({ sub: '' }))],
  ['an endless id', () => shared(claims({ jti: 'x'.repeat(201) }))],
  ['no address', () => shared(claims({ email: 'uma' }))],
  ['an address that is not proved', () => shared(claims({ email_verified: false }))],
  ['more than 8,000 characters', () => shared(claims({ name: 'x'.repeat(8_000) }))],
  ['nothing like a token', () => 'a.b.c'],
  ['an encrypted token', () => `${Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url')}..a.b.c`],
];

test.each(attacks)('refused: %s', async (_, token) => {
  await expect(check(await token())).rejects.toMatchObject({ reason: 'forbidden', message: 'This sign-in is not valid. Go back to where you came from and try again.' });
});

test('late is said to be late', async () => {
  for (const [iat, exp] of [[-200, -31], [-400, 60]] as const) await expect(check(await shared(claims({ iat: at(iat), exp: at(exp) })))).rejects.toMatchObject({ message: 'This sign-in took too long. Go back to where you came from and try again.' });
  await expect(check(await shared(claims({ iat: at(-200), exp: at(-20) })))).resolves.toBeDefined();
});

test('without an address of public keys a signature by one opens nothing', async () => {
  await expect(check(await signed(claims()), { ...hostApp(), jwks: null })).rejects.toMatchObject({ reason: 'forbidden' });
});
