import { afterAll, beforeAll, expect, test } from 'vitest';
import { edge } from '../support/edge.ts';

let world: Awaited<ReturnType<typeof edge>>;
let ada: string;
let chris: string;
let form: string;
beforeAll(async () => {
  world = await edge();
  [ada, chris] = [await world.signedIn('ada@stoa.test'), await world.signedIn('chris@acme.test')];
});
afterAll(() => world?.close());

const once = () => crypto.randomUUID();
const placeOf = (visit: { headers: Headers }) => visit.headers.get('location') ?? '';

test('an admin makes a form and its questions without a script', async () => {
  const made = await world.visit('/admin/forms/new', { cookie: ada, form: { action: 'save', nameEn: 'A fault', nameEl: 'Μια βλάβη', descriptionEn: 'Something does not work.', isActive: 'on' } });
  expect([made.status, placeOf(made)]).toEqual([303, expect.stringMatching(/^\/admin\/forms\/frm_/)]);
  form = /frm_\w+/.exec(placeOf(made))![0];
  const at = `/admin/forms/${form}`;
  const fields: Record<string, string>[] = [{ key: 'product', kind: 'choice', labelEn: 'Which product', choices: 'cloud | In the cloud\nlocal | On your machines' }, { key: 'region', kind: 'text', labelEn: 'Which region' }, { key: 'parts', kind: 'multi', labelEn: 'Which parts', choices: 'web\nmail' }, { key: 'cause', kind: 'text', labelEn: 'Hidden cause' }];
  for (const field of fields)
    expect((await world.visit('/admin/forms/fields/new', { cookie: ada, form: { action: 'save', ...field } })).status).toBe(303);
  const { html } = await world.visit(at, { cookie: ada });
  const id = (label: string) => new RegExp(`value="(fld_\\w+)"[^>]*>${label}`).exec(html)![1]!;
  const [product, region, parts, cause] = ['Which product', 'Which region', 'Which parts', 'Hidden cause'].map(id);
  const seen = { action: 'place', isVisible: 'on', isEditable: 'on' };
  const places: Record<string, string>[] = [{ ...seen, field: product!, position: '1', toSubmit: 'on' }, { ...seen, field: region!, position: '2', toSubmit: 'on', when: `${product}:cloud` }, { ...seen, field: parts!, position: '3' }, { action: 'place', field: cause!, position: '4', toSolve: 'on' }];
  for (const place of places)
    expect((await world.visit(at, { cookie: ada, form: place })).status).toBe(303);
  const refused = await world.visit(at, { cookie: ada, form: { ...seen, field: product!, position: '9' } });
  expect([refused.status, refused.html.includes('has to come after it.')]).toEqual([422, true]);
  const shown = await world.visit(at, { cookie: ada });
  expect(shown.html).toContain('Only after “Which product”: In the cloud');
});

test('questions appear when they fit; what was typed stays; errors stand beside their field', async () => {
  const start = await world.visit('/tickets/new', { cookie: chris });
  expect([start.html.includes(`name="choose" value="${form}"`), start.html.includes('Which product')]).toEqual([true, false]);
  const page = await world.visit(`/tickets/new?form=${form}`, { cookie: chris });
  expect(page.roundTrips).toBe(1);
  const shown = page.html.replace(/<template>[\s\S]*?<\/template>/g, '');
  expect(['Which product', 'Which region', 'Which parts', 'Hidden cause', 'Show the questions that fit'].map((text) => shown.includes(text))).toEqual([true, false, true, false, true]);
  expect([page.html.includes('Hidden cause'), page.html.includes('<stoa-questions'), start.html.includes('<stoa-questions')]).toEqual([false, true, false]);
  const typed = { form, subject: 'The export stops', body: 'At row 500.', 'fields.product': 'cloud', 'fields.parts[]': 'mail', once: once() };
  const fit = await world.visit('/tickets/new', { cookie: chris, form: { ...typed, action: 'fit' } });
  expect([fit.status, fit.html.includes('Which region'), fit.html.includes('value="The export stops"'), /value="mail" checked/.test(fit.html), fit.html.includes('role="alert"')]).toEqual([200, true, true, true, false]);
  const refused = await world.visit('/tickets/new', { cookie: chris, form: typed });
  expect([refused.status, refused.html.includes('id="fields.region-issue"'), refused.html.includes('href="#fields.region"'), refused.html.includes('value="The export stops"')]).toEqual([422, true, true, true]);
  const greek = await world.visit('/el/tickets/new', { cookie: chris, form: typed });
  expect([greek.html.includes('Απαντήστε σε αυτή την ερώτηση.'), greek.html.includes('Μια βλάβη')]).toEqual([true, true]);
});

test('answers stand on both screens, can be changed there, and what is among staff stays there', async () => {
  const sent = await world.visit('/tickets/new', { cookie: chris, form: { form, subject: 'The export stops', body: 'At row 500.', 'fields.product': 'cloud', 'fields.region': 'Europe', 'fields.parts[]': 'mail', 'fields.cause': 'mine', anyway: '1', once: once() } });
  expect(sent.status).toBe(303);
  const at = placeOf(sent);
  const number = at.split('/').at(-1)!;
  const mine = await world.visit(at, { cookie: chris });
  expect([mine.roundTrips, mine.html.includes('In the cloud'), mine.html.includes('Europe'), mine.html.includes('Hidden cause')]).toEqual([1, true, true, false]);
  const refused = await world.visit(at, { cookie: chris, form: { action: 'fill', 'fields.product': 'cloud', 'fields.region': '', 'fields.parts[]': '' } });
  expect([refused.status, refused.html.includes('id="fields.region-issue"')]).toEqual([422, true]);
  expect((await world.visit(at, { cookie: chris, form: { action: 'fill', 'fields.product': 'local', 'fields.region': 'Europe', 'fields.parts[]': '' } })).headers.get('location')).toBe(`${at}?saved=1#content`);
  const agnes = await world.signedIn('agnes@stoa.test');
  const desk = `/agent/tickets/${number}`;
  const solve = await world.visit(desk, { cookie: agnes, form: { action: 'change', status: 'solved' } });
  expect([solve.status, solve.html.includes('Answer these before you solve it: Hidden cause')]).toEqual([422, true]);
  expect((await world.visit(desk, { cookie: agnes, form: { action: 'fill', form, 'fields.cause': 'A secret cause' } })).status).toBe(303);
  const screen = await world.visit(desk, { cookie: agnes });
  expect([screen.roundTrips, screen.html.includes('Which parts: mail → –'), screen.html.includes('Hidden cause: – → A secret cause')]).toEqual([1, true, true]);
  const solved = await world.visit(`${desk}?view=open`, { cookie: agnes, form: { action: 'change', status: 'solved' } });
  expect([solved.status, solved.headers.get('location')]).toEqual([303, `${desk}?view=open&saved=1#content`]);
  const told = async (to: string) => (await world.visit(to, { cookie: agnes })).html.includes('<p class="message good" role="status">Saved.</p>');
  expect([await told(`${desk}?view=open&saved=1`), await told(desk)]).toEqual([true, false]);
  const after = await world.visit(at, { cookie: chris });
  expect([after.html.includes('On your machines'), after.html.includes('Europe'), after.html.includes('A secret cause')]).toEqual([true, false, false]);
});
