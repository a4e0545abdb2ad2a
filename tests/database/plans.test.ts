import { expect, test } from 'vitest';
import type { Database } from '../../worker/database/open.ts';
import { proofOf } from '../../worker/people/sessions.ts';
import { proofOfToken } from '../../worker/people/tokens.ts';
import { stillOpens } from '../../worker/tickets/link.ts';
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
import { plansOf, type Sent, watched } from './watched.ts';

const readers = import.meta.glob<Record<string, unknown>>('../../worker/*/{queries,records,screen,live}.ts', { eager: true });
const exported = Object.entries(readers).flatMap(([file, module]) => Object.entries(module).flatMap(([name, value]) => (typeof value === 'function' ? [`${/worker\/(\w+)\//.exec(file)![1]}/${name}`] : [])));
const modules = import.meta.glob<Record<string, unknown>>(['../../worker/*/*.ts', '!../../worker/{platform,database,local,data}/*.ts', '!../../worker/*/{room,api}.ts'], { eager: true });
const verbs = Object.values(modules).flatMap((module) => Object.values(module)).filter((value): value is Operation<unknown, unknown, unknown> => typeof value === 'object' && value !== null && 'decide' in value);

const jobs = Object.values(import.meta.glob<Record<string, Job>>('../../worker/*/jobs.ts', { eager: true })).flatMap((module) => Object.values(module));

/** What is wrong with a plan: a table read from end to end without an order of its own, or rows sorted after they were found. */
const faults = (plan: string[]) => plan.filter((step) => /^SCAN (?!(\d+ )?CONSTANT ROW|\(?subquery|json_each|json_tree|\w+ VIRTUAL TABLE INDEX \d+:[=M])/.test(step) || /^USE TEMP B-TREE/.test(step));

/** Things some at a time. */
const some = <Thing>(things: Thing[], most: number) => Array.from({ length: Math.ceil(things.length / most) }, (_, i) => things.slice(i * most, (i + 1) * most));

async function complaints(url: string, name: string, sent: Sent[]): Promise<string[]> {
  const plans = await plansOf(url, sent);
  return sent.flatMap((one, i) => faults(plans[i]!).filter((step) => !allowed(name, step, one)).map((step) => `${name}: ${step}`));
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

/** Every question, as everyone who may ask it, and what it would send. */
function everything(db: Database) {
  const asked = Object.entries(queries).flatMap(([name, questions]) => questions.flatMap((question, i) => everyone.map(([who, viewer]) => ({ name, asker: `question ${i}, ${who}`, asking: question.asking(db, viewer) }))));
  return asked.map((one) => ({ ...one, key: one.asking && JSON.stringify([one.asking.sql, one.asking.args]) }));
}

/** What was sent for each: many in one batch, and what is the same for some of them once. */
async function answered({ db, sentBy }: Pick<Awaited<ReturnType<typeof world>>, 'db' | 'sentBy'>, asked: ReturnType<typeof everything>) {
  const distinct = new Map(asked.flatMap(({ key, asking }) => (asking ? [[key!, asking] as const] : [])));
  const sent = new Map<string, Sent>();
  for (const askings of some([...distinct], 20)) {
    const came = await sentBy(() => answersTo(db, askings.map(([, asking]) => asking)));
    expect(came.length).toBe(askings.length);
    for (const [i, [key]] of askings.entries()) sent.set(key, came[i]!);
  }
  return asked.map(({ name, asker, key }) => ({ name, asker, sent: key ? [sent.get(key)!] : [] }));
}

const rowsOf = (sent: Sent[]) => sent.reduce((sum, { rowsRead }) => sum + rowsRead, 0);

test('no query reads a growing table from end to end, nor sorts what it found, whoever asks; of twenty-five times more each still reads a page', { timeout: 300_000 }, async () => {
  const here = await world(2_000);
  const { url } = here;
  const asked = everything(here.db);
  const few = await answered(here, asked);
  for (const answers of some(few, 200)) await plansOf(url, answers.flatMap(({ sent }) => sent));
  const found: string[] = [];
  for (const { name, asker, sent } of few) found.push(...(await complaints(url, name, sent)).map((fault) => `${fault} (${asker})`));
  await fill(url, 2_000, 49_999);
  for (const [i, { name, asker, sent }] of (await answered(here, asked)).entries()) {
    const [before, rows] = [rowsOf(few[i]!.sent), rowsOf(sent)];
    if (rows > ceiling(name, before)) found.push(`${name} (${asker}): ${before} → ${rows} rows`);
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
  for (const proof of [proofOf(db, 'secret', false, 'UTC').proof, ...[cast.alice, cast.agnes].map((remembered) => proofOf(db, 'secret', false, 'UTC', { remembered, isOpen: true }).proof), proofOfToken(db, 'token', 'UTC', () => {}).proof, stillOpens(1500, { round: 0, isMailed: false })]) found.push(...(await complaints(url, 'proof', await sentBy(() => answersTo(db, [proof.asking(db)])))));
  expect(found).toEqual([]);
});

test('page 500 of a topic of 10,000 posts costs what its first page costs', async () => {
  const { url, asked } = await world(50);
  await fillTopic(url, 10_000);
  const { postsOfTopic } = await import('../../worker/forum/queries.ts');
  const [[first], [last]] = [await asked(cast.visitor, postsOfTopic(999, 1)), await asked(cast.visitor, postsOfTopic(999, 500))];
  const [ofFirst, ofLast] = await plansOf(url, [first!, last!]);
  expect(ofLast).toEqual(ofFirst);
  expect(last!.rowsRead).toBeLessThanOrEqual(first!.rowsRead);
  expect(first!.rowsRead).toBeLessThan(200);
});
