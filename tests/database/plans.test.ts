import { expect, test } from 'vitest';
import { proofOf } from '../../worker/people/sessions.ts';
import { proofOfToken } from '../../worker/people/tokens.ts';
import { deliver } from '../../worker/reactions.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import type { Job } from '../../worker/platform/job.ts';
import type { Operation } from '../../worker/platform/operation.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { answersTo, type Query } from '../../worker/platform/query.ts';
import type { Viewer } from '../../worker/platform/viewer.ts';
import { hashOfLink } from '../../worker/signin/secrets.ts';
import { cast, SECRET, settingOf, stoa } from '../support/stoa.ts';
import { allowed, ceiling } from './allowed.ts';
import { notQueries, operations, queries, refusedHere, secrets, viewers } from './asked.ts';
import { fill, fillAccess, fillProofs, fillSecrets, fillTopic } from './fill.ts';
import { planOf, type Sent, watched } from './watched.ts';

const readers = import.meta.glob<Record<string, unknown>>('../../worker/*/{queries,records,screen,live}.ts', { eager: true });
const exported = Object.entries(readers).flatMap(([file, module]) => Object.entries(module).flatMap(([name, value]) => (typeof value === 'function' ? [`${/worker\/(\w+)\//.exec(file)![1]}/${name}`] : [])));
const modules = import.meta.glob<Record<string, unknown>>(['../../worker/*/*.ts', '!../../worker/{platform,database,local,data}/*.ts', '!../../worker/*/{room,api}.ts'], { eager: true });
const verbs = Object.values(modules).flatMap((module) => Object.values(module)).filter((value): value is Operation<unknown, unknown, unknown> => typeof value === 'object' && value !== null && 'decide' in value);

const jobs = Object.values(import.meta.glob<Record<string, Job>>('../../worker/*/jobs.ts', { eager: true })).flatMap((module) => Object.values(module));

/** What is wrong with a plan: a table read from end to end without an order of its own, or rows sorted after they were found. */
const faults = (plan: string[]) => plan.filter((step) => /^SCAN (?!(\d+ )?CONSTANT ROW|\(?subquery|json_each|\w+ VIRTUAL TABLE INDEX \d+:[=M])/.test(step) || /^USE TEMP B-TREE/.test(step));

async function complaints(url: string, name: string, sent: Sent[]): Promise<string[]> {
  const found: string[] = [];
  for (const one of sent) {
    for (const step of faults(await planOf(url, one))) if (!allowed(name, step, one)) found.push(`${name}: ${step}`);
  }
  return found;
}

async function world(rows: number) {
  const { url, now } = await stoa();
  await fill(url, 0, rows - 1);
  const { db, sentBy } = watched(url);
  const as = (viewer: Viewer) => openPortal({ db, gate: gateOf(db), viewer, secret: SECRET, clock: () => now });
  const asked = (viewer: Viewer, query: Query<unknown>) => sentBy(() => as(viewer).load(query).catch(refused));
  return { url, db, now, as, asked, sentBy };
}

/** What a viewer may not see is a refusal, and was asked for all the same. */
const refused = (error: Error) => {
  if (error.constructor.name !== 'Refusal') throw error;
};

const everyone = viewers.map(([who, more]): [string, Viewer] => [`${who}${more?.guestOf ? ' with a link' : ''}`, { ...cast[who], ...more }]);

test('every query and every operation says here how it is asked', () => {
  expect(exported.filter((name) => !(name in queries) && !notQueries.includes(name)).sort()).toEqual([]);
  expect(Object.keys(queries).filter((name) => !exported.includes(name))).toEqual([]);
  expect(verbs.map(({ name }) => name).sort()).toEqual(Object.keys(operations).sort());
});

test('no query reads a growing table from end to end, nor sorts what it found, whoever asks', { timeout: 300_000 }, async () => {
  const { url, asked } = await world(2_000);
  const found: string[] = [];
  for (const [name, questions] of Object.entries(queries)) {
    for (const [i, question] of questions.entries()) for (const [who, viewer] of everyone) found.push(...(await complaints(url, name, await asked(viewer, question))).map((fault) => `${fault} (question ${i}, ${who})`));
  }
  expect(found).toEqual([]);
});

test('no operation, job or proof of who is asking does', { timeout: 300_000 }, async () => {
  const { url, db, as, sentBy, now } = await world(2_000);
  await fillTopic(url, 3);
  await fillAccess(url, (key) => hashOfLink('invite', key));
  await fillSecrets(url, secrets);
  await fillProofs(url);
  await db.$client.execute({ sql: 'update tickets set solved_at = ? where number = 1506', args: [now.getTime()] });
  const found: string[] = [];
  for (const verb of verbs) {
    const [who, input, more] = operations[verb.name]!;
    const sent = await sentBy(() => as({ ...cast[who], ...more }).run(verb, input).catch(refusedHere.includes(verb.name) ? refused : Promise.reject.bind(Promise)));
    expect(sent.length, verb.name).toBeGreaterThan(0);
    found.push(...(await complaints(url, verb.name, sent)));
  }
  for (const { name, work } of [...jobs, { name: 'outbox.deliver', work: () => deliver(db, gateOf(db)) }]) found.push(...(await complaints(url, name, await sentBy(() => work(settingOf({ db, now }))))));
  for (const proof of [proofOf(db, 'secret', false, 'UTC').proof, proofOfToken(db, 'token', 'UTC', () => {}).proof]) found.push(...(await complaints(url, 'proof', await sentBy(() => answersTo(db, [proof.asking(db)])))));
  expect(found).toEqual([]);
});

test('a hundred times more of everything, and each query still reads a page', { timeout: 300_000 }, async () => {
  const { url, asked } = await world(2_000);
  const count = async () => {
    const rows = new Map<string, number>();
    for (const [name, questions] of Object.entries(queries)) {
      for (const [i, question] of questions.entries()) for (const [who, viewer] of everyone) rows.set(`${name} ${i} for ${who}`, (await asked(viewer, question)).reduce((sum, { rowsRead }) => sum + rowsRead, 0));
    }
    return rows;
  };
  const few = await count();
  await fill(url, 2_000, 199_999);
  const grown = [...(await count())].filter(([name, rows]) => rows > ceiling(name, few.get(name)!));
  expect(grown.map(([name, rows]) => `${name}: ${few.get(name)} → ${rows}`)).toEqual([]);
});

test('page 500 of a topic of 10,000 posts costs what its first page costs', async () => {
  const { url, asked } = await world(50);
  await fillTopic(url, 10_000);
  const { postsOfTopic } = await import('../../worker/forum/queries.ts');
  const [[first], [last]] = [await asked(cast.visitor, postsOfTopic(999, 1)), await asked(cast.visitor, postsOfTopic(999, 500))];
  expect(await planOf(url, last!)).toEqual(await planOf(url, first!));
  expect(last!.rowsRead).toBeLessThanOrEqual(first!.rowsRead);
  expect(first!.rowsRead).toBeLessThan(100);
});
