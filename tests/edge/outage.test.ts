import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const TOPIC = '/forum/topics/1/double-bookings-on-the-sunday-the-clocks-changed';
const KEPT = ['/', '/el/forum', '/forum/calendars', TOPIC, '/forum/feed.xml'];
const cacheOf = ({ headers }: { headers: Headers }) => /cache;desc=(\w+)/.exec(headers.get('server-timing') ?? '')?.[1];
/** Seconds for which an answer is as good as new, and one more. */
const OLD = 61;

test('while the database does not answer visitors read what was kept, however old within the hour; what is nobody’s, or for one person, says that it is not there', { timeout: 180_000 }, async () => {
  const cookie = await world.signedIn('chris@acme.test');
  const before = new Map<string, string>();
  for (const path of KEPT) before.set(path, (await world.visit(path)).html);
  await new Promise((resolve) => setTimeout(resolve, OLD * 1_000));
  await world.database.stop();
  for (const path of KEPT) {
    const page = await world.visit(path);
    expect([path, page.status, cacheOf(page), Number(page.headers.get('age')) >= OLD - 1]).toEqual([path, 200, 'hit', true]);
    expect(page.html).toBe(before.get(path));
  }
  for (const [path, options] of [['/forum/billing', {}], ['/tags/sms', {}], [TOPIC, { cookie }], ['/search?q=sms', {}], ['/sign-in', { form: { email: 'chris@acme.test', password: 'stoa-demo-password' } }]] as const) {
    const page = await world.visit(path, options);
    expect([path, page.status, page.headers.get('retry-after') !== null]).toEqual([path, 503, true]);
    expect(page.html).toContain('Try again in a moment; what you typed is kept');
    expect(page.html).not.toContain('database');
  }
});
