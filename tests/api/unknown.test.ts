import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from './support.ts';

let world: Awaited<ReturnType<typeof api>>;
let tokens: Record<'customer' | 'agent' | 'admin', string>;
beforeAll(async () => {
  world = await api();
  tokens = { customer: await world.tokenOf('chris@acme.test'), agent: await world.tokenOf('agnes@stoa.test'), admin: await world.tokenOf('ada@stoa.test') };
});
afterAll(() => world?.close());

const ask = (path: string) => world.call('GET', path, { token: tokens.admin });

test('a value that a filter does not take is refused with the ones that it takes, wherever the description lists them', async () => {
  const { paths } = (await world.call('GET', '/openapi.json')).body;
  const filters = Object.entries<any>(paths).flatMap(([path, { get }]) => (get?.parameters ?? []).filter(({ schema }: any) => schema.enum).map(({ name, schema }: any) => ({ path, name, values: schema.enum as string[] })));
  expect(filters.map(({ path, name }) => `${path} ${name}`)).toEqual(expect.arrayContaining(['/tickets status', '/topics unanswered', '/accounts order', '/feedback source', '/articles locale', '/people state', '/search type', '/searches show', '/assignments status']));
  for (const { path, name, values } of filters.filter(({ path }) => !path.includes('{'))) {
    const wrong = await ask(`${path}?${name}=zzz`);
    expect([path, name, wrong.status, wrong.body.errors]).toEqual([path, name, 422, { [name]: [`Choose one of these: ${values.join(', ')}`] }]);
    for (const value of [...values, '']) expect([path, name, value, (await ask(`${path}?${name}=${value}`)).status]).toEqual([path, name, value, 200]);
  }
});

test('a parameter that a route does not know is refused by name; what walks lists may be said everywhere', async () => {
  for (const [path, name] of [['/tickets?state=open', 'state'], ['/topics?categroy=calendars', 'categroy'], ['/topics/1?x=1', 'x'], ['/me?toString=1', 'toString'], ['/tickets?__proto__=1', '__proto__']] as const) {
    const answer = await ask(path);
    expect([path, answer.status, Object.keys(answer.body.errors)]).toEqual([path, 422, [name]]);
  }
  expect((await world.call('POST', '/topics?draft=1', { token: tokens.customer, body: { category: 'calendars', title: 'Asked beside', body: 'Hello.' } })).status).toBe(422);
  for (const path of ['/forms', '/statuses', '/tickets/1/people', '/incidents']) expect([path, (await ask(`${path}?limit=100&after=`)).status]).toEqual([path, 200]);
  expect([(await ask('/tickets?limit=many')).body.errors, (await ask('/tickets?limit=1000')).status, (await ask('/tickets?limit=')).status]).toEqual([{ limit: ['A whole number from 1 to 100.'] }, 200, 200]);
});

test('a field that a route does not read is refused by name, and nothing is changed', async () => {
  const before = (await ask('/tickets/1')).body;
  for (const [method, path, body, name] of [
    ['PATCH', '/tickets/1', { priority: 'urgent', assigneeId: 'x' }, 'assigneeId'], ['PATCH', '/tickets/1', { priorty: 'urgent' }, 'priorty'], ['PATCH', '/tickets/1', { number: 2, priority: 'urgent' }, 'number'],
    ['POST', '/tickets', { subject: 'Not to be', body: 'x', network: '1.2.3.4' }, 'network'], ['PUT', '/topics/1/vote', { isFor: false }, 'isFor'], ['POST', '/tickets/1/messages', { body: 'Not to be', hold: true }, 'hold'], ['PATCH', '/topics/1', { toString: 'x' }, 'toString'],
  ] as const) {
    const answer = await world.call(method, path, { token: tokens.admin, body });
    expect([method, path, name, answer.status, answer.body.errors]).toEqual([method, path, name, 422, { [name]: ['This route has no such field.'] }]);
  }
  const prototype = await world.call('PATCH', '/topics/1', { token: tokens.admin, body: '{"__proto__": {"title": "x"}}' });
  expect([prototype.status, Object.getOwnPropertyNames(prototype.body.errors)]).toEqual([422, ['__proto__']]);
  expect((await ask('/tickets/1')).body).toEqual(before);
  expect(await world.sql("select 1 from tickets where subject = 'Not to be' union all select 1 from ticket_messages where body = 'Not to be'")).toEqual([]);
});

test('who may not call a route hears that, and nothing of its fields', async () => {
  const reader = await world.tokenOf('agnes@stoa.test', 'read');
  expect((await world.call('PATCH', '/tickets/1', { token: reader, body: { priorty: 'urgent' } })).status).toBe(403);
  const visitor = await world.call('PATCH', '/tickets/1', { body: { priority: 'urgent' } });
  expect(visitor.status).toBe(404);
});
