import { afterAll, beforeAll, expect, test } from 'vitest';
import { stampOf } from '../../worker/platform/stamp.ts';
import { cookiesOf, drawn, edge } from '../support/edge.ts';
import { SECRET } from '../support/stoa.ts';
import { askedIn, patientWorkFor } from '../support/work.ts';

let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => void (world = await edge()));
afterAll(() => world?.close());

const password = 'a long enough sentence';
const answerTo = async (html: string) => {
  const { stamp, bits, once } = askedIn(html);
  return { once, proofStamp: stamp, proofWork: await patientWorkFor(stamp, bits) };
};
const linkTo = async (email: string) => new RegExp(`${world.url}(\\S*\\?key=\\S+)`).exec(String((await world.rows('select text from mails where to_address = ? order by id desc limit 1', [email]))[0]!['text']))![1]!;

/** Somebody who signed up just now, as their browser is known. */
async function newcomer(name: string): Promise<string> {
  const asked = await world.visit('/sign-up', { form: { name, email: `${name}@new.test`, password, once: drawn() } });
  const entered = await world.visit(await linkTo(`${name}@new.test`), { cookie: cookiesOf(asked), form: { x: '' } });
  const session = cookiesOf(entered);
  return [session, cookiesOf(await world.visit('/forum', { cookie: session }))].filter(Boolean).join('; ');
}

test('who signs up at once is asked; everything typed is kept, the password sealed; the work lets them on, with that password', async () => {
  const typed = { name: 'Rhea Quick', email: 'quick@far.test', password };
  const page = await world.visit('/el/sign-up', { form: { ...typed, once: drawn(-5) } });
  expect([page.status, page.html.includes('Ένα βήμα ακόμη'), page.html.includes('value="Rhea Quick"'), page.html.includes('value="quick@far.test"'), page.html.includes(password)]).toEqual([422, true, true, true, false]);
  const kept = /name="kept" value="([^"]+)"/.exec(page.html)![1]!;
  const answer = await answerTo(page.html);
  const stolen = await world.visit('/el/sign-up', { form: { name: 'Thief', email: 'thief@far.test', password: '', kept, once: drawn() } });
  expect([stolen.status, (await world.rows("select 1 from mails where to_address = 'thief@far.test'")).length]).toEqual([422, 0]);
  const sent = await world.visit('/el/sign-up', { form: { ...typed, password: '', kept, ...answer } });
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/el/sign-up?sent=1']);
  expect((await world.visit(await linkTo('quick@far.test'), { cookie: cookiesOf(sent), form: { x: '' } })).status).toBe(303);
  expect((await world.visit('/sign-in', { form: { email: 'quick@far.test', password } })).status).toBe(303);
});

test('a guest who fills in what nobody sees keeps text, choice and file, and passes by work', async () => {
  const body = new FormData();
  for (const [name, value] of Object.entries({ email: 'guest@far.test', subject: 'Qwerty zxcvb', body: 'Unheard of.', priority: 'high', homepage: 'https://spam.example', once: drawn() })) body.append(name, value);
  body.append('attachments', new File(['some text'], 'notes.txt', { type: 'text/plain' }));
  const answer = await fetch(`${world.url}/tickets/new`, { method: 'POST', headers: { origin: world.url }, body });
  const html = await answer.text();
  expect([answer.status, html.includes('Qwerty zxcvb'), html.includes('Unheard of.'), html.includes('notes.txt'), /value="high" selected/.test(html)]).toEqual([422, true, true, true, true]);
  const file = /name="attachments" value="(att_\w+)"/.exec(html)![1]!;
  const form = { email: 'guest@far.test', subject: 'Qwerty zxcvb', body: 'Unheard of.', priority: 'high', anyway: '1', attachments: file, ...(await answerTo(html)) };
  const sent = await world.visit('/tickets/new', { form });
  expect(sent.status).toBe(303);
  expect((await world.rows("select count(*) n from tickets where subject = 'Qwerty zxcvb'"))[0]!['n']).toBe(1);
  expect((await world.visit(sent.headers.get('location')!)).html).toContain('notes.txt');
});

test('from the tenth in an hour on a network is asked, by the form and by the API; forged and used stamps are asked again', async () => {
  const headers = { 'x-forwarded-for': '10.4.4.4' };
  const write = (email: string, more: Record<string, string>) => world.visit('/tickets/new', { headers, form: { email, subject: 'Many of us', body: `Hello from ${email}.`, anyway: '1', ...more } });
  for (let i = 0; i < 10; i++) expect((await write(`many${i}@near.test`, { once: drawn() })).status).toBe(303);
  const call = (more: Record<string, string> = {}) => fetch(`${world.url}/api/v1/tickets`, { method: 'POST', headers: { ...headers, origin: world.url, 'content-type': 'application/json', ...more }, body: JSON.stringify({ email: 'api@near.test', subject: 'By API', body: 'Hello.' }) });
  const over = await call();
  const { challenge } = (await over.json()) as { challenge: { kind: string; key: string; stamp: string; bits: number } };
  expect([over.status, over.headers.get('content-type'), challenge.kind]).toEqual([422, 'application/problem+json', 'work']);
  const work = await patientWorkFor(challenge.stamp, challenge.bits);
  const pass = { 'stoa-challenge': `${challenge.key} ${challenge.stamp} ${work}` };
  for (const wrong of [`${challenge.key} ${challenge.stamp}`, `${challenge.key} ${challenge.stamp.replace(/^\d+/, '1')} ${work}`, `${challenge.key}x ${challenge.stamp} ${work}`]) expect([wrong, (await call({ 'stoa-challenge': wrong })).status]).toEqual([wrong, 422]);
  expect((await call({ 'stoa-challenge': 'nothing' })).status).toBe(422);
  expect((await call(pass)).status).toBe(201);
  expect((await call(pass)).status).toBe(429);
  const asked = await write('ten@near.test', { once: drawn() });
  const good = await answerTo(asked.html);
  const forged = stampOf('a secret that is not ours, but as long', good.once, { bits: 1, since: Date.now() });
  for (const bad of [{ ...good, proofStamp: forged, proofWork: await patientWorkFor(forged, 1) }, { ...good, once: drawn() }, { ...good, proofWork: '' }]) expect([(await write('ten@near.test', bad)).status]).toEqual([422]);
  expect((await write('ten@near.test', good)).status).toBe(303);
  expect((await write('eleven@near.test', good)).status).toBe(429);
  const again = await write('eleven@near.test', { once: drawn() });
  const waited = { once: askedIn(again.html).once, proofStamp: stampOf(SECRET, askedIn(again.html).once, { bits: 18, since: Date.now() - 61_000 }) };
  expect((await write('eleven@near.test', waited)).status).toBe(303);
});

test('who is new and writes at once may show it, or let a moderator look; an admin asks a question of their own, and may switch all of it off', async () => {
  const [rhea, ada] = [await newcomer('rhea'), await world.signedIn('ada@stoa.test')];
  const at = '/forum/topics/2';
  const where = (await world.visit(at)).headers.get('location')!;
  const write = (body: string, more: Record<string, string>) => world.visit(where, { cookie: rhea, form: { action: 'reply', body, ...more } });
  const page = await write('Mine was the same.', { once: drawn(0) });
  expect([page.status, page.html.includes('Mine was the same.'), page.html.includes('Let a moderator look at it instead'), page.roundTrips]).toEqual([422, true, true, 2]);
  expect((await write('Mine was the same.', await answerTo(page.html))).headers.get('location')).toContain('#post-');
  const { once } = askedIn((await write('This one may wait.', { once: drawn(0) })).html);
  expect((await write('This one may wait.', { once, proofReview: '1' })).headers.get('location')).toBe('/forum/held?sent=1');
  const rules = { firstPosts: '0', fastSeconds: '3', twins: 'on', bursts: 'on', sensitivity: 'medium', memberLevel: '1', once: drawn() };
  expect((await world.visit('/admin/moderation', { cookie: ada, form: { ...rules, challenge: 'on', question: 'What are we called?' } })).html).toContain('Write at least one answer.');
  expect((await world.visit('/admin/moderation', { cookie: ada, form: { ...rules, challenge: 'on', question: 'What are we called?', answers: 'Stoa', once: drawn() } })).status).toBe(303);
  const asked = await write('Here is another.', { once: drawn(0) });
  const { once: form, stamp: proofStamp } = askedIn(asked.html);
  expect([asked.html.includes('What are we called?'), (await write('Here is another.', { once: form, proofStamp, proofAnswer: 'No idea' })).html.includes('This is not the answer.')]).toEqual([true, true]);
  expect((await write('Here is another.', { once: form, proofStamp, proofAnswer: 'stoa' })).headers.get('location')).toContain('#post-');
  expect((await world.visit('/admin/moderation', { cookie: ada, form: { ...rules, once: drawn() } })).status).toBe(303);
  expect((await write('One more, as before.', { once: drawn(0) })).headers.get('location')).toBe('/forum/held?sent=1');
  expect((await world.visit('/sign-up', { form: { name: 'New', email: 'last@far.test', password, once: drawn(-5) } })).html).toContain('That was very quick.');
});

const codeFor = async (email: string) => /^\d{6}$/m.exec(String((await world.rows('select text from mails where to_address = ? order by id desc limit 1', [email]))[0]!['text']))![0];
const again = (html: string) => {
  const { once, stamp } = askedIn(html);
  return { once, proofStamp: stamp };
};

test('without a script a code by mail lets on who signs up; everything typed is kept, and a wrong code and a known address say nothing else', async () => {
  await world.rows(`insert into settings (key, value) values ('moderation_rules', '{}') on conflict (key) do update set value = '{}'`);
  const typed = { name: 'Letty Reader', email: 'letty@post.test', password };
  const first = await world.visit('/sign-up', { form: { ...typed, once: drawn(-5) } });
  expect([first.html.includes('Send me a code by mail instead'), first.html.includes('proofCode')]).toEqual([true, false]);
  const from = (html: string) => ({ ...typed, password: '', kept: /name="kept" value="([^"]+)"/.exec(html)![1]!, ...again(html) });
  const sent = await world.visit('/sign-up', { form: { ...from(first.html), proofMail: '1' } });
  expect([sent.status, sent.html.includes('A letter with a code is on its way'), sent.html.includes('value="Letty Reader"'), /name="kept" value="[^"]+"/.test(sent.html), sent.html.includes(password)]).toEqual([422, true, true, true, false]);
  const code = await codeFor('letty@post.test');
  const answer = { ...from(sent.html), proofMailed: '1' };
  const wrong = await world.visit('/sign-up', { form: { ...answer, proofCode: code === '000000' ? '000001' : '000000' } });
  expect([wrong.status, wrong.html.includes('This is not the code, or it is too old.'), wrong.html.includes('name="proofCode"')]).toEqual([422, true, true]);
  expect((await world.visit('/sign-up', { form: { ...answer, email: 'other@post.test', proofCode: code } })).status).toBe(422);
  const right = { ...from(wrong.html), proofMailed: '1', proofCode: code };
  expect((await world.visit('/sign-up', { form: right })).headers.get('location')).toBe('/sign-up?sent=1');
  expect((await world.rows("select count(*) n from mails where to_address = 'letty@post.test' and purpose = 'verify'"))[0]!['n']).toBe(1);
  expect((await world.visit('/sign-up', { form: { ...answer, name: 'Again', proofCode: code } })).status).toBe(429);
  expect((await world.rows("select count(*) n from mails where to_address = 'letty@post.test' and purpose = 'proof'"))[0]!['n']).toBe(1);
  const known = await world.visit('/sign-up', { form: { ...typed, email: 'chris@acme.test', once: drawn(-5) } });
  const told = await world.visit('/sign-up', { form: { ...from(known.html), email: 'chris@acme.test', proofMail: '1' } });
  const bare = (html: string) => html.replace(/value="[^"]*"|data-stamp="[^"]*"|wait \d+ seconds?/g, '');
  expect(bare(told.html)).toBe(bare(sent.html));
});

test('the same for a guest’s ticket, and for a reply of somebody new, to their own address', async () => {
  await world.rows("insert into screens (id, kind, pattern, action, created_at) values ('scr_post', 'mail', '*@post.test', 'hold', 0)");
  const guest = { email: 'post@post.test', subject: 'By letter', body: 'Words of a guest.', anyway: '1' };
  const asked = await world.visit('/tickets/new', { form: { ...guest, once: drawn() } });
  const sent = await world.visit('/tickets/new', { form: { ...guest, ...again(asked.html), proofMail: '1' } });
  expect([sent.html.includes('Words of a guest.'), sent.html.includes('Code from our letter')]).toEqual([true, true]);
  expect((await world.visit('/tickets/new', { form: { ...guest, ...again(sent.html), proofCode: await codeFor('post@post.test') } })).status).toBe(303);
  const nora = await newcomer('nora');
  const where = (await world.visit('/forum/topics/2')).headers.get('location')!;
  const write = (more: Record<string, string>) => world.visit(where, { cookie: nora, form: { action: 'reply', body: 'Words of Nora.', ...more } });
  const page = await write({ once: drawn(0) });
  const mailed = await write({ ...again(page.html), proofMail: '1' });
  expect([mailed.status, mailed.html.includes('Words of Nora.'), mailed.html.includes('Code from our letter')]).toEqual([422, true, true]);
  expect((await write({ ...again(mailed.html), proofCode: await codeFor('nora@new.test') })).headers.get('location')).toContain('#post-');
});
