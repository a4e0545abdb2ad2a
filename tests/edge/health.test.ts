import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const plain = (html: string) => html.replace(/<(style|script)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test('the clock looks again at an account to which something happened, and says why its score is limited', async () => {
  const [agnes, cleo, chris] = [await world.signedIn('agnes@stoa.test'), await world.signedIn('cleo@stoa.test'), await world.signedIn('chris@acme.test')];
  const at = /href="(\/csm\/accounts\/\w+)"[^>]*>Lumen/.exec((await world.visit('/csm', { cookie: cleo })).html)![1]!;
  expect(plain((await world.visit(at, { cookie: cleo })).html)).not.toContain('the score stays at 60 or below');
  await world.visit('/agent/tickets/4', { cookie: agnes, form: { action: 'change', priority: 'urgent', status: 'open', once: crypto.randomUUID() } });
  await world.worker.tick('* * * * *');
  const { html } = await world.visit(at, { cookie: cleo });
  expect(plain(html)).toMatch(/Ticket 4 is urgent and open for \d+ days: the score stays at 60 or below/);
  expect((await world.visit(at, { cookie: chris })).status).toBe(404);
});

test('what is typed wrong is kept, with a sentence beside its field, in the language of who works here', async () => {
  await world.rows("update users set locale = 'el' where email = 'ada@stoa.test'");
  const [cleo, ada] = [await world.signedIn('cleo@stoa.test'), await world.signedIn('ada@stoa.test')];
  const at = /href="(\/csm\/accounts\/\w+)"[^>]*>Lumen/.exec((await world.visit('/csm', { cookie: cleo })).html)![1]!;
  const wrong = await world.visit(at, { cookie: cleo, form: { action: 'override', kind: 'cap', points: '140', reason: 'They told me so.', until: '2027-01-01' } });
  expect([wrong.status, wrong.html.includes('value="140"'), wrong.html.includes('id="points-issue"')]).toEqual([422, true, true]);
  const form = Object.fromEntries([...(await world.visit('/admin/health', { cookie: ada })).html.matchAll(/<input [^>]*name="((?:group|measure)-\w+)"[^>]*value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]));
  expect(Object.keys(form)).toHaveLength(16);
  const refused = await world.visit('/admin/health', { cookie: ada, form: { ...form, 'group-support': 'πολύ' } });
  expect([refused.status, refused.html.includes('value="πολύ"'), refused.html.includes('Γράψτε έναν αριθμό από 0 έως 1.000.')]).toEqual([422, true, true]);
});
