import { SignJWT } from 'jose';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePages, openBrowser, signIn } from '../support/browser.ts';
import { edge } from '../support/edge.ts';
import { CLIENT, issuer, type Issuer } from '../support/issuer.ts';

let world: Awaited<ReturnType<typeof edge>>;
let theirs: Issuer;
let browser: Browser;
beforeAll(async () => {
  theirs = await issuer();
  world = await edge({ privateHosts: [theirs.url] });
  theirs.knows([`${world.url}/sign-in/with/acme-login/back`]);
  theirs.people['nora'] = { email: 'nora@acme.test', email_verified: true, name: 'Nora North' };
  browser = await openBrowser();
});
afterAll(async () => {
  await closePages(browser);
  await world?.close();
  await theirs?.close();
});

test('an admin adds a provider, and a customer signs in with it and by the product, all without JavaScript', async () => {
  const admin = await browser.newPage({ javaScriptEnabled: false });
  await signIn(admin, world.url, 'ada@stoa.test');
  await admin.goto(`${world.url}/admin/authentication`);
  await admin.click('text=Any OpenID Connect issuer');
  await admin.fill('#name', 'Acme Login');
  await admin.fill('#slug', 'acme-login');
  await admin.fill('#issuer', theirs.url);
  await admin.fill('#clientId', CLIENT.id);
  await admin.fill('#clientSecret', CLIENT.secret);
  await admin.click('text=Add provider');
  await admin.click('text=Ask the issuer');
  expect(await admin.textContent('main [role=status]')).toContain(`${theirs.url}/auth`);

  const customer = await browser.newPage({ javaScriptEnabled: false });
  await customer.goto(`${world.url}/sign-in/with/acme-login?next=/tickets`);
  await customer.click('text=Continue with Acme Login');
  await customer.waitForURL(/\/interaction\//);
  await customer.fill('input[name=login]', 'nora');
  await customer.fill('input[name=password]', 'x');
  await customer.click('button[type=submit]');
  await customer.click('button[type=submit]');
  await customer.waitForURL(`${world.url}/tickets`);
  expect(await customer.textContent('header')).toContain('Nora North');

  await admin.goto(`${world.url}/admin/authentication`);
  await admin.check('#isOn');
  await admin.click('form:has(#isOn) button');
  await admin.click('text=Make a new secret');
  const secret = (await admin.textContent('code.secret'))!;
  const now = Math.floor(Date.now() / 1000);
  const token = await new SignJWT({ sub: 'u1', email: 'nora@acme.test', name: 'Nora', jti: crypto.randomUUID(), iat: now, exp: now + 60, aud: world.url, return_to: '/forum' }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
  const other = await browser.newPage({ javaScriptEnabled: false });
  // A page of another origin that sends the form, as a product does.
  await other.setContent(`<form method="post" action="${world.url}/sign-in/sso"><input type="hidden" name="token" value="${token}"><button>Help</button></form>`);
  await other.click('button');
  expect(await other.textContent('h1')).toBe('Go on as Nora?');
  await other.click('main form button');
  await other.waitForURL(`${world.url}/forum`);
  expect(await other.textContent('header')).toContain('Nora North');
  await Promise.all([admin, customer, other].map((page) => page.close()));
}, 60_000);
