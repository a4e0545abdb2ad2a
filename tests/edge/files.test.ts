import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkBackup, takeBackup } from '../../worker/data/backup.ts';
import { putBack } from '../../worker/data/restore.ts';
import { DATA_FILE } from '../../worker/local/sqld.ts';
import { placeOf } from '../../worker/platform/store.ts';
import { noted, pictures, PLACE } from '../attachments/support.ts';
import { type Entry, matrixWorld, type Principal, principals } from './matrix.ts';

let world: Awaited<ReturnType<typeof matrixWorld>>;
let chris: string;
let agnes: string;
let sql: (text: string, args?: (string | number)[]) => Promise<Record<string, unknown>[]>;
beforeAll(async () => {
  world = await matrixWorld();
  ({ sql } = world);
  [chris, agnes] = [await world.signedIn('chris@acme.test'), await world.signedIn('agnes@stoa.test')];
});
afterAll(() => world?.close());

type Files = Record<string, Uint8Array | string>;

async function send(path: string, cookie: string | undefined, fields: Record<string, string>, files: Files = {}, kept: string[] = []) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const id of kept) form.append('attachments', id);
  for (const [name, content] of Object.entries(files)) form.append('attachments', new File([content as never], name, { type: 'image/png' }));
  const answer = await fetch(world.url + path, { method: 'POST', redirect: 'manual', body: form, headers: { origin: world.url, accept: 'text/html', ...(cookie ? { cookie } : {}) } });
  return { status: answer.status, html: await answer.text(), location: answer.headers.get('location') ?? '', roundTrips: answer.headers.get('server-timing') };
}

const get = (path: string, cookie?: string, headers: Record<string, string> = {}) => fetch(world.url + path, { headers: { ...(cookie ? { cookie } : {}), ...headers } });
const idsIn = (html: string) => [...new Set([...html.matchAll(/\/files\/(att_\w+)\//g)].map(([, id]) => id!))];
const keptIn = (html: string) => [...html.matchAll(/name="attachments" value="(att_\w+)"/g)].map(([, id]) => id!);
const unquoted = (url: string) => url.replaceAll('&amp;', '&');

/** A reply of Chris to topic 3 that holds files: their rows. */
async function reply(files: Files, cookie = chris) {
  const answer = await send('/forum/topics/3/x', cookie, { action: 'reply', body: `See here. ${crypto.randomUUID()}`, once: crypto.randomUUID() }, files);
  expect(answer.status).toBe(303);
  const place = Number(/#post-(\d+)/.exec(answer.location)![1]);
  return (await sql('select a.*, a.post_id as post from attachments a join posts p on p.id = a.post_id join topics t on t.id = p.topic_id where t.number = 3 and p.number = ? order by a.rowid', [place])) as { id: string; name: string; type: string; post: string; size: number }[];
}

const verdicts = async (address: string) => Object.fromEntries(await Promise.all(principals.map(async (who) => [who, (await world.ask(who, { what: '', method: 'GET', address } as Entry)).verdict])));
const onlyFor = (allowed: Principal[], address: string) => Object.fromEntries(principals.map((who) => [who, allowed.includes(who) ? 'ok' : address && '404']));

test('many large files at once are all kept, each in its turn, also after somebody who hung up in the middle', { timeout: 180_000 }, async () => {
  const { port } = new URL(world.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`POST /uploads HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\norigin: ${world.url}\r\ncookie: ${agnes}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 25000000\r\n\r\n--x\r\n`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  socket.destroy();
  const bytes = randomBytes(20_000_000);
  const keep = async (n: number): Promise<unknown> => {
    const form = new FormData();
    form.append('files', new File([bytes], `large-${n}.bin`));
    const answer = await fetch(`${world.url}/uploads`, { method: 'POST', headers: { origin: world.url, cookie: agnes }, body: form });
    // A database that is busy for a moment is no answer yet.
    if (answer.status === 503) return keep(n);
    return [answer.status, ((await answer.json()) as { items?: { size: number }[] }).items?.map(({ size }) => size)];
  };
  expect(await Promise.all(Array.from({ length: 5 }, (_, n) => keep(n)))).toEqual(Array.from({ length: 5 }, () => [201, [20_000_000]]));
});

test('pictures come back without their places, are shown with their size, and asked for again each time', async () => {
  const { png, jpeg, gif, webp } = noted();
  const rows = await reply({ 'a.png': png, 'b.jpg': jpeg, 'c.gif': gif, 'd.webp': webp, 'words.txt': 'plain' });
  expect(rows.map(({ type }) => type)).toEqual(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'text/plain']);
  for (const { id, name, type, size } of rows.slice(0, 4)) {
    const answer = await get(`/files/${id}/${name}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([name, answer.status, answer.headers.get('content-type'), bytes.length, bytes.includes(PLACE)]).toEqual([name, 200, type, size, false]);
    expect([answer.headers.get('cache-control'), answer.headers.get('x-content-type-options'), answer.headers.get('content-security-policy')]).toEqual(['private, no-cache', 'nosniff', "sandbox; default-src 'none'"]);
    expect(answer.headers.get('server-timing')).toContain('1 round trip"');
    expect((await get(`/files/${id}/${name}`, undefined, { 'if-none-match': answer.headers.get('etag')! })).status).toBe(304);
  }
  const [{ number }] = (await sql('select number from posts where id = ?', [rows[0]!.post])) as [{ number: number }];
  const { html } = await world.visit(`/forum/topics/3/x?post=${number}`, { cookie: chris }).then(({ headers }) => world.visit(headers.get('location')!, { cookie: chris }));
  expect(html).toContain(`<img src="/files/${rows[1]!.id}/b.jpg" width="8" height="12" alt="b.jpg" loading="lazy"`);
  expect(html).toMatch(/words\.txt<\/a> <span[^>]*>Text, 5 bytes/);
});

test('whatever else it is, however it is called, it is handed out inert', async () => {
  const bomb = zipSync({ '../../evil.sh': strToU8('rm -rf /'), zeros: new Uint8Array(5_000_000) }, { level: 9 });
  const files: Files = {
    'logo.svg': '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'page.png': '<!doctype html><script>alert(1)</script>', 'feed.xml': '<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    'run.hta': '<script language="VBScript">x</script>', 'bomb.zip': bomb, '..%2f..%2fetc%2fpasswd': 'root', 'κείμενο "a"\u202etxt.js': 'alert(1)', '<img src=x onerror=alert(1)>.txt': 'x', [`${'n'.repeat(300)}.pdf`]: '%PDF-1.7 x',
  };
  const rows = await reply(files, await world.signedIn('dora@acme.test'));
  expect(rows).toHaveLength(9);
  for (const { id, name } of rows) {
    const answer = await get(`/files/${id}/${encodeURIComponent(name)}`);
    expect([name, answer.status, answer.headers.get('content-type'), answer.headers.get('content-security-policy')]).toEqual([name, 200, 'application/octet-stream', "sandbox; default-src 'none'"]);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[A-Za-z0-9 ._-]+"; filename\*=UTF-8''[A-Za-z0-9%._~-]+$/);
    await answer.arrayBuffer();
  }
  expect(rows.map(({ name }) => name)).toContain('κείμενο a txt.js');
  expect(rows.at(-1)!.name).toHaveLength(120);
});

test('a picture that is something else, too, comes back as the picture alone; a name that is a path is a name', async () => {
  const page = Buffer.from('<!doctype html><script>alert(1)</script>');
  const both = { 'a.html': Buffer.concat([pictures.png, page]), 'b.js': Buffer.concat([pictures.gif, Buffer.from('/*'), page, Buffer.from('*/=1')]), 'c.svg': Buffer.concat([pictures.jpeg.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, page.length + 2]), page, pictures.jpeg.subarray(2)]), 'd.php': Buffer.concat([pictures.webp, page]) };
  const rows = await reply(both, await world.signedIn('mara@stoa.test'));
  expect(rows.map(({ name, type }) => [name, type])).toEqual([['a_html.png', 'image/png'], ['b_js.gif', 'image/gif'], ['c_svg.jpg', 'image/jpeg'], ['d_php.webp', 'image/webp']]);
  for (const { id, name, type } of rows) {
    const answer = await get(`/files/${id}/${name}`);
    expect([name, answer.headers.get('content-type'), answer.headers.get('x-content-type-options'), answer.headers.get('content-security-policy')]).toEqual([name, type, 'nosniff', "sandbox; default-src 'none'"]);
    expect([name, Buffer.from(await answer.arrayBuffer()).includes('alert')]).toEqual([name, false]);
  }
  const paths = ['../../etc/passwd', '..\\..\\windows\\win.ini', '/etc/shadow', 'C:\\boot.ini', '.htaccess', '....//....//x.txt', 'x\r\nset-cookie: a=b.txt', '~/.ssh/id_rsa', '%2e%2e%2fx.txt'];
  const named = await reply(Object.fromEntries(paths.map((path) => [path, 'words'])), await world.signedIn('arno@stoa.test'));
  expect(named.map(({ name }) => name)).toEqual(['passwd', 'windowswin.ini', 'shadow', 'C_boot.ini', 'htaccess', 'x.txt', 'x set-cookie_ a=b.txt', 'id_rsa', '%2e%2e%2fx.txt']);
  for (const { id, name } of named) {
    const answer = await get(`/files/${id}/${encodeURIComponent(name)}`);
    expect([name, answer.status, answer.headers.get('content-disposition'), answer.headers.get('set-cookie')]).toEqual([name, 200, expect.stringMatching(/^attachment; filename="[A-Za-z0-9 ._-]+"; filename\*=UTF-8''[A-Za-z0-9%._~-]+$/), null]);
    await answer.arrayBuffer();
  }
});

test('a file of 24.9 MB comes back as it was; one of 25.1 MB is refused, and the words and the other file are kept', { timeout: 180_000 }, async () => {
  const large = randomBytes(24_900_000);
  const [file] = await reply({ 'large.bin': large }, await world.signedIn('cleo@stoa.test'));
  expect([file!.size, file!.type]).toEqual([large.length, 'application/octet-stream']);
  const answer = await get(`/files/${file!.id}/large.bin`);
  expect([answer.headers.get('content-length'), answer.headers.get('content-disposition')]).toEqual([String(large.length), "attachment; filename=\"large.bin\"; filename*=UTF-8''large.bin"]);
  expect(Buffer.from(await answer.arrayBuffer()).equals(large)).toBe(true);
  const refused = await send('/forum/topics/4/x', chris, { action: 'reply', body: 'Words beside a large one.', once: crypto.randomUUID() }, { 'small.txt': 'small', 'larger.bin': new Uint8Array(25_100_000) });
  expect([refused.status, /id="attachments-issue"[^>]*>[^<:]+: Keep each file under 25 MB\./.test(refused.html), refused.html.includes('Words beside a large one.</textarea>'), keptIn(refused.html).length]).toEqual([422, true, true, 1]);
});

test('what is refused is named beside the field; words and the other files wait there to be sent', async () => {
  const fields = { action: 'reply', body: 'Look at these.', once: crypto.randomUUID() };
  const refused = await send('/forum/topics/4/x', chris, fields, { 'setup.exe': 'MZ\x90\x00', 'fine.png': pictures.png });
  expect(refused.status).toBe(422);
  expect(refused.html).toMatch(/id="attachments-issue"[^>]*>[^<:]+: Programs cannot be attached\./);
  expect(refused.html).toContain('Look at these.');
  const kept = keptIn(refused.html);
  expect(kept).toHaveLength(1);
  const seen = await Promise.all([chris, agnes, undefined].map(async (cookie) => (await get(`/files/${kept[0]}/fine.png`, cookie)).status));
  expect(seen).toEqual([200, 404, 404]);
  const stolen = await send('/forum/topics/4/x', agnes, { action: 'reply', body: 'Mine now.' }, {}, kept);
  expect([stolen.status, keptIn(stolen.html), stolen.html.includes('A file that you attached is no longer there.')]).toEqual([409, [], true]);
  const preview = await send('/forum/topics/4/x', chris, { ...fields, preview: '1' }, { 'more.gif': pictures.gif }, kept);
  expect([preview.status, keptIn(preview.html)[0], keptIn(preview.html).length]).toEqual([200, kept[0], 2]);
  const sent = await send('/forum/topics/4/x', chris, { action: 'reply', body: 'Look at these.', once: crypto.randomUUID() }, {}, keptIn(preview.html));
  expect(sent.status).toBe(303);
  expect(await sql('select name from attachments where post_id = (select id from posts where body = ?) order by name', ['Look at these.'])).toEqual([{ name: 'fine.png' }, { name: 'more.gif' }]);
});

test('a form with files that waited, sent again after it went through, leads to what it became, and opens nothing else', async () => {
  const fields = { subject: 'A ticket sent twice', body: 'With a file that waited.', anyway: '1', once: crypto.randomUUID() };
  const refused = await send('/tickets/new', chris, fields, { 'setup.exe': 'MZ\x90\x00', 'fine.png': pictures.png });
  const kept = keptIn(refused.html);
  expect([refused.status, kept.length]).toEqual([422, 1]);
  const [first, second] = [await send('/tickets/new', chris, fields, {}, kept), await send('/tickets/new', chris, fields, {}, kept)];
  expect([first.status, second.status, second.location]).toEqual([303, 303, first.location]);
  const more = await send('/tickets/new', chris, fields, { 'note.txt': 'Another.' }, kept);
  expect([more.status, more.html.includes('A file that you attached is no longer there.')]).toEqual([409, true]);
  expect(await sql("select t.number, a.name from tickets t join ticket_messages m on m.ticket_id = t.id join attachments a on a.message_id = m.id where t.subject = 'A ticket sent twice'")).toEqual([{ number: Number(/\d+$/.exec(first.location)![0]), name: 'fine.png' }]);
});

test('what ought not be too large is refused early: by what it says it is, by what it turns out to be, and by the file', async () => {
  const said = await send('/tickets/new', chris, { subject: 'Large', body: 'B' }, { 'a.bin': new Uint8Array(33_000_000) });
  expect(said.status).toBe(413);
  expect([said.html.includes('This is too much at once'), said.html.includes('href="/sign-in"')]).toEqual([true, false]);
  let left = 40;
  const chunks = new ReadableStream({ pull: (stream) => (left-- > 0 ? stream.enqueue(new Uint8Array(1_000_000)) : stream.close()) });
  const unsaid = await fetch(`${world.url}/tickets/new`, { method: 'POST', body: chunks, duplex: 'half', headers: { origin: world.url, cookie: chris, 'content-type': 'multipart/form-data; boundary=x' } } as RequestInit).then(({ status }) => status, () => 'hung up');
  expect([413, 'hung up']).toContain(unsaid);
  const file = await send('/tickets/new', chris, { subject: 'Large', body: 'Kept words' }, { 'a.bin': new Uint8Array(25_000_001) });
  expect([file.status, /Keep each file under 25 MB/.test(file.html), file.html.includes('Kept words')]).toEqual([422, true, true]);
  const many = await send('/tickets/new', chris, { subject: 'Many', body: 'B' }, Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`${i}.txt`, 'x'])));
  expect([many.status, many.html.includes('Attach at most ten files.')]).toEqual([422, true]);
  const other = await send('/settings', chris, { name: 'x' }, { 'a.bin': new Uint8Array(3_000_000) });
  expect(other.status).toBe(413);
});

test('a file is for who reads its message: of a ticket, of a note, of a post that is hidden, removed and brought back', async () => {
  await send('/tickets/9001', chris, { action: 'reply', body: 'With a file.' }, { 'mine.png': pictures.png });
  await send('/agent/tickets/9001', agnes, { action: 'reply', body: 'Among us.', visibility: 'internal' }, { 'note.txt': 'secret' });
  const [mine, note] = (await sql("select id, name from attachments where message_id in (select id from ticket_messages where ticket_id = 'tkt_9001') order by rowid")) as { id: string; name: string }[];
  const readers: Principal[] = ['customer', 'account admin', 'light agent', 'agent', 'CSM', 'admin', 'borrowed eyes', 'read token', 'write token'];
  const staff: Principal[] = ['light agent', 'agent', 'CSM', 'admin'];
  const verdict = async (id: string) => Object.fromEntries(Object.entries(await verdicts(`/files/${id}/x`)).map(([who, one]) => [who, one === '403' || one === '401' ? '404' : one]));
  expect(await verdict(mine!.id)).toEqual(onlyFor(readers, 'x'));
  expect(await verdict(note!.id)).toEqual(onlyFor(staff, 'x'));
  expect(idsIn((await world.visit('/tickets/9001', { cookie: chris })).html)).toEqual([mine!.id]);
  expect(idsIn((await world.visit('/agent/tickets/9001', { cookie: agnes })).html)).toEqual([mine!.id, note!.id]);

  const [file] = await reply({ 'p.png': pictures.png });
  const status = async () => Promise.all([undefined, chris, agnes].map(async (cookie) => (await get(`/files/${file!.id}/p.png`, cookie)).status));
  expect(await status()).toEqual([200, 200, 200]);
  await sql('update posts set hidden_at = 1 where id = ?', [file!.post]);
  expect(await status()).toEqual([404, 200, 200]);
  await sql('update posts set hidden_at = null where id = ?', [file!.post]);
  expect((await world.visit(`/forum/posts/${file!.post}/edit`, { cookie: chris, form: { action: 'remove' } })).status).toBe(303);
  expect(await status()).toEqual([404, 404, 404]);
  expect((await world.visit(`/forum/posts/${file!.post}/edit`, { cookie: chris, form: { action: 'restore' } })).status).toBe(303);
  expect(await status()).toEqual([200, 200, 200]);
  await sql("update categories set see = '[\"role:agent\"]' where id = (select category_id from topics where number = 3)");
  expect(await status()).toEqual([404, 404, 200]);
  await sql('update categories set see = null');
});

test('a guest attaches files too, and sees them by the link of the ticket, with which nobody opens another', async () => {
  const open = async () => (await send('/tickets/new', undefined, { email: `${crypto.randomUUID()}@example.org`, subject: 'From outside', body: 'B', anyway: '1' }, { 'shot.jpg': noted().jpeg, 'log.txt': 'x' })).location;
  const [first, second] = [await open(), await open()];
  const { html } = await world.visit(first);
  const urls = [...new Set([...html.matchAll(/"(\/files\/[^"]+)"/g)].map(([, url]) => unquoted(url!)))];
  expect(urls).toHaveLength(2);
  for (const url of urls) {
    expect((await get(url)).status).toBe(200);
    const path = url.split('?')[0]!;
    const [, number, key] = /tickets\/(\d+)\?key=(.+)/.exec(second)!;
    const others = await Promise.all([path, `${path}?ticket=${number}&key=${key}`, `${path}?ticket=1&key=x`].map(async (one) => (await get(one)).status));
    expect(others).toEqual([404, 404, 404]);
    expect((await get(path, agnes)).status).toBe(200);
  }
  const answer = await send(first, undefined, { action: 'reply', body: 'One more' }, { 'more.png': pictures.png });
  expect(answer.status).toBe(303);
  expect(idsIn((await world.visit(first)).html)).toHaveLength(3);
});

test('a backup holds the files, tells when one is damaged, and puts them back', async () => {
  const [file] = await reply({ 'kept.png': pictures.png });
  const [backup, home] = [join(world.folder, 'backup'), join(world.folder, 'another')];
  const manifest = await takeBackup(join(world.folder, 'db', DATA_FILE), join(world.folder, 'files'), backup);
  // The file that stands in the world for one that was never checked has no bytes.
  expect([manifest.files!.missing, manifest.files!.copied]).toEqual([1, manifest.rows['attachments']! - 1]);
  mkdirSync(home);
  await putBack(backup, join(home, 'data'), join(home, 'files'));
  const place = placeOf(file!.id);
  expect(readFileSync(join(home, 'files', place)).equals(pictures.png)).toBe(true);
  writeFileSync(join(backup, 'files', place), 'x');
  await expect(checkBackup(backup)).rejects.toThrow('Of the files of this backup 1 are not there');
});

test('a form sent twice makes one message with its file once', async () => {
  const fields = { action: 'reply', body: 'Twice over.', once: crypto.randomUUID() };
  const [one, two] = [await send('/forum/topics/5/x', chris, fields, { 'a.png': pictures.png }), await send('/forum/topics/5/x', chris, fields, { 'a.png': pictures.png })];
  expect([one.status, two.status, two.location]).toEqual([303, 303, one.location]);
  expect(await sql("select count(*) n from posts where body = 'Twice over.'")).toEqual([{ n: 1 }]);
  expect(await sql("select count(*) n from attachments where post_id in (select id from posts where body = 'Twice over.')")).toEqual([{ n: 1 }]);
});

test('whose space is full keeps their words; whose store is broken too', async () => {
  await sql("insert into attachments (id, owner_id, name, type, size, sha256, created_at, attached_at, message_id) select 'att_full', id, 'x', 'x', 1000000000, 'x', 0, 0, 'msg_9002' from users where email = 'nikos@olive.test'");
  const nikos = await world.signedIn('nikos@olive.test');
  const full = await send('/tickets/new', nikos, { subject: 'S', body: 'Words of Nikos', anyway: '1' }, { 'a.png': pictures.png });
  expect([full.status, full.html.includes('There is no room for this'), full.html.includes('Words of Nikos')]).toEqual([422, true, true]);
  const folder = join(world.folder, 'files');
  rmSync(folder, { recursive: true });
  writeFileSync(folder, '');
  const broken = await send('/tickets/new', chris, { subject: 'S', body: 'Words of Chris', anyway: '1', once: crypto.randomUUID() }, { 'b.png': pictures.gif });
  rmSync(folder);
  mkdirSync(folder);
  expect([broken.status, broken.html.includes('The files could not be stored'), broken.html.includes('Words of Chris')]).toEqual([422, true, true]);
});

test('what was never attached, and what belonged to who was erased, is gone with its bytes', async () => {
  const token = `stoa_${'a'.repeat(32)}`;
  const { createHash } = await import('node:crypto');
  await sql("insert into tokens (id, hash, user_id, name, scope, created_at) select 'tok_files', ?, id, 'files', 'write', 0 from users where email = 'dora@acme.test'", [createHash('sha256').update(token).digest('hex')]);
  const bring = async (name: string) => {
    const form = new FormData();
    form.append('attachments', new File([pictures.png as never], name));
    const answer = await fetch(`${world.url}/api/v1/attachments`, { method: 'POST', body: form, headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { items: { id: string }[] }).items[0]!.id;
  };
  const [old, young, used] = [await bring('old.png'), await bring('young.png'), await bring('used.png')];
  const post = await fetch(`${world.url}/api/v1/topics/6/posts`, { method: 'POST', body: JSON.stringify({ body: 'By a machine.', attachments: [used] }), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } });
  expect(post.status).toBe(201);
  const listed = (await (await get('/api/v1/topics/6/posts')).json()) as { items: { attachments: { id: string; url: string; width: number }[] }[] };
  expect(listed.items.flatMap(({ attachments }) => attachments.map(({ id, url, width }) => [id, url, width]))).toContainEqual([used, `/files/${used}/used.png`, 12]);
  const again = await fetch(`${world.url}/api/v1/topics/6/posts`, { method: 'POST', body: JSON.stringify({ body: 'Once more.', attachments: [used] }), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } });
  expect(again.status).toBe(409);
  const isThere = (id: string) => existsSync(join(world.folder, 'files', placeOf(id)));
  expect([old, young, used].map(isThere)).toEqual([true, true, true]);
  await sql('update attachments set created_at = created_at - 90000000 where id in (?, ?)', [old, used]);
  await world.worker.tick('* * * * *');
  expect([old, young, used].map(isThere)).toEqual([false, true, true]);
  expect(await sql('select count(*) n from attachments where id = ?', [old])).toEqual([{ n: 0 }]);

  const dora = await world.signedIn('dora@acme.test');
  const erased = await world.visit('/settings/privacy/erase', { cookie: dora, form: { action: 'erase', email: 'dora@acme.test', words: 'go' } });
  expect(erased.status).toBe(303);
  expect((await get(`/files/${used}/used.png`)).status).toBe(404);
  expect(await sql('select name, owner_id from attachments where id in (?, ?)', [young, used])).toEqual([{ name: 'gone', owner_id: null }, { name: 'gone', owner_id: null }]);
  await world.worker.tick('* * * * *');
  expect([young, used].map(isThere)).toEqual([false, false]);
});
