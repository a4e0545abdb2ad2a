import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
let [agnes, chris, nikos]: string[] = [];
beforeAll(async () => {
  world = await edge();
  [agnes, chris, nikos] = [await world.signedIn('agnes@stoa.test'), await world.signedIn('chris@acme.test'), await world.signedIn('nikos@olive.test')];
});
afterAll(() => world?.close());

/** Sends a form with files, as a browser does. */
async function send(path: string, cookie: string, fields: Record<string, string>, files: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ once: crypto.randomUUID(), ...fields })) form.append(name.replace(/#\d$/, ''), value);
  for (const [name, words] of Object.entries(files)) form.append('attachments', new File([words], name, { type: 'text/plain' }));
  const answer = await fetch(world.url + path, { method: 'POST', redirect: 'manual', headers: { cookie, origin: world.url }, body: form });
  return { status: answer.status, location: answer.headers.get('location') ?? '', html: await answer.text() };
}

const asks = async (subject: string) => Number(/\/tickets\/(\d+)/.exec((await send('/tickets/new', chris!, { subject, body: 'Words.', anyway: '1' })).location)![1]);
const fileIn = (html: string) => /href="(\/files\/att_[0-9a-f]{32}\/[^"?]+)/.exec(html)?.[1];
const fetched = async (path: string, cookie = '') => {
  const { status, html } = await world.visit(path, { cookie });
  return status === 200 ? html : status;
};

let macro = '';
let original = '';
test('an agent attaches a file to a macro, once, on a page without a script', async () => {
  const made = await send('/agent/macros/new', agnes!, { action: 'keep', name: 'The manual', en: 'Here is the manual, {{requester.first_name}}. It is {{ticket.status}}.', status: 'on_hold' }, { 'manual.txt': 'Turn it off and on.' });
  expect([made.status, made.location]).toEqual([303, '/agent/macros?done=saved']);
  const list = await world.visit('/agent/macros', { cookie: agnes! });
  macro = /\/agent\/macros\/(mac_\w+)">The manual/.exec(list.html)![1]!;
  expect([list.roundTrips, list.html.includes('1 file')]).toEqual([1, true]);
  const page = await world.visit(`/agent/macros/${macro}`, { cookie: agnes! });
  original = fileIn(page.html)!;
  expect([page.roundTrips, await fetched(original, agnes!)]).toEqual([1, 'Turn it off and on.']);
  expect([await fetched(original, chris!), await fetched(original)]).toEqual([404, 404]);
});

test('filled in and sent, the answer carries a copy, for who reads it and nobody else; the form sent twice is one answer', async () => {
  const number = await asks('How do I stop it');
  const at = `/agent/tickets/${number}`;
  const filled = await world.visit(`${at}?macro=${macro}`, { cookie: agnes! });
  const id = /name="macro-files" value="(att_\w+)" checked/.exec(filled.html)![1]!;
  expect([filled.roundTrips, filled.html.includes('Here is the manual, Chris. It is On hold.')]).toEqual([1, true]);
  const fields = { action: 'reply', visibility: 'public', status: 'on_hold', macro, 'macro-files': id, body: 'Here is the manual.', once: crypto.randomUUID() };
  const [first, second] = [await send(`${at}?macro=${macro}`, agnes!, fields), await send(`${at}?macro=${macro}`, agnes!, fields)];
  expect([first.status, second.location]).toEqual([303, first.location]);
  const page = await world.visit(`/tickets/${number}`, { cookie: chris! });
  const copy = fileIn(page.html)!;
  expect([page.html.split('manual.txt</').length - 1, copy === original]).toEqual([1, false]);
  expect([await fetched(copy, chris!), await fetched(copy, nikos!), await fetched(original, chris!)]).toEqual(['Turn it off and on.', 404, 404]);
});

test('refused, the copies stay with what was written, and are not there twice; in a note they are for staff', async () => {
  const number = await asks('A note with a file');
  const at = `/agent/tickets/${number}?macro=${macro}`;
  const id = /name="macro-files" value="(att_\w+)" checked/.exec((await world.visit(at, { cookie: agnes! })).html)![1]!;
  const refused = await send(at, agnes!, { action: 'reply', visibility: 'internal', macro, 'macro-files': id, body: '' });
  const kept = /name="attachments" value="(att_\w+)" checked/.exec(refused.html)![1]!;
  expect([refused.status, refused.html.includes('name="macro-files"')]).toEqual([422, false]);
  expect((await send(at, agnes!, { action: 'reply', visibility: 'internal', macro, attachments: kept, body: 'Between us.' })).status).toBe(303);
  const noted = fileIn((await world.visit(`/agent/tickets/${number}`, { cookie: agnes! })).html)!;
  expect([await fetched(noted, agnes!), await fetched(noted, chris!)]).toEqual(['Turn it off and on.', 404]);
});

test('what the macro loses stays in the answers that were sent', async () => {
  const number = await asks('Before it is gone');
  const id = /name="macro-files" value="(att_\w+)" checked/.exec((await world.visit(`/agent/tickets/${number}?macro=${macro}`, { cookie: agnes! })).html)![1]!;
  await send(`/agent/tickets/${number}`, agnes!, { action: 'reply', visibility: 'public', macro, 'macro-files': id, body: 'Here.' });
  const copy = fileIn((await world.visit(`/tickets/${number}`, { cookie: chris! })).html)!;
  expect((await send(`/agent/macros/${macro}`, agnes!, { action: 'keep', name: 'The manual', en: 'No more.', 'stay[]': '' })).status).toBe(303);
  await world.worker.tick('* * * * *');
  await expect.poll(() => fetched(original, agnes!)).toBe(404);
  expect(await fetched(copy, chris!)).toBe('Turn it off and on.');
  const late = await send(`/agent/tickets/${number}`, agnes!, { action: 'reply', visibility: 'public', macro, 'macro-files': id, body: 'Again.' });
  expect([late.status, late.html.includes('A file of this macro is no longer there.')]).toEqual([422, true]);
});

test('many are answered at once: what the first reads is shown before, and each says what came of it', async () => {
  const numbers = [await asks('One of many'), await asks('Another of many')];
  const made = await send('/agent/macros/new', agnes!, { action: 'keep', name: 'To many', en: 'Dear {{requester.first_name}}, {{ticket.number}} is done.' });
  expect(made.status).toBe(303);
  const id = /\/agent\/macros\/(mac_\w+)">To many/.exec((await world.visit('/agent/macros', { cookie: agnes! })).html)![1]!;
  const chosen = `/agent/bulk?condition=${encodeURIComponent('{"match":"all","groups":[{"match":"all","rows":[{"field":"state","is":"is","values":["open"]}]}]}')}${numbers.map((one) => `&ticket=${one}`).join('')}`;
  const filled = await world.visit(`${chosen}&macro=${id}&fill=yes`, { cookie: agnes! });
  expect([filled.roundTrips, /name="says" value="mac_\w+" checked/.test(filled.html)]).toEqual([1, true]);
  const look = await world.visit(`${chosen}&says=${id}&status=solved`, { cookie: agnes! });
  expect([look.roundTrips, look.html.includes(`Dear Chris, ${numbers[0]} is done.`), look.html.includes(`What Chris Park reads in ticket ${numbers[0]}`) || look.html.includes('reads in ticket'), look.html.includes('2 of them change.')]).toEqual([1, true, true, true]);
  const hidden = Object.fromEntries([...look.html.slice(look.html.lastIndexOf('<form method="post"')).matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].filter(([, name]) => name !== 'ticket[]').map(([, name, value]) => [name!, value!.replaceAll('&quot;', '"').replaceAll('&#34;', '"')]));
  const started = await send('/agent/bulk', agnes!, { ...hidden, 'ticket[]#1': String(numbers[0]), 'ticket[]#2': String(numbers[1]) });
  expect([started.status, started.location]).toEqual([303, expect.stringMatching(/^\/agent\/bulk\/blk_/)]);
  const run = await world.visit(started.location, { cookie: agnes! });
  expect([run.roundTrips, run.html.split('<td>Written</td>').length - 1, run.html.includes('Sends: To many')]).toEqual([1, 2, true]);
  await world.worker.tick('* * * * *');
  for (const number of numbers) expect((await world.visit(`/tickets/${number}`, { cookie: chris! })).html).toContain(`Dear Chris, ${number} is done.`);
});
