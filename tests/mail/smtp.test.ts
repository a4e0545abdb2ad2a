import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../worker/local/ports.ts';
import { edge } from '../support/edge.ts';

/** What the mail server says next to a recipient or to a whole letter; accepted when nothing is here. */
const says: { to: Error[]; letter: ('accept' | 'hang up' | Error)[] } = { to: [], letter: [] };
const got: ParsedMail[] = [];
let conversations = 0;
const refusal = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code });

const options: SMTPServerOptions = {
  hideSTARTTLS: true,
  authOptional: true,
  allowInsecureAuth: true,
  onAuth: ({ username, password }, _session, done) => (username === 'stoa' && password === 'p@ss:word' ? done(null, { user: username }) : done(new Error('Wrong'))),
  onConnect(_session, done) {
    conversations++;
    done();
  },
  onRcptTo: (_address, _session, done) => done(says.to.shift()),
  onData(stream, session, done) {
    simpleParser(stream).then((mail) => {
      const say = says.letter.shift() ?? 'accept';
      if (say instanceof Error) return done(say);
      got.push(Object.assign(mail, { by: session.user }));
      if (say === 'accept') done();
    }, done);
  },
};

let port: number;
let server: SMTPServer;
let world: Awaited<ReturnType<typeof edge>>;
beforeAll(async () => {
  port = (await freePort())!;
  server = new SMTPServer(options);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  world = await edge({ post: { smtpUrl: `smtp://stoa:${encodeURIComponent('p@ss:word')}@127.0.0.1:${port}?tls=no`, from: 'Στοά "Η" <hello@stoa.example>' } });
});
afterAll(async () => {
  await world?.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
afterEach(() => void (got.length = says.to.length = says.letter.length = 0));

const signUp = (email: string, more: Record<string, string> = {}, at = '/sign-up') => world.visit(at, { form: { name: 'Ann', email, password: 'a long enough sentence', ...more } });
const rowOf = async (email: string) => (await world.rows('select state, attempts, text, html, error, send_after, id from mails where to_address = ? order by created_at desc', [email]))[0]!;
const state = (email: string, wanted: string) => expect.poll(async () => (await rowOf(email))['state'], { timeout: 15_000 }).toBe(wanted);
/** As if the wait were over. */
const hurry = async () => {
  await world.rows(`update mails set send_after = 0 where state = 'queued'`);
  await world.worker.tick('* * * * *');
};

test('a letter leaves right after the commit that posted it: Greek subject, text beside HTML, signed in to the server; its words are gone from here', async () => {
  await signUp('ann@far.test', { name: 'Άννα' }, '/el/sign-up');
  await state('ann@far.test', 'sent');
  const [mail] = got;
  expect(mail).toMatchObject({ subject: 'Επιβεβαιώστε τη διεύθυνσή σας', by: 'stoa', from: { value: [{ name: 'Στοά "Η"', address: 'hello@stoa.example' }] }, to: { value: [{ address: 'ann@far.test' }] } });
  const link = new RegExp(`${world.url}/el/sign-up/verify\\?key=[\\w-]{32}`);
  expect([mail!.text, mail!.html].map((words) => link.test(words as string))).toEqual([true, true]);
  expect(mail!.headers.get('auto-submitted')).toBe('auto-generated');
  expect(await rowOf('ann@far.test')).toMatchObject({ text: '', html: '', attempts: 1, error: null });
  expect(mail!.messageId).toBe(`<${(await rowOf('ann@far.test'))['id']}@stoa.example>`);
});

test('names break no header and stand in no letter to a stranger', async () => {
  await signUp('bee@far.test', { name: 'Bee\r\nBcc: evil@far.test\r\n\r\nhttp://evil.example' });
  await state('bee@far.test', 'sent');
  expect(got[0]!.headers.has('bcc')).toBe(false);
  expect(`${got[0]!.text}${got[0]!.html}`).not.toMatch(/evil/);
  await world.rows(`insert into mails (id, to_address, locale, purpose, subject, text, html, headers, send_after, created_at) values (?, 'cat@far.test', 'en', 'x', ?, '.leading dot\n.', '<p>.</p>', ?, 0, ?)`, ['mal_inject', `One\r\nBcc: evil@far.test`, JSON.stringify({ 'X-One': 'a\r\nX-Two: b', 'X-Bad\r\nX-Three': 'c' }), Date.now()]);
  await world.worker.tick('* * * * *');
  await state('cat@far.test', 'sent');
  const mail = got.at(-1)!;
  expect([mail.subject, mail.text?.trimEnd(), ...['bcc', 'x-two', 'x-three'].map((name) => mail.headers.has(name))]).toEqual(['One Bcc: evil@far.test', '.leading dot\n.', false, false, false]);
});

test('an address with a line in it reaches no server', async () => {
  await world.rows(`insert into mails (id, to_address, locale, purpose, subject, text, html, send_after, created_at) values (?, ?, 'en', 'x', 'x', 'x', 'x', 0, ?)`, [`mal_${randomUUID()}`, 'dan@far.test>\r\nRCPT TO:<evil@far.test', Date.now()]);
  await world.worker.tick('* * * * *');
  await expect.poll(async () => (await world.rows(`select state from mails where to_address like 'dan@%'`))[0]!['state']).toBe('failed');
  expect(got).toEqual([]);
});

test('busy now is tried again later, with growing waits and one Message-ID; then it arrives once', async () => {
  says.to.push(refusal(450, 'Mailbox busy'), refusal(451, 'Still busy'));
  await signUp('eve@far.test');
  await expect.poll(async () => (await rowOf('eve@far.test'))['error'], { timeout: 15_000 }).toMatch(/^450 /);
  const first = await rowOf('eve@far.test');
  expect([first['state'], Number(first['send_after']) - Date.now() > 20_000]).toEqual(['queued', true]);
  await hurry();
  const second = await rowOf('eve@far.test');
  expect([second['state'], second['attempts'], Number(second['send_after']) - Date.now() > 100_000]).toEqual(['queued', 2, true]);
  await hurry();
  await state('eve@far.test', 'sent');
  expect(got.map(({ messageId }) => messageId)).toEqual([`<${first['id']}@stoa.example>`]);
});

test('refused for good is given up, with what the server said, and without its words', async () => {
  says.to.push(refusal(550, 'No such mailbox'));
  await signUp('fay@far.test');
  await state('fay@far.test', 'failed');
  expect(await rowOf('fay@far.test')).toMatchObject({ attempts: 1, text: '', html: '', error: expect.stringContaining('550 No such mailbox') });
  await hurry();
  expect((await rowOf('fay@far.test'))['attempts']).toBe(1);
  const cookie = await world.signedIn('ada@stoa.test');
  expect((await world.visit(`/admin/mail/${(await rowOf('fay@far.test'))['id']}`, { cookie })).html).toContain('550 No such mailbox');
});

test('a server that has the letter but never says so gets it again, by the same Message-ID; one that hangs up stops nobody', async () => {
  says.letter.push('hang up');
  await signUp('gus@far.test');
  await expect.poll(() => got.length, { timeout: 15_000 }).toBe(1);
  await signUp('hal@far.test');
  await state('hal@far.test', 'sent');
  await expect.poll(async () => (await rowOf('gus@far.test'))['error'], { timeout: 40_000 }).toBe('The mail server did not answer in time.');
  await hurry();
  await state('gus@far.test', 'sent');
  const [first, , again] = got;
  expect(again!.messageId).toBe(first!.messageId);
});

test('a server that is away is tried again; one that closes the door in the middle of a word spins nothing', async () => {
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await signUp('ida@far.test');
  await expect.poll(async () => (await rowOf('ida@far.test'))['error'], { timeout: 15_000 }).toMatch(/out of reach/);
  const rude = createServer((socket) => void socket.on('data', () => socket.end('250-hel')).on('error', () => {}).write('220 hello\r\n')).listen(port, '127.0.0.1');
  await hurry();
  expect(await rowOf('ida@far.test')).toMatchObject({ state: 'queued', attempts: 2, error: 'The mail server hung up.' });
  expect((await world.visit('/sign-up')).status).toBe(200);
  await new Promise((resolve) => rude.close(resolve));
});

test('a hundred letters at once: each goes once', async () => {
  server = new SMTPServer(options);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await world.rows(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 100) insert into mails (id, to_address, locale, purpose, subject, text, html, send_after, created_at) select 'mal_many_' || i, 'many' || i || '@far.test', 'en', 'x', 'Many', 'Words', '<p>Words</p>', 0, ? from n`, [Date.now()]);
  for (let i = 0; i < 5; i++) await Promise.all([1, 2].map(() => world.worker.tick('* * * * *')));
  const many = got.filter(({ subject }) => subject === 'Many').map(({ messageId }) => messageId);
  expect([many.length, new Set(many).size]).toEqual([100, 100]);
  expect(conversations).toBeGreaterThan(100);
});
