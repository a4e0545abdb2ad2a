import type { Principal } from './matrix.ts';
import type { matrixWorld } from './matrix.ts';

type World = Awaited<ReturnType<typeof matrixWorld>>;

/** In everything that is planted stands this word, too, so that a search for it looks everywhere. */
export const PLANT = 'quillwort';

/** Something that only staff may read, and `theirs`, who wrote it or to whom it was written. */
export interface Secret {
  words: string;
  kind: string;
  theirs: readonly string[];
}

/** What a form, or with a `prefix` the API, is asked for by somebody. Anything but a success is an error. */
async function done(world: World, who: Principal, address: string, body: Record<string, string>, { method = 'POST', prefix = '' } = {}): Promise<string> {
  const answer = await world.ask(who, { what: '', method, address, body: prefix ? body : { once: crypto.randomUUID(), ...body }, expected: {} as never }, prefix);
  if (!['ok', 'go'].includes(answer.verdict)) throw new Error(`${who} ${address} ${JSON.stringify(body)}: ${answer.verdict} ${answer.text.slice(0, 400)}`);
  return answer.text;
}

const times = async (count: number, work: (i: number) => Promise<unknown>) => {
  for (let i = 0; i < count; i++) await work(i);
};

/** Plants 200 different secrets around ticket 9001 of Chris, wherever staff write what customers do not read. Returns them, and the numbers of all tickets that they are near. */
export async function planted(world: World) {
  const secrets: Secret[] = [];
  const secret = (kind: string, theirs: string[] = []) => {
    const words = `zq${String(secrets.length + 1).padStart(3, '0')}${kind}`;
    secrets.push({ words, kind, theirs });
    return words;
  };
  const said = (kind: string, theirs?: string[]) => `${PLANT} ${secret(kind, theirs)}`;
  const at = '/agent/tickets/9001';
  const asks = async (who: Principal, subject: string, body: string) => Number(/\/tickets\/(\d+)/.exec(await done(world, who, '/tickets/new', { subject, body, anyway: '1' }))![1]);

  await times(28, () => done(world, 'agent', at, { action: 'reply', visibility: 'internal', body: said('note') }));
  await times(15, (i) => done(world, 'agent', at, { action: 'reply', visibility: 'internal', body: `@${['<chris>', '<dora>', '<ada>'][i % 3]} ${said('mention')}` }));
  await times(8, () => done(world, 'agent', '/agent/tickets/new', { action: 'internal', subject: said('internalsubject'), body: said('internalbody') }));
  const internal = (await world.sql("select number from tickets where kind = 'internal'")).map(({ number }) => Number(number));
  await times(4, (i) => done(world, 'agent', '/agent/tickets/9001/links', { action: 'link', other: String(internal[i]), as: 'related' }));
  await sides(world, said, secret);
  await files(world, said, secret);
  await fields(world, secret);
  await kept(world, said, secret);
  await merged(world, said, asks);
  await split(world, said);
  await held(world, said);
  await judged(world, said, secret);
  const numbers = (await world.sql('select number from tickets where number < 3 or number > 9000')).map(({ number }) => Number(number));
  await followed(world);
  return { secrets, numbers };
}

type Say = (kind: string, theirs?: string[]) => string;

/** Words beside the ticket, with a vendor who has a link of their own. */
async function sides(world: World, said: Say, secret: Say) {
  const at = '/agent/tickets/9001/side';
  await times(5, (i) => done(world, 'agent', at, { action: 'open', subject: said('sidesubject', ['vendor']), body: said('side', ['vendor']), name: secret('vendor', ['vendor']), email: `${secret('address', ['vendor'])}@vendor${i}.test`, locale: 'en' }));
  const ids = (await world.sql('select id from sides order by id')).map(({ id }) => String(id));
  for (const side of ids) await done(world, 'agent', at, { action: 'write', side, body: said('side', ['vendor']) });
}

/** Files of notes: their names, and what stands in them. */
async function files(world: World, said: Say, secret: Say) {
  const cookie = await world.signedIn('agnes@stoa.test');
  await times(10, async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ action: 'reply', visibility: 'internal', body: 'See the file.', once: crypto.randomUUID() })) form.append(name, value);
    form.append('attachments', new File([said('filetext')], `${secret('filename')}.txt`, { type: 'text/plain' }));
    const { status } = await fetch(`${world.url}/agent/tickets/9001`, { method: 'POST', redirect: 'manual', body: form, headers: { origin: world.url, cookie } });
    if (status !== 303) throw new Error(`A file was answered with ${status}.`);
  });
}

/** Tags that it has, tags and groups that it had, and so its history. */
async function fields(world: World, secret: Say) {
  const change = (body: object) => done(world, 'agent', '/tickets/9001', body as never, { method: 'PATCH', prefix: '/api/v1' });
  await times(6, () => change({ tags: secret('pasttag') }));
  await change({ tags: Array.from({ length: 6 }, () => secret('tag')).join(',') });
  await times(6, async () => {
    const name = secret('group');
    await done(world, 'admin', '/admin/groups/new', { action: 'save', name });
    await change({ group: String((await world.sql('select id from groups where name = ?', [name]))[0]!['id']) });
  });
  await change({ group: '' });
}

/** Macros, views, and what colleagues began to write. */
async function kept(world: World, said: Say, secret: Say) {
  await times(8, () => done(world, 'admin', '/agent/macros/new', { action: 'keep', name: secret('macro'), whose: 'all', en: said('macrotext') }));
  const view = { action: 'save', scope: 'global', match: 'all', 'match-0': 'all', 'field-0-0': 'state', 'is-0-0': 'is', 'value-0-0[]': 'open' };
  await times(4, () => done(world, 'admin', '/agent/views/new/edit', { ...view, name: secret('view') }));
  for (const who of ['CSM', 'admin', 'light agent'] as const) for (const number of [9001, 9002, 1, 2]) await done(world, who, `/agent/tickets/${number}`, { action: 'draft', body: said('draft'), visibility: number > 2 ? 'internal' : 'public' });
}

/** Tickets of somebody else, merged into it without letting them take part: neither reads the other's words. */
async function merged(world: World, said: Say, asks: (who: Principal, subject: string, body: string) => Promise<number>) {
  await times(5, async (i) => {
    const theirs = await asks('other account', said('mergedsubject', ['other account']), said('merged', ['other account']));
    if (i === 0) await done(world, 'agent', `/agent/tickets/${theirs}`, { action: 'reply', body: said('mergedanswer', ['other account']), visibility: 'public' });
    await followed(world);
    await done(world, 'CSM', `/agent/tickets/${theirs}/merge`, { action: 'away', into: '9001', accounts: 'on' });
    await times(2, () => done(world, 'other account', `/tickets/${theirs}`, { action: 'reply', body: said('late', ['other account']) }));
  });
  await times(4, () => done(world, 'customer', '/tickets/9001', { action: 'reply', body: said('own', ['customer', 'account admin', 'guest', 'borrowed eyes', 'read token', 'write token']) }));
}

/** Waits until what follows from everything so far has followed. */
async function followed(world: World) {
  while (Number((await world.sql('select count(*) as n from outbox where delivered_at is null'))[0]!['n']) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** What its account is said to be like, in place of the measures. */
async function judged(world: World, said: Say, secret: Say) {
  const until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await done(world, 'CSM', '/csm/accounts/<acme>', { action: 'override', kind: 'cap', points: '20', reason: `${said('health')} canary-of-health`, evidence: `/kb?${secret('evidence')}`, until });
}

/** A note that went into a ticket of its own, and one into another that was closed and followed up. */
async function split(world: World, said: Say) {
  for (const mode of ['move', 'copy']) {
    await done(world, 'agent', '/agent/tickets/9001', { action: 'reply', visibility: 'internal', body: said('split') });
    const note = String((await world.sql("select id from ticket_messages where body like '%split' and ticket_id = 'tkt_9001' order by number desc limit 1"))[0]!['id']);
    const own = String((await world.sql("select id from ticket_messages where body like '%own' and ticket_id = 'tkt_9001' order by number desc limit 1"))[0]!['id']);
    await done(world, 'agent', '/tickets/9001/split', { subject: 'Split', mode, messages: [note, own] } as never, { prefix: '/api/v1' });
  }
  const number = String((await world.sql("select number from tickets where subject = 'Split' limit 1"))[0]!['number']);
  await done(world, 'agent', `/tickets/${number}`, { status: 'closed', tags: '' }, { method: 'PATCH', prefix: '/api/v1' });
  await done(world, 'customer', `/tickets/${number}`, { action: 'reply', body: 'And what of this?' });
}

/** Answers that are on their way, and some that were taken back. */
async function held(world: World, said: Say) {
  await world.sql("update settings set value = '60' where key = 'undo_seconds'");
  const answer = (kind: string) => done(world, 'agent', '/agent/tickets/9001', { action: 'reply', visibility: 'public', hold: '1', body: said(kind) });
  await times(9, () => answer('undone'));
  for (const { id } of await world.sql('select id from held_replies')) await done(world, 'agent', '/agent/tickets/9001', { action: 'undo', id: String(id) });
  const draft = String((await world.sql("select body from drafts where body like '%undone%'"))[0]!['body']);
  await times(8, () => answer('held'));
  await world.sql("insert into drafts (user_id, place, body, kind, saved_at) select author_id, ticket_id, ?, 'public', 0 from held_replies limit 1", [draft]);
  await world.sql('update held_replies set release_at = 8640000000000000');
}
