import { expect, test } from 'vitest';
import { keepGroup } from '../../worker/groups/keep.ts';
import { changeMailLevel } from '../../worker/notifications/change-mail.ts';
import { mailNews } from '../../worker/notifications/jobs.ts';
import { customRoles } from '../../worker/people/schema.ts';
import type { Permission, Scopes } from '../../worker/platform/permissions.ts';
import { openSide } from '../../worker/sides/open.ts';
import { changeTicket } from '../../worker/tickets/change.ts';
import { openInternalTicket } from '../../worker/tickets/open-internal.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { settingOf } from '../support/stoa.ts';
import { newsroom } from './support.ts';

/** A newsroom with a group of three, and what went by mail: to whom, which subject. */
async function kitchen() {
  const room = await newsroom();
  const { as, db, now, deliver } = room;
  const { id: group } = await as('ada').run(keepGroup, { name: 'Kitchen', members: ['usr_cleo', 'usr_ada', 'usr_agnes'] });
  const mailed = async () => {
    await deliver();
    await mailNews.work(settingOf({ db, now: new Date(now.getTime() + 60_000) }));
    return (await db.$client.execute('select to_address, subject from mails order by to_address')).rows.map((row) => [row['to_address'], row['subject']]);
  };
  /** Gives somebody a role of the workspace’s own. */
  const cast = async (id: string, permissions: Permission[], scopes: Scopes) => {
    await db.insert(customRoles).values({ id: `rol_${id}`, name: id, base: 'agent', permissions, scopes, createdAt: now });
    await db.$client.execute({ sql: 'update users set role_id = ? where id = ?', args: [`rol_${id}`, id] });
  };
  return { ...room, group, mailed, cast };
}

const inner = { subject: 'The oven', body: 'Is cold.' };

test('an internal ticket for a group is told to everybody in it but who asked, by mail as each wants it; who was given it hears that', async () => {
  const { as, group, told, mailed, deliverAgain } = await kitchen();
  await as('ada').run(changeMailLevel, { level: 'none' });
  await as('agnes').run(openInternalTicket, { ...inner, group, assignee: 'usr_cleo' });
  expect(await mailed()).toEqual([['cleo@example.org', 'agnes gave you a ticket: “The oven”']]);
  await deliverAgain();
  expect([await told('cleo'), await told('ada')]).toEqual([[['assigned', 'The oven', 1]], [['for_group', 'The oven', 1]]]);
  expect([await told('agnes'), await told('lena')]).toEqual([[], []]);
});

test('a group is told of an internal ticket that comes to it later, and not of customers’ tickets', async () => {
  const { as, group, told, mailed } = await kitchen();
  const { number } = await as('lena').run(openInternalTicket, inner);
  await as('alice').run(openTicket, { subject: 'Help me', body: 'Please.' });
  await as('ada').run(changeTicket, { number, group });
  await as('ada').run(changeTicket, { number: 2, group });
  expect(await mailed()).toEqual(['agnes', 'cleo'].map((name) => [`${name}@example.org`, 'ada asks a group of yours: “The oven”']));
  expect(await told('cleo')).toEqual([['for_group', 'The oven', null]]);
});

test('a side conversation with a group is told to everybody in it', async () => {
  const { as, group, told, deliver } = await kitchen();
  const { number } = await as('alice').run(openTicket, { subject: 'Help me', body: 'Please.' });
  await as('agnes').run(openSide, { number, subject: 'A part', body: 'Can you send one?', colleagues: [], group, url: 'https://help.example' });
  await deliver();
  expect([await told('cleo'), await told('ada'), await told('agnes')]).toEqual([[['aside', 'Help me', null]], [['aside', 'Help me', null]], []]);
});

test('whose role is confined to other groups, or sees no tickets, is told nothing of a ticket, not even by a letter that names them', async () => {
  const { as, group, deliver, told, mailed, cast, db } = await kitchen();
  await cast('usr_ada', ['tickets.see'], { groups: ['grp_other'] });
  await cast('usr_cleo', ['forum.moderate'], {});
  await as('lena').run(openInternalTicket, { ...inner, group });
  await as('alice').run(openTicket, { subject: 'Help me', body: 'Please.' });
  await as('lena').run(replyToTicket, { number: 2, body: 'A secret for @ada, @cleo and @agnes.', visibility: 'internal' });
  await deliver();
  expect((await told('agnes')).map(([kind]) => kind).sort()).toEqual(['for_group', 'mentioned']);
  expect((await db.$client.execute("select user_id from notifications where kind = 'for_group'")).rows.map((row) => row['user_id'])).toEqual(['usr_agnes']);
  expect((await mailed()).map(([to]) => to)).toEqual(['agnes@example.org']);
});
