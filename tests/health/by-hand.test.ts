import { expect, test } from 'vitest';
import { accountById } from '../../worker/accounts/queries.ts';
import { endOverride } from '../../worker/health/end-override.ts';
import { computeHealth } from '../../worker/health/jobs.ts';
import { keepWeights } from '../../worker/health/keep-weights.ts';
import { keys } from '../../worker/health/measures.ts';
import { overrideHealth } from '../../worker/health/override.ts';
import { daysOfHealth, healthOf, weightsKept } from '../../worker/health/queries.ts';
import { outbox } from '../../worker/platform/schema.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { settingOf, type Stoa, stoa } from '../support/stoa.ts';

const DAY = 86_400_000;
const said = { id: 'acc_acme', kind: 'value', points: '30', reason: 'They told me so.', until: '2026-01-10' } as const;

async function world(): Promise<Stoa> {
  const made = await stoa();
  await made.db.$client.execute("update accounts set csm_id = 'usr_agnes' where id = 'acc_acme'");
  await made.as('alice').run(openTicket, { subject: 'The printer burns', body: 'Help.' });
  await computeHealth.work(settingOf(made));
  return made;
}

const shown = async ({ as }: Stoa) => (await as('cleo').load(accountById('acc_acme')))[0].health;
const computeAt = (made: Stoa, days: number) => computeHealth.work({ ...settingOf(made), now: new Date(made.now.getTime() + days * DAY) });

test('who looks after an account says otherwise, both values are there, and it is in the log', async () => {
  const made = await world();
  const before = (await shown(made))!;
  await made.as('agnes').run(overrideHealth, { ...said, evidence: '/agent/tickets/1' });
  expect(await shown(made)).toEqual({ ...before, score: 30, colour: 'risk', byHand: true });
  const [health] = await made.as('cleo').load(healthOf('acc_acme'));
  expect(health).toMatchObject({ kind: 'value', points: 30, reason: 'They told me so.', evidence: '/agent/tickets/1', by: 'agnes', until: new Date('2026-01-11T00:00:00Z') });
  expect(Math.round(health!.score!)).toBe(before.score);
  expect((await made.db.select().from(outbox)).find(({ type }) => type === 'account.health_overridden')).toMatchObject({ subject: 'acc_acme', actorId: 'usr_agnes', data: { kind: 'value', points: 30, computed: before.score } });
  await computeAt(made, 1);
  expect(await shown(made)).toMatchObject({ score: 30, byHand: true });
});

test('it ends by itself at the end of its last day, which the log tells, or when somebody ends it', async () => {
  const made = await world();
  await made.as('agnes').run(overrideHealth, said);
  await computeAt(made, 5.5);
  expect(await shown(made)).toMatchObject({ byHand: true });
  // Due again at the minute that it ends.
  expect((await made.db.$client.execute("select due_at from account_health where account_id = 'acc_acme'")).rows[0]!['due_at']).toBe(Date.parse('2026-01-11T00:00:00Z'));
  await computeAt(made, 5.7);
  expect(await shown(made)).toMatchObject({ byHand: false });
  expect((await made.as('cleo').load(healthOf('acc_acme')))[0]).toMatchObject({ kind: null, points: null, reason: null, until: null });
  expect((await made.db.select().from(outbox)).filter(({ type }) => type === 'account.health_override_ended')).toHaveLength(1);
  await made.as('agnes').run(overrideHealth, { ...said, kind: 'cap', points: 20 });
  expect(await shown(made)).toMatchObject({ score: 20, byHand: true });
  await made.as('ada').run(endOverride, { id: 'acc_acme' });
  expect(await shown(made)).toMatchObject({ byHand: false });
  await expect(made.as('ada').run(endOverride, { id: 'acc_acme' })).rejects.toMatchObject({ reason: 'conflict' });
});

test('what is said while the clock looks at the account stands after its next run', async () => {
  const made = await world();
  await made.db.$client.execute('update account_health set due_at = 0');
  const { gate, ...rest } = settingOf(made);
  const commit: typeof gate.commit = async (statements) => {
    await made.as('agnes').run(overrideHealth, said);
    return gate.commit(statements);
  };
  await computeHealth.work({ ...rest, gate: { commit } });
  await computeHealth.work(settingOf(made));
  expect(await shown(made)).toMatchObject({ score: 30, byHand: true });
});

test('a limit above the score changes nothing, and gives no score to an account without one', async () => {
  const made = await world();
  const before = await shown(made);
  await made.as('ada').run(overrideHealth, { ...said, kind: 'cap', points: 100 });
  expect(await shown(made)).toEqual(before);
  await made.as('ada').run(overrideHealth, { ...said, id: 'acc_olive', kind: 'cap' });
  expect((await made.as('cleo').load(accountById('acc_olive')))[0].health).toMatchObject({ score: null, colour: null, byHand: false });
  await made.as('ada').run(overrideHealth, { ...said, id: 'acc_olive' });
  expect((await made.as('cleo').load(accountById('acc_olive')))[0].health).toMatchObject({ score: 30, colour: 'risk', byHand: true });
});

test('others who work here may not; customers and visitors find no such account', async () => {
  const made = await world();
  for (const who of ['cleo', 'lena'] as const) await expect(made.as(who).run(overrideHealth, said)).rejects.toMatchObject({ reason: 'forbidden' });
  for (const who of ['alice', 'carol', 'mara', 'visitor'] as const) await expect(made.as(who).run(overrideHealth, said)).rejects.toMatchObject({ reason: 'not_found' });
  for (const who of ['alice', 'carol', 'mara', 'visitor'] as const) expect(await made.as(who).load(healthOf('acc_acme'), daysOfHealth('acc_acme', 0))).toEqual([undefined, []]);
});

test('what is wrong is said beside its field: days past or too far, points, reason, evidence', async () => {
  const made = await world();
  const issuesOf = (input: object) => made.as('ada').run(overrideHealth, { ...said, ...input } as never).then(() => ({}), (error: { issues: object }) => error.issues);
  for (const [input, field] of [[{ until: '2026-01-04' }, 'until'], [{ until: '2026-04-06' }, 'until'], [{ until: '2026-02-30' }, 'until'], [{ points: '' }, 'points'], [{ points: '101' }, 'points'], [{ points: '1.5' }, 'points'], [{ reason: ' ' }, 'reason'], [{ kind: 'x' }, 'kind'], [{ evidence: 'javascript:alert(1)' }, 'evidence'], [{ evidence: '//elsewhere.example' }, 'evidence']] as const) {
    expect([field, Object.keys(await issuesOf(input))]).toEqual([field, [field]]);
  }
  expect(await issuesOf({ until: '2026-01-05' })).toEqual({});
  expect(await issuesOf({ until: '2026-04-05' })).toEqual({});
});

test('of two who saw the same one is told', async () => {
  const made = await world();
  const [{ revision }] = await made.as('ada').load(accountById('acc_acme'));
  await made.as('ada').run(overrideHealth, { ...said, revision });
  await expect(made.as('agnes').run(overrideHealth, { ...said, points: 80, revision })).rejects.toMatchObject({ reason: 'conflict' });
  expect(await shown(made)).toMatchObject({ score: 30 });
});

const form = (more: Record<string, string> = {}) => ({ 'group-relationship': '25', 'group-support': '30', 'group-community': '15', 'group-feedback': '15', 'group-commercial': '15', ...Object.fromEntries(keys.map((key) => [`measure-${key}`, '10'])), ...more });

test('admins weigh groups and measures; every account is looked at again, and counts so', async () => {
  const made = await world();
  const before = (await made.as('cleo').load(healthOf('acc_acme')))[0]!;
  await made.as('ada').run(keepWeights, form({ 'group-support': '0', 'measure-touch': '12,5' }));
  const [{ weights }] = await made.as('cleo').load(weightsKept());
  expect([weights.groups.support, weights.measures.touch, weights.measures.nps]).toEqual([0, 12.5, 10]);
  expect(await computeHealth.work(settingOf(made))).toBe(2);
  const after = (await made.as('cleo').load(healthOf('acc_acme')))[0]!;
  expect(before.parts.urgent!.share).toBeGreaterThan(0);
  expect(after.parts.urgent!.share).toBe(0);
  expect((await made.db.select().from(outbox)).find(({ subject }) => subject === 'health_weights')).toMatchObject({ type: 'settings.changed', data: { from: { groups: { support: 30 } }, to: { groups: { support: 0 } } } });
});

test('wrong weights are told beside their fields; others may not', async () => {
  const made = await world();
  const issuesOf = (input: object) => made.as('ada').run(keepWeights, input as never).then(() => ({}), (error: { issues: object }) => error.issues);
  expect(Object.keys(await issuesOf(form({ 'group-support': '-1', 'measure-csat': 'much', 'measure-nps': '', 'measure-touch': '1001' })))).toEqual(['group-support', 'measure-touch', 'measure-csat', 'measure-nps']);
  expect(await issuesOf(form({ 'measure-nps': '0' }))).toEqual({ 'measure-nps': 'Give at least one measure of this group some weight, or the group none.' });
  expect(await issuesOf(form({ 'group-feedback': '0', 'measure-nps': '0' }))).toEqual({});
  expect(Object.keys(await issuesOf(form({ 'group-relationship': '0', 'group-support': '0', 'group-community': '0', 'group-feedback': '0', 'group-commercial': '0' })))).toEqual(['group-relationship']);
  for (const who of ['cleo', 'agnes', 'alice'] as const) await expect(made.as(who).run(keepWeights, form())).rejects.toMatchObject({ reason: 'forbidden' });
});
