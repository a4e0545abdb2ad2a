import { expect } from 'vitest';
import { hashOfWait } from '../../worker/incidents/link.ts';
import type { edge } from '../support/edge.ts';

type World = Awaited<ReturnType<typeof edge>>;

const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1]?.replaceAll('&quot;', '"').replaceAll('&#34;', '"') ?? '';

/** Sends a form that must be taken; where it leads to. */
async function sent(world: World, path: string, cookie: string, form: Record<string, string>): Promise<string> {
  const { status, headers, html } = await world.visit(path, { cookie, form: { ...form, once: crypto.randomUUID() } });
  expect([path, status], html.slice(0, 500)).toEqual([path, 303]);
  return headers.get('location')!;
}

/** Does what some pages need to be there; their addresses, by who sees them (`''` is a visitor). */
export async function madePages(world: World): Promise<Record<string, string[]>> {
  const [chris, agnes, cleo] = [await world.signedIn('chris@acme.test'), await world.signedIn('agnes@stoa.test'), await world.signedIn('cleo@stoa.test')];
  return {
    '': [await side(world, agnes), await wait(world), '/too-large', '/from-elsewhere'],
    'nikos@olive.test': [`/el${await statement(world, agnes)}`],
    'cleo@stoa.test': [await unmerge(world, chris, agnes), await bulk(world, cleo), await file(world)],
  };
}

/** What a guest waits for, as the link of their letter shows it. */
async function wait(world: World): Promise<string> {
  await world.rows("insert into guest_waits (key_hash, kind, ref_id, address, locale, created_at) select ?, 'incident', id, 'guest@example.org', 'en', 0 from incidents limit 1", [hashOfWait('made')]);
  return '/waiting?key=made';
}

/** A file that the scanner never answered for. */
async function file(world: World): Promise<string> {
  await world.rows("insert into attachments (id, owner_id, name, type, size, sha256, message_id, created_at, attached_at, verdict) select 'att_made', author_id, 'late.txt', 'text/plain', 1, '', id, 0, 0, 'failed' from ticket_messages limit 1");
  return '/files/att_made';
}

/** A side conversation beside the first ticket, as a vendor finds it by the link of their letter. */
async function side(world: World, agent: string): Promise<string> {
  await sent(world, '/agent/tickets/1/side', agent, { action: 'open', subject: 'Spare parts', body: 'Do you have one?', name: 'Vera', email: 'vera@vendor.test', locale: 'en' });
  const rows = await world.rows("select text from mails where to_address = 'vera@vendor.test'");
  return /(\/side\?key=\S+)/.exec(String(rows[0]!['text']))![1]!;
}

/** What a customer who was warned reads about it. */
async function statement(world: World, agent: string): Promise<string> {
  const { rows } = await world.client.execute("select handle from users where email = 'nikos@olive.test'");
  await sent(world, `/moderation/people/${rows[0]!['handle']}`, agent, { action: 'warn', code: 'spam', words: 'Not in this tone.' });
  const found = await world.client.execute("select s.id from statements_of_reasons s join users u on u.id = s.user_id where u.email = 'nikos@olive.test'");
  return `/statements/${found.rows[0]!['id']}`;
}

/** Two tickets of a customer, one merged into the other. */
async function unmerge(world: World, customer: string, agent: string): Promise<string> {
  const asks = (subject: string) => sent(world, '/tickets/new', customer, { subject, body: 'Words.', anyway: '1' });
  const [into, from] = [await asks('The export stops'), await asks('My export stops')].map((address) => /\d+/.exec(address)![0]);
  await sent(world, `/agent/tickets/${into}/merge`, agent, { action: 'here', 'sources[]': from!, more: '' });
  return `/agent/tickets/${from}/unmerge`;
}

/** A change of many tickets, done. */
async function bulk(world: World, agent: string): Promise<string> {
  const list = await world.visit('/agent/views/open', { cookie: agent });
  const chosen = { condition: hidden(list.html, 'condition'), back: '/agent/views/open', all: 'yes' };
  const form = await world.visit(`/agent/bulk?${new URLSearchParams(chosen)}`, { cookie: agent });
  return sent(world, '/agent/bulk', agent, { ...chosen, bound: hidden(form.html, 'bound'), at: hidden(form.html, 'at'), addTags: 'swept' });
}
