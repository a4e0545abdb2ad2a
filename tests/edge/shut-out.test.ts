import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookiesOf, drawn, edge, type Visit } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const EMAIL = 'dora@acme.test';
async function letter() {
  const text = String((await world.rows('select text from mails where to_address = ? order by id desc limit 1', [EMAIL]))[0]!['text']);
  return { link: new RegExp(`${world.url}(\\S*\\?key=\\S+)`).exec(text)?.[1] ?? '', code: /^\d{6}$/m.exec(text)?.[0] ?? '' };
}

/** Of somebody who is suspended: why, until when, and a page that opens without a session. */
async function saysWhy(page: Visit, sentence: RegExp) {
  expect([page.status >= 400, sentence.exec(page.html)?.[0], page.html.includes('Stop advertising here.')]).toEqual([true, expect.any(String), true]);
  const link = /href="([^"]*\/statements\/[^"]+)"/.exec(page.html)![1]!.replaceAll('&amp;', '&');
  const decision = await world.visit(link);
  expect([decision.status, decision.html.includes('Stop advertising here.'), decision.html.includes('name="words"')]).toEqual([200, true, true]);
}

test('who is suspended reads why, until when and how to appeal, whichever way they come in, once they showed who they are', async () => {
  const ada = await world.signedIn('ada@stoa.test');
  const [dora] = await world.rows('select handle from users where email = ?', [EMAIL]);
  const asked = await world.visit('/sign-in/code', { form: { action: 'ask', email: EMAIL } });
  const { link, code } = await letter();
  await world.rows('update mails set created_at = created_at - 200000');
  await world.visit('/sign-in/forgot', { form: { email: EMAIL } });
  const reset = (await letter()).link;
  const done = await world.visit(`/moderation/people/${dora!['handle']}`, { cookie: ada, form: { action: 'suspend', code: 'spam', words: 'Stop advertising here.', days: '7', once: drawn() } });
  expect(done.status).toBe(303);
  const until = /This account is suspended until [^<]*20\d\d/;
  await saysWhy(await world.visit('/sign-in', { form: { email: EMAIL, password: 'stoa-demo-password' } }), until);
  const jar = cookiesOf(asked);
  const wrong = await world.visit('/sign-in/code?sent=1', { cookie: jar, form: { action: 'enter', code: code === '000000' ? '000001' : '000000' } });
  expect([wrong.status, wrong.html.includes('Stop advertising')]).toEqual([422, false]);
  await saysWhy(await world.visit('/sign-in/code?sent=1', { cookie: jar, form: { action: 'enter', code } }), until);
  await saysWhy(await world.visit(`/el${link}`, { cookie: jar, form: { x: '' } }), /Αυτός ο λογαριασμός έχει ανασταλεί ως τις [^<]*20\d\d/);
  await saysWhy(await world.visit(reset, { form: { password: 'a wholly new sentence' } }), until);
  expect((await world.rows('select count(*) n from sessions s join users u on u.id = s.user_id where u.email = ?', [EMAIL]))[0]!['n']).toBe(0);
});
