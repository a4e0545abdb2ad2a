import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashOf } from '../../worker/platform/signature.ts';
import { newAuthenticator } from '../../worker/proofs/totp.ts';
import { codeAt } from '../proofs/support.ts';
import { edge } from '../support/edge.ts';
import { SECRET } from '../support/stoa.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const PASSWORD = 'stoa-demo-password';
const cookiesOf = (headers: Headers) => Object.fromEntries(headers.getSetCookie().map((one) => one.split(';')[0]!.split('=', 2) as [string, string]));
const sessionIn = (headers: Headers) => `stoa_session=${cookiesOf(headers)['stoa_session']}`;
const signIn = async (email: string, path = '/sign-in', more = {}) => world.visit(path, { form: { email, password: PASSWORD, ...more } });
const codeNow = (seal: string, id: string, steps = 0) => codeAt(seal, id, new Date(), steps);

/** Gives somebody of the demo an authenticator, through the pages. */
async function withAuthenticator(email: string) {
  const [{ id }] = (await world.rows('select id from users where email = ?', [email])) as unknown as [{ id: string }];
  const cookie = sessionIn((await signIn(email)).headers);
  const page = await world.visit('/settings/security/authenticator', { cookie });
  const seal = /name="seal" value="([^"]+)"/.exec(page.html)![1]!;
  const added = await world.visit('/settings/security/authenticator', { cookie, form: { seal, code: codeNow(seal, id, -1) } });
  return { id, seal, added, before: cookie, session: sessionIn(added.headers), codes: [...added.html.matchAll(/^(?:.*>)?((?:[a-z2-9]{4}-){3}[a-z2-9]{4})/gm)].map(([, code]) => code!) };
}

test('an authenticator is set up by page and picture, codes are shown once, and the session gets a new secret', async () => {
  const { added, before, session, codes } = await withAuthenticator('dora@acme.test');
  expect([added.status, codes.length]).toEqual([200, 10]);
  expect((await world.visit('/settings', { cookie: before })).status).toBe(303);
  const page = await world.visit('/settings/security', { cookie: session });
  expect(page.html).not.toContain(codes[0]);
  expect(page.html).toContain('10 codes left');
});

test('half a session sees nothing anywhere but its second step', async () => {
  const { id, seal } = await withAuthenticator('chris@acme.test');
  const half = await signIn('chris@acme.test', '/sign-in?next=/tickets/2');
  expect([half.status, half.headers.get('location')]).toEqual([303, '/sign-in/second?next=%2Ftickets%2F2']);
  const cookie = sessionIn(half.headers);
  for (const path of ['/tickets', '/tickets/2', '/settings', '/settings/security', '/settings/security/passkey', '/sign-in/again', '/forum/new']) {
    const page = await world.visit(path, { cookie });
    expect([path, page.status, page.headers.get('location')?.split('?')[0], page.headers.getSetCookie()]).toEqual([path, 303, '/sign-in', []]);
  }
  expect((await world.visit('/api/v1/me', { cookie })).status).toBe(401);
  expect((await world.visit('/forum', { cookie })).html).not.toContain('/sign-out');
  const wrong = await world.visit('/sign-in/second', { cookie, form: { code: '000000' } });
  expect([wrong.status, wrong.headers.getSetCookie()]).toEqual([422, []]);
  const whole = await world.visit('/sign-in/second?next=/tickets/2', { cookie, form: { code: codeNow(seal, id) } });
  expect([whole.status, whole.headers.get('location'), whole.roundTrips]).toEqual([303, '/tickets/2', 2]);
  expect(sessionIn(whole.headers)).not.toBe(cookie);
  expect((await world.visit('/tickets/2', { cookie: sessionIn(whole.headers) })).status).toBe(200);
  expect((await world.visit('/sign-in/second', { cookie })).headers.get('location')).toBe('/sign-in');
});

test('a session that somebody was given before signing in opens nothing after', async () => {
  for (const given of ['stoa_session=chosen-by-a-stranger', `stoa_session=${'a'.repeat(40)}`]) {
    const answer = await world.visit('/sign-in', { cookie: given, form: { email: 'nikos@olive.test', password: PASSWORD } });
    expect(sessionIn(answer.headers)).not.toBe(given);
    expect((await world.visit('/tickets', { cookie: given })).status).toBe(303);
  }
});

test('what the database keeps of a session opens nothing, nor does what a page shows of it', async () => {
  const cookie = sessionIn((await signIn('nikos@olive.test')).headers);
  await signIn('nikos@olive.test');
  const handle = /name="handle" value="([^"]+)"/.exec((await world.visit('/settings/security', { cookie })).html)![1]!;
  for (const secret of [hashOf(cookie.split('=')[1]!), handle]) expect((await world.visit('/tickets', { cookie: `stoa_session=${secret}` })).status).toBe(303);
});

test('no next leads to another site', async () => {
  const { codes } = await withAuthenticator('sita@pine.test');
  for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/%09/evil.example', 'javascript:alert(1)', '/..//evil.example']) {
    const query = `?next=${encodeURIComponent(next)}`;
    const half = await signIn('sita@pine.test', `/sign-in${query}`);
    const locations = [half.headers.get('location')!];
    const cookie = sessionIn(half.headers);
    const whole = await world.visit(`/sign-in/second${query}`, { cookie, form: { code: codes.pop()! } });
    locations.push(whole.headers.get('location') ?? `none: ${whole.status}`);
    const again = await world.visit(`/sign-in/again${query}`, { cookie: sessionIn(whole.headers), form: { password: PASSWORD } });
    locations.push(again.headers.get('location') ?? `none: ${again.status}`);
    for (const location of locations) expect([next, new URL(location, world.url).host]).toEqual([next, new URL(world.url).host]);
    const page = await world.visit(`/sign-in${query}`);
    expect(page.html).not.toMatch(/(href|action)="([a-z]+:|[/\\]{2})[^"]*evil\.example/);
  }
});

test('the cookies are out of reach for scripts and other sites; a browser is remembered once it was signed in', async () => {
  const answer = await signIn('maria@olive.test');
  const first = await world.visit('/settings', { cookie: sessionIn(answer.headers) });
  const cookies = [...answer.headers.getSetCookie(), ...first.headers.getSetCookie(), ...(await world.visit('/sign-in/passkey/options', { method: 'POST', headers: { origin: world.url } })).headers.getSetCookie()];
  expect(cookies.map((one) => one.split('=')[0])).toEqual(['stoa_session', 'stoa_device', 'stoa_viewer', 'stoa_challenge']);
  for (const cookie of cookies) expect(cookie).toMatch(/^(?=.*; HttpOnly)(?=.*; SameSite=(Lax|Strict))(?=.*; Path=\/)/);
  expect(cookies.join()).not.toMatch(/Domain=/i);
});

test('a dangerous change long after signing in asks for a proof, then goes on with a new secret', async () => {
  const { session } = await withAuthenticator('hugh@lumen.test');
  await world.rows('update sessions set proved_at = ? where id = ?', [Date.now() - 16 * 60_000, hashOf(session.split('=')[1]!)]);
  for (const path of ['/settings/security/authenticator', '/settings/security/passkey', '/settings/security/recovery']) {
    const page = await world.visit(path, { cookie: session });
    expect([page.status, page.headers.get('location')]).toEqual([303, `/sign-in/again?next=${encodeURIComponent(path)}`]);
  }
  const removed = await world.visit('/settings/security', { cookie: session, form: { action: 'remove-authenticator' } });
  expect(removed.headers.get('location')).toBe('/sign-in/again?next=%2Fsettings%2Fsecurity');
  const proved = await world.visit('/sign-in/again?next=%2Fsettings%2Fsecurity', { cookie: session, form: { password: PASSWORD } });
  expect([proved.status, proved.headers.get('location')]).toEqual([303, '/settings/security']);
  const cookie = sessionIn(proved.headers);
  expect([(await world.visit('/settings', { cookie: session })).status, (await world.visit('/settings', { cookie })).status]).toEqual([303, 200]);
  expect((await world.visit('/settings/security', { cookie, form: { action: 'remove-authenticator' } })).status).toBe(303);
});

test('staff without the second factor they need are led to set one up, and the desk is closed to them', async () => {
  const { session } = await withAuthenticator('ada@stoa.test');
  const arno = sessionIn((await signIn('arno@stoa.test')).headers);
  expect((await world.visit('/agent', { cookie: arno })).status).toBe(200);
  expect((await world.visit('/admin/authentication', { cookie: session, form: { action: 'staff', required: 'on' } })).status).toBe(303);
  for (const path of ['/agent', '/agent/tickets/1', '/csm']) {
    const page = await world.visit(path, { cookie: arno });
    expect([path, page.status, page.headers.get('location')?.split('?')[0]]).toEqual([path, 303, '/settings/security']);
  }
  expect((await world.visit('/api/v1/accounts', { cookie: arno })).status).toBeGreaterThanOrEqual(401);
  expect((await world.visit('/settings/security', { cookie: arno })).html).toContain('until then the desk stays closed');
  expect((await world.visit('/agent', { cookie: session })).status).toBe(200);
  const { session: protectedNow } = await withAuthenticator('arno@stoa.test');
  expect((await world.visit('/agent', { cookie: protectedNow })).status).toBe(200);
  await world.visit('/admin/authentication', { cookie: session, form: { action: 'staff' } });
});

test('a stranger’s wrong passwords leave the browser open in which the owner was signed in', async () => {
  const mine = await signIn('cleo@stoa.test');
  const device = (await world.visit('/settings', { cookie: sessionIn(mine.headers) })).headers.getSetCookie().find((one) => one.startsWith('stoa_device='))!.split(';')[0]!;
  for (let i = 0; i < 5; i++) expect((await world.visit('/sign-in', { form: { email: 'cleo@stoa.test', password: 'wrong' } })).status).toBe(422);
  const stranger = await signIn('cleo@stoa.test');
  expect([stranger.status, stranger.html.includes('/sign-in/both')]).toEqual([429, true]);
  expect(Number(stranger.headers.get('retry-after'))).toBeGreaterThan(30);
  expect((await world.visit('/sign-in', { cookie: device, form: { email: 'cleo@stoa.test', password: PASSWORD } })).status).toBe(303);
  for (const forged of [`${device}x`, 'stoa_device=e30.x', device.replace('=', '=A')]) expect((await world.visit('/sign-in', { cookie: forged, form: { email: 'cleo@stoa.test', password: PASSWORD } })).status).toBe(429);
});

test('a sealed secret of another makes no authenticator here', async () => {
  const cookie = sessionIn((await signIn('ben@harbour.test')).headers);
  const seal = newAuthenticator(SECRET, 'usr_somebody_else');
  expect((await world.visit('/settings/security/authenticator', { cookie, form: { seal, code: codeNow(seal, 'usr_somebody_else') } })).status).toBe(422);
});

test('of twenty wrong passwords at once five are told at most; the others wait, or find the workspace busy', async () => {
  const tries = await Promise.all(Array.from({ length: 20 }, (_, i) => world.visit('/sign-in', { form: { email: 'lea@bloom.test', password: `wrong ${i}` }, headers: { 'x-forwarded-for': '198.51.100.7' } })));
  const told = (status: number) => tries.filter((answer) => answer.status === status).length;
  expect(told(422)).toBeLessThanOrEqual(5);
  expect(told(429)).toBeGreaterThan(0);
  expect(told(422) + told(429) + told(503)).toBe(20);
});
