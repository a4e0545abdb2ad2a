import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { edge, type Visit } from '../support/edge.ts';
import { CLIENT, gitHub, issuer, type Issuer, signInAt } from '../support/issuer.ts';

let world: Awaited<ReturnType<typeof edge>>;
let theirs: Issuer;
let forge: Issuer;
let ada: string;

beforeAll(async () => {
  [theirs, forge] = [await issuer(), await gitHub()];
  world = await edge({ privateHosts: [theirs.url, forge.url] });
  forge.knows([`${world.url}/sign-in/with/github/back`]);
  theirs.knows(['customers', 'team', 'both', 'off', 'spare'].map((slug) => `${world.url}/sign-in/with/${slug}/back`));
  ada = await world.signedIn('ada@stoa.test');
  await add('customers', { accountClaim: 'org', scopes: 'groups' });
  await add('team', { audience: 'staff', roleClaim: 'groups', roles: 'support = agent\nleads = csm', scopes: 'groups' });
  await add('spare');
});
afterAll(async () => {
  await world?.close();
  await theirs?.close();
  await forge?.close();
});

const provider = (slug: string, more: Record<string, string> = {}) => ({ action: 'keep', name: `Issuer ${slug}`, slug, issuer: theirs.url, clientId: CLIENT.id, clientSecret: CLIENT.secret, audience: 'customers', joinsByDomain: 'on', ...more });

async function add(slug: string, more: Record<string, string> = {}) {
  const answer = await world.visit('/admin/authentication/new', { cookie: ada, form: provider(slug, more) });
  expect([slug, answer.status, answer.headers.get('location')]).toEqual([slug, 303, `/admin/authentication/${slug}?saved=1`]);
}

const cookiesOf = ({ headers }: Visit) => headers.getSetCookie().map((cookie) => cookie.split(';')[0]!).filter((cookie) => !cookie.endsWith('='));
const sessionOf = (visit: Visit) => cookiesOf(visit).find((cookie) => cookie.startsWith('stoa_session='));
const begin = (slug: string, form: Record<string, string> = { x: '' }, prefix = '') => world.visit(`${prefix}/sign-in/with/${slug}`, { form });
const addressOf = (begun: Visit) => begun.headers.get('refresh')!.replace('0; url=', '');
const pathOf = (address: string) => address.replace(world.url, '');

/** From the button to what we answer when the issuer sends the browser back. */
async function signIn(slug: string, login: string, form?: Record<string, string>) {
  const begun = await begin(slug, form);
  const back = pathOf(await signInAt(addressOf(begun), login));
  const cookie = cookiesOf(begun).join('; ');
  return { back, cookie, answer: await world.visit(back, { cookie }) };
}

const whoIs = async (visit: Visit) => (await world.rows('select u.* from users u join identities i on i.user_id = u.id where u.id = (select user_id from sessions where id = (select id from sessions order by created_at desc limit 1)) and ? is not null', [sessionOf(visit) ?? '']))[0];

test('a first sign-in makes a customer of the account whose domain the address has; the second finds them by identity', async () => {
  await world.rows("update accounts set joining = 'open' where domains like '%acme.test%'");
  theirs.people['anna'] = { email: 'Anna@Acme.test', email_verified: true, name: 'Anna Able', locale: 'el-GR' };
  const first = await signIn('customers', 'anna', { next: '/tickets?state=open' });
  expect([first.answer.status, first.answer.headers.get('location')]).toEqual([303, '/tickets?state=open']);
  const anna = (await whoIs(first.answer))!;
  expect(anna).toMatchObject({ email: 'anna@acme.test', name: 'Anna Able', role: 'customer', locale: 'el' });
  expect((await world.rows('select domains from accounts where id = ?', [String(anna['account_id'])]))[0]!['domains']).toContain('acme.test');
  expect((await world.visit('/tickets', { cookie: sessionOf(first.answer)! })).status).toBe(200);

  theirs.people['anna'] = { email: 'anna@elsewhere.test', email_verified: false };
  const second = await signIn('customers', 'anna');
  expect(second.answer.headers.get('location')).toBe('/el');
  expect((await whoIs(second.answer))!['id']).toBe(anna['id']);
  expect((await world.rows("select type from outbox where subject = ? order by revision", [String(anna['id'])])).map((row) => row['type'])).toEqual(['person.joined', 'person.signed_in', 'person.signed_in']);
});

test('a person who is here is found by an address that is proved, and only by such a one', async () => {
  theirs.people['mallory'] = { email: 'chris@acme.test', email_verified: false, name: 'Chris' };
  const refused = await signIn('customers', 'mallory');
  expect([refused.answer.status, sessionOf(refused.answer)]).toEqual([403, undefined]);
  expect(refused.answer.html).toContain('We are not told that your e-mail address is proved');
  theirs.people['chris'] = { email: 'chris@acme.test', email_verified: true, name: 'Another name', org: 'Olive' };
  const { answer } = await signIn('customers', 'chris');
  expect(await whoIs(answer)).toMatchObject({ email: 'chris@acme.test', name: 'Chris Doyle' });
});

test('nobody of the team comes in by a provider for customers; by one for the team, with the role of their group', async () => {
  theirs.people['agnes'] = { email: 'agnes@stoa.test', email_verified: true, groups: ['support'] };
  const refused = await signIn('customers', 'agnes');
  expect([refused.answer.status, refused.answer.html.includes('This way in is for customers')]).toEqual([403, true]);
  expect((await signIn('team', 'agnes')).answer.headers.get('location')).toBe('/agent');

  theirs.people['lena'] = { email: 'lena@stoa.test', email_verified: true, name: 'Lena', groups: ['everyone', 'support', 'leads'] };
  expect((await signIn('team', 'lena')).answer.headers.get('location')).toBe('/csm');
  expect((await world.rows("select role, account_id from users where email = 'lena@stoa.test'"))[0]).toMatchObject({ role: 'csm', account_id: null });

  theirs.people['lena'] = { ...theirs.people['lena'], groups: ['support'] };
  expect((await signIn('team', 'lena')).answer.headers.get('location')).toBe('/agent');
  theirs.people['stranger'] = { email: 'stranger@stoa.test', email_verified: true, groups: ['everyone'] };
  expect((await signIn('team', 'stranger')).answer.status).toBe(403);
  theirs.people['ada'] = { email: 'ada@stoa.test', email_verified: true, groups: ['support'] };
  await signIn('team', 'ada');
  expect((await world.rows("select role from users where email = 'ada@stoa.test'"))[0]!['role']).toBe('admin');
});

describe('what comes back', () => {
  const refused = async (back: string, cookie: string | undefined) => {
    const answer = await world.visit(back, cookie ? { cookie } : {});
    expect(sessionOf(answer)).toBeUndefined();
    expect(answer.html).toContain('You are not signed in yet');
    return answer.status;
  };
  const fresh = async (login: string) => {
    theirs.people[login] = { email: `${login}@far.test`, email_verified: true };
    const begun = await begin('customers');
    return { back: pathOf(await signInAt(addressOf(begun), login)), cookie: cookiesOf(begun).join('; ') };
  };

  test('belongs to the browser that began: without its cookie, or with that of another sign-in, it opens nothing', async () => {
    const [mine, other] = [await fresh('bea'), await fresh('carl')];
    expect(await refused(mine.back, undefined)).toBe(403);
    expect(await refused(mine.back, other.cookie)).toBe(403);
    expect(await refused(mine.back.replace(/state=[^&]+/, 'state=forged'), mine.cookie)).toBe(403);
    const [value, mac] = mine.cookie.slice('stoa_with='.length).split('.');
    const forged = Buffer.from(Buffer.from(value!, 'base64url').toString().replace(/"verifier":"[^"]+"/, '"verifier":"x"')).toString('base64url');
    expect(await refused(mine.back, `stoa_with=${forged}.${mac}`)).toBe(403);
    expect((await world.visit(mine.back, { cookie: mine.cookie })).status).toBe(303);
  });

  test('counts once, also for who copied the cookie', async () => {
    const { back, cookie } = await fresh('dan');
    const answers = [await world.visit(back, { cookie }), await world.visit(back, { cookie })];
    expect(answers.map(({ status }) => status === 303)).toEqual([true, false]);
    expect(answers[0]!.headers.getSetCookie().some((one) => /^stoa_with=;.*Max-Age=0/.test(one))).toBe(true);
  });

  test('at another provider of ours it opens nothing', async () => {
    const { back, cookie } = await fresh('eve');
    expect(await refused(back.replace('/customers/', '/spare/'), cookie)).toBe(403);
  });

  test('who stopped there is told so', async () => {
    const begun = await begin('customers', { x: '' }, '/el');
    const { state } = Object.fromEntries(new URL(addressOf(begun)).searchParams);
    const answer = await world.visit(`/sign-in/with/customers/back?error=access_denied&state=${state}&iss=${encodeURIComponent(theirs.url)}`, { cookie: cookiesOf(begun).join('; ') });
    expect([answer.status, answer.html.includes('Σταματήσατε πριν το τέλος'), answer.html.includes('lang="el"')]).toEqual([403, true, true]);
  });
});

test('the code is bound to a verifier and the answer to a nonce that only the cookie holds', async () => {
  const begun = await begin('customers');
  const asked = new URL(addressOf(begun)).searchParams;
  const flow = JSON.parse(Buffer.from(cookiesOf(begun)[0]!.slice('stoa_with='.length).split('.')[0]!, 'base64url').toString());
  expect(asked.get('code_challenge_method')).toBe('S256');
  expect(asked.get('code_challenge')).toBe(Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(flow.verifier))).toString('base64url'));
  expect([asked.get('nonce'), asked.get('state')]).toEqual([flow.nonce, flow.state]);
  expect(begun.headers.getSetCookie()[0]).toMatch(/^stoa_with=.*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/);
  theirs.people['fay'] = { email: 'fay@far.test', email_verified: true };
  for (const change of ['nonce', 'code_challenge'] as const) {
    const again = await begin('customers');
    const address = new URL(addressOf(again));
    address.searchParams.set(change, 'A'.repeat(43));
    const answer = await world.visit(pathOf(await signInAt(address.href, 'fay')), { cookie: cookiesOf(again).join('; ') });
    expect([change, answer.status, sessionOf(answer)]).toEqual([change, 403, undefined]);
  }
});

test('a provider that was switched off lets nobody in, not even who is on the way', async () => {
  theirs.people['gus'] = { email: 'gus@far.test', email_verified: true };
  const begun = await begin('spare');
  const back = pathOf(await signInAt(addressOf(begun), 'gus'));
  await world.visit('/admin/authentication/spare', { cookie: ada, form: { action: 'switch' } });
  const answer = await world.visit(back, { cookie: cookiesOf(begun).join('; ') });
  expect([answer.status, answer.html.includes('This way in is closed')]).toEqual([403, true]);
  expect([(await begin('spare')).status, (await world.visit('/sign-in/with/spare')).status]).toEqual([404, 404]);
});

test('looking changes nothing, and no address of another site is carried along', async () => {
  const page = await world.visit('/sign-in/with/customers?next=%2Ftickets');
  expect([page.status, page.headers.get('refresh'), page.headers.getSetCookie()]).toEqual([200, null, []]);
  expect(page.html).toContain('name="next" value="/tickets"');
  theirs.people['hal'] = { email: 'hal@far.test', email_verified: true };
  for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) expect((await signIn('customers', 'hal', { next })).answer.headers.get('location')).toBe('/');
});

test('a form of another site starts no sign-in', async () => {
  const answer = await world.visit('/sign-in/with/customers', { form: { x: '' }, headers: { origin: 'https://evil.example' } });
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
});

test('while sign-up is closed, who nobody knows stays outside', async () => {
  await world.visit('/admin/authentication', { cookie: ada, form: { action: 'sign-up' } });
  theirs.people['ira'] = { email: 'ira@far.test', email_verified: true };
  const { answer } = await signIn('customers', 'ira');
  expect([answer.status, answer.html.includes('Nobody signs themselves up here')]).toEqual([403, true]);
  await world.visit('/admin/authentication', { cookie: ada, form: { action: 'sign-up', isOpen: 'on' } });
  expect((await signIn('customers', 'ira')).answer.status).toBe(303);
});

test('who has a second factor is asked for it', async () => {
  theirs.people['dora'] = { email: 'dora@acme.test', email_verified: true };
  await world.rows("update users set second_factor_at = 1 where email = 'dora@acme.test'");
  const { answer } = await signIn('customers', 'dora', { next: '/tickets' });
  expect(answer.headers.get('location')).toBe('/sign-in/second?next=%2Ftickets');
  expect((await world.visit('/tickets', { cookie: sessionOf(answer)! })).headers.get('location')).toContain('/sign-in?next=');
  await world.rows("update users set second_factor_at = null where email = 'dora@acme.test'");
});

test('a client that is registered to show its secret in the body is understood too', async () => {
  theirs.knows([`${world.url}/sign-in/with/customers/back`], 'client_secret_post');
  theirs.people['jon'] = { email: 'jon@far.test', email_verified: true };
  expect((await signIn('customers', 'jon')).answer.status).toBe(303);
});

test('GitHub, or a server of it: by the primary address, if it is proved; known by its number from then on', async () => {
  const add = { ...provider('github', { name: 'GitHub', issuer: forge.url }) };
  expect((await world.visit('/admin/authentication/new?preset=github', { cookie: ada, form: add })).status).toBe(303);
  const [primary, other] = [{ email: 'Kim@Far.test', primary: true, verified: false }, { email: 'chris@acme.test', primary: false, verified: true }];
  forge.people['kim'] = { id: 7, login: 'kim-k', name: null, emails: [other, primary] };
  expect((await signIn('github', 'kim')).answer.status).toBe(403);
  forge.people['kim'] = { id: 7, login: 'kim-k', name: null, emails: [other, { ...primary, verified: true }] };
  const first = await signIn('github', 'kim');
  expect(await whoIs(first.answer)).toMatchObject({ email: 'kim@far.test', name: 'kim-k', role: 'customer' });
  forge.people['kim'] = { id: 7, login: 'kim-l', name: 'Kim', emails: [] };
  expect(await whoIs((await signIn('github', 'kim')).answer)).toMatchObject({ email: 'kim@far.test' });
  expect(await world.rows("select issuer, subject from identities where subject = '7'")).toEqual([expect.objectContaining({ issuer: forge.url })]);
});

test('an issuer is shown to the admin as it describes itself; one that is not there, or not to be reached, as that', async () => {
  const shown = await world.visit('/admin/authentication/customers', { cookie: ada, form: { action: 'test' } });
  expect(shown.html).toContain(`${theirs.url}/token`);
  const inside = new URL(world.database.url).origin;
  await add('inside', { issuer: inside });
  const hidden = await world.visit('/admin/authentication/inside', { cookie: ada, form: { action: 'test' } });
  expect([hidden.status, hidden.html.includes(`Not over HTTPS: ${inside}`)]).toEqual([200, true]);
  await add('secure', { issuer: inside.replace('http:', 'https:') });
  expect((await world.visit('/admin/authentication/secure', { cookie: ada, form: { action: 'test' } })).html).toContain('The issuer cannot be read');
  const silent = await begin('secure');
  expect([silent.status, silent.html.includes('The other side does not answer')]).toEqual([409, true]);
});

test('the settings are for who keeps them, and their history tells no secret', async () => {
  for (const path of ['/admin/authentication', '/admin/authentication/new', '/admin/authentication/customers']) {
    expect(path.endsWith('customers') ? (await world.visit(path)).status : (await world.visit(path)).headers.get('location')).toEqual(path.endsWith('customers') ? 404 : expect.stringContaining('/sign-in?next='));
    for (const email of ['chris@acme.test', 'cleo@stoa.test']) expect([path, (await world.visit(path, { cookie: await world.signedIn(email) })).status]).toEqual([path, 404]);
    const page = await world.visit(path, { cookie: ada });
    expect([page.status, page.html.includes(CLIENT.secret)]).toEqual([200, false]);
  }
  const everything = JSON.stringify([await world.rows('select * from outbox'), await world.rows('select * from sign_in_providers'), await world.rows('select * from once')]);
  expect([everything.includes('provider.added'), everything.includes(CLIENT.secret)]).toEqual([true, false]);
  expect((await world.visit('/admin/authentication/new', { cookie: await world.signedIn('cleo@stoa.test'), form: provider('mine') })).status).toBe(404);
  expect(await world.rows("select * from sign_in_providers where slug = 'mine'")).toEqual([]);
});
