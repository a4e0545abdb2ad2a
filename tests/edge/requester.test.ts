import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashOf } from '../../worker/platform/signature.ts';
import { guestLink, mailedLink, ratingLink } from '../../worker/tickets/link.ts';
import { drawn, edge } from '../support/edge.ts';
import { listeningAt } from '../support/lines.ts';
import { SECRET } from '../support/stoa.ts';

let world: Awaited<ReturnType<typeof edge>>;
let [agnes, chris, nikos]: string[] = [];
beforeAll(async () => {
  world = await edge();
  [agnes, chris, nikos] = await Promise.all(['agnes@stoa.test', 'chris@acme.test', 'nikos@olive.test'].map((email) => world.signedIn(email)));
});
afterAll(() => world?.close());

/** A ticket of Chris; its number. */
async function asks(subject: string): Promise<number> {
  const { headers } = await world.visit('/tickets/new', { cookie: chris!, form: { subject, body: 'Exports stop, okapi.', anyway: '1', once: drawn() } });
  return Number(/\d+/.exec(headers.get('location')!)![0]);
}

const desk = (number: number) => world.visit(`/agent/tickets/${number}`, { cookie: agnes! });
const give = (number: number, form: Record<string, string>) => world.visit(`/agent/tickets/${number}`, { cookie: agnes!, form: { action: 'requester', ...form } });
const revisionIn = (html: string) => /name="revision" value="(\d+)"/.exec(html)![1]!;

/** The part of the desk's page that says who asks. */
const asker = (html: string) => /<section[^>]*aria-label="(?:Requester|Αιτών)"[\s\S]*?<\/section>/.exec(html)![0];

test('an agent says on the ticket’s page, without a script, who asks it; the other finds it nowhere and is shown out of the page that is open', async () => {
  const number = await asks('For somebody else');
  const open = await listeningAt(world.url)(`/tickets/${number}/live?seen=1`, chris!);
  const page = await desk(number);
  expect(asker(page.html)).toContain('Keep Chris Doyle copied');
  const revision = revisionIn(page.html);
  const refused = await give(number, { requester: 'arno@stoa.test', name: 'A Name', keep: 'on', revision });
  expect(refused.status).toBe(422);
  expect(asker(refused.html)).toMatch(/<details open[\s\S]*value="arno@stoa\.test"[\s\S]*id="requester-issue">They work here\. A ticket of a customer is never theirs\.[\s\S]*value="A Name"[\s\S]*name="keep"[^>]*checked/);
  const sent = await give(number, { requester: 'Nikos@olive.test', revision });
  expect([sent.status, sent.headers.get('location')]).toEqual([303, `/agent/tickets/${number}?saved=1#content`]);
  await open.isShownOut();
  const late = await give(number, { requester: 'dora@acme.test', revision });
  expect([late.status, late.html.includes('value="dora@acme.test"')]).toEqual([409, true]);
  const after = await desk(number);
  expect(asker(after.html)).toMatch(/Νίκος Ελαιώνας[\s\S]*nikos@olive\.test/);
  expect([after.roundTrips, /requester: Chris Doyle → Νίκος Ελαιώνας</.test(after.html)]).toEqual([1, true]);
  expect((await world.visit(`/tickets/${number}`, { cookie: nikos! })).html).toContain('okapi');
  const lost = await Promise.all([`/tickets/${number}`, '/tickets', '/tickets?q=okapi', `/tickets/${number}/rating`, '/search?q=okapi', '/notifications'].map((path) => world.visit(path, { cookie: chris! })));
  expect(lost.map(({ status, html }) => [status, html.includes('For somebody else')])).toEqual([[404, false], [200, false], [200, false], [404, false], [200, false], [200, false]]);
});

test('what a guest’s link opened it opens no more, its files neither; the letter to somebody new has one that does', async () => {
  const body = new FormData();
  for (const [name, value] of Object.entries({ email: 'private@far.test', subject: 'From a private address', body: 'Okapi.', anyway: '1', once: drawn() })) body.append(name, value);
  body.append('attachments', new File(['words of a log'], 'log.txt', { type: 'text/plain' }));
  const opened = await fetch(`${world.url}/tickets/new`, { method: 'POST', redirect: 'manual', headers: { origin: world.url }, body });
  const link = opened.headers.get('location')!;
  const number = Number(/\d+/.exec(link)![0]);
  const first = await world.visit(link);
  const file = /"(\/files\/[^"]+)"/.exec(first.html)![1]!.replaceAll('&#38;', '&').replaceAll('&amp;', '&');
  expect([first.status, first.roundTrips, first.html.includes('Okapi.'), (await world.visit(file)).status]).toEqual([200, 1, true, 200]);
  const before = await desk(number);
  expect(asker(before.html)).toContain('Opened without signing in.');
  expect((await give(number, { requester: 'maria@work.test', name: 'Maria Kosta', locale: 'el', revision: revisionIn(before.html) })).status).toBe(303);
  expect(asker((await desk(number)).html)).not.toContain('Opened without signing in.');
  await world.visit(`/agent/tickets/${number}`, { cookie: agnes!, form: { action: 'reply', body: 'Try this.', visibility: 'public', status: 'solved' } });
  for (const address of [link, `/el${link}`, ratingLink(SECRET, number), mailedLink(SECRET, number), guestLink(SECRET, number, 2), `${link}.1`]) {
    for (const cookie of [undefined, chris!]) {
      const { status, html } = await world.visit(address, cookie ? { cookie } : {});
      expect([address, [303, 404].includes(status), html.includes('kapi')]).toEqual([address, true, false]);
    }
  }
  expect((await world.visit(file)).status).toBe(404);
  const door = (await world.visit(link)).headers.get('location')!;
  const greekDoor = (await world.visit(`/el${ratingLink(SECRET, number)}`)).headers.get('location')!;
  const none = (await world.visit('/tickets/999999?key=garbled')).headers.get('location')!;
  const said = async (at: string) => /<div class="message stack" role="status"[^>]*>[\s\S]*?<\/div>/.exec((await world.visit(at)).html)?.[0];
  expect(await said(door)).toMatch(new RegExp(`This link opens no ticket\\.[\\s\\S]*href="/sign-in/code\\?next=%2Ftickets%2F${number}"`));
  expect(await said(greekDoor)).toMatch(new RegExp(`Αυτός ο σύνδεσμος[\\s\\S]*next=%2Fel%2Ftickets%2F${number}%2Frating"`));
  expect(await said(none)).toBe((await said(door))!.replace(String(number), '999999'));
  expect([await said('/sign-in'), await said((await world.visit(`/tickets/${number}`)).headers.get('location')!), await said('/sign-in?next=/tickets%3Fkey=x')]).toEqual([undefined, undefined, undefined]);
  expect((await world.visit(link, { form: { action: 'reply', body: 'By the old link.', once: drawn() } })).status).not.toBe(200);
  await world.rows('update notifications set created_at = created_at - 60000');
  await world.worker.tick('* * * * *');
  const [letter] = await world.rows('select text, locale from mails where to_address = ?', ['maria@work.test']);
  const address = new RegExp(`(/el/tickets/${number}\\?key=\\S+)`).exec(String(letter!['text']))![1]!;
  const page = await world.visit(address);
  expect([page.status, page.roundTrips, page.html.includes('Okapi.'), page.html.includes('Try this.')]).toEqual([200, 1, true, true]);
  const newFile = /"(\/files\/[^"]+)"/.exec(page.html)![1]!.replaceAll('&#38;', '&').replaceAll('&amp;', '&');
  expect((await world.visit(newFile)).status).toBe(200);
  const answer = await world.visit(address, { form: { action: 'reply', body: 'By the new link.', once: drawn() } });
  expect([answer.status, answer.headers.get('location')!.startsWith(`${address}#`)]).toEqual([303, true]);
  const rating = address.replace(`/${number}?`, `/${number}/rating?`);
  expect((await world.visit(rating)).status).toBe(200);
  expect(await world.rows("select count(*) as n from mails where to_address = 'private@far.test' and text like '%Try this%'")).toMatchObject([{ n: 0 }]);
});

test('where it was rated already, the next finds no form that would be refused, but where to write; solved anew, they rate it', async () => {
  const number = await asks('Rated before');
  const reply = (cookie: string, at: string, more: Record<string, string> = {}) => world.visit(at, { cookie, form: { action: 'reply', body: 'Words.', once: drawn(), ...more } });
  const solve = () => reply(agnes!, `/agent/tickets/${number}`, { visibility: 'public', status: 'solved' });
  await solve();
  await world.visit(`/tickets/${number}/rating`, { cookie: chris!, form: { score: '2', comment: 'A week, quagga.', once: drawn() } });
  await give(number, { requester: 'nikos@olive.test', revision: revisionIn((await desk(number)).html) });
  const [ticket, rating] = [await world.visit(`/tickets/${number}`, { cookie: nikos! }), await world.visit(`/el/tickets/${number}/rating?score=5`, { cookie: nikos! })];
  expect(ticket.html).toMatch(/id="rating"[\s\S]*Each solution is rated once\. Is something still missing\?/);
  expect([ticket.html.includes('/rating?score='), ticket.roundTrips, ticket.html.includes('quagga')]).toEqual([false, 1, false]);
  expect(rating.html).toMatch(new RegExp(`Κάθε λύση αξιολογείται μία φορά\\.[\\s\\S]*href="/el/tickets/${number}#body"`));
  expect([rating.status, rating.html.includes('name="score"'), rating.roundTrips, rating.html.includes('quagga')]).toEqual([200, false, 1, false]);
  const late = await world.visit(`/tickets/${number}/rating`, { cookie: nikos!, form: { score: '5', once: drawn() } });
  expect([late.status, late.html.includes('Each solution is rated once.'), late.html.includes('name="score"')]).toEqual([409, true, false]);
  await reply(nikos!, `/tickets/${number}`);
  await solve();
  expect((await world.visit(`/tickets/${number}`, { cookie: nikos! })).html).toContain('/rating?score=5');
  expect((await world.visit(`/tickets/${number}/rating`, { cookie: nikos!, form: { score: '5', once: drawn() } })).status).toBe(303);
});

test('a closed ticket and one among staff have no such form, nor does who only writes notes', async () => {
  const number = await asks('To be closed');
  await world.visit(`/agent/tickets/${number}`, { cookie: agnes!, form: { action: 'change', status: 'closed' } });
  const inner = (await world.visit('/agent/tickets/new', { cookie: agnes!, form: { action: 'internal', subject: 'Inner', body: 'Words', once: drawn() } })).headers.get('location')!;
  const shown = async (path: string, cookie: string) => asker((await world.visit(path, { cookie })).html).includes('value="requester"');
  expect([await shown(`/agent/tickets/${await asks('Open')}`, agnes!), await shown(`/agent/tickets/${number}`, agnes!), await shown(inner, agnes!)]).toEqual([true, false, false]);
  await world.rows("update users set role = 'light_agent' where email = 'arno@stoa.test'");
  expect(await shown(`/agent/tickets/${await asks('Still open')}`, await world.signedIn('arno@stoa.test'))).toBe(false);
  await world.rows("update users set role = 'agent' where email = 'arno@stoa.test'");
});

test('a program says it by `requester`; the page says it in Greek', async () => {
  const number = await asks('By a program');
  const token = `stoa_${hashOf('requester').slice(0, 32)}`;
  await world.rows("insert into tokens (id, hash, user_id, name, scope, created_at) select 'tok_requester', ?, id, 'Phone', 'write', 0 from users where email = 'agnes@stoa.test'", [hashOf(token)]);
  const call = async (body: object) => {
    const answer = await fetch(`${world.url}/api/v1/tickets/${number}/requester`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as { requester?: { handle: string }; errors?: object } };
  };
  expect(await call({ requester: 'dora@acme.test', keep: true })).toMatchObject({ status: 200, body: { requester: { name: expect.stringContaining('Dora') } } });
  expect((await call({ requester: 'nobody' })).status).toBe(422);
  expect((await call({ requester: 'chris@acme.test', revision: 1 })).status).toBe(409);
  expect((await world.visit(`/tickets/${number}`, { cookie: chris! })).html).toContain('okapi');
  await world.rows("update users set locale = 'el' where email = 'agnes@stoa.test'");
  const greek = await world.visit(`/agent/tickets/${number}`, { cookie: await world.signedIn('agnes@stoa.test') });
  expect([asker(greek.html).includes('Αλλαγή αιτούντα'), greek.html.includes('κοινοποιείται στο εξής: ναι')]).toEqual([true, true]);
  await world.rows("update users set locale = 'en' where email = 'agnes@stoa.test'");
});

test('properties that are saved too late are shown as they are now, but for what was touched, with who changed what; saving them again undoes nothing', async () => {
  const number = await asks('Changed by two');
  const at = `/agent/tickets/${number}`;
  const shown = (html: string) => ({
    status: /id="status"[\s\S]*?value="([^"]*)" selected/.exec(html)?.[1],
    priority: /id="priority"[\s\S]*?value="([^"]*)" selected/.exec(html)?.[1],
    tags: /id="tags"[^>]*value="([^"]*)"/.exec(html)?.[1] ?? '',
  });
  /** What the form would send, whose priority somebody chose. */
  const filled = (html: string, priority: string) => ({ action: 'change', ...Object.fromEntries([...html.matchAll(/type="hidden" name="(revision|was-\w+)" value(?:="([^"]*)")?/g)].map(([, name, value]) => [name!, value ?? ''])), ...shown(html), assignee: '', priority }) as Record<string, string>;
  const drawnForm = filled((await desk(number)).html, 'urgent');
  const arno = await world.signedIn('arno@stoa.test');
  expect((await world.visit(at, { cookie: arno, form: { action: 'change', status: 'open', tags: 'escalated' } })).status).toBe(303);
  const refused = await world.visit(at, { cookie: agnes!, form: drawnForm });
  expect([refused.status, shown(refused.html)]).toEqual([409, { status: 'open', priority: 'urgent', tags: 'escalated' }]);
  expect(refused.html).toMatch(/href="#status">Arno Vidal, status: New → Open<[\s\S]*href="#tags">Arno Vidal, tags: nothing → escalated</);
  expect((await world.visit(at, { cookie: agnes!, form: filled(refused.html, 'urgent') })).status).toBe(303);
  expect(shown((await desk(number)).html)).toEqual({ status: 'open', priority: 'urgent', tags: 'escalated' });
});
