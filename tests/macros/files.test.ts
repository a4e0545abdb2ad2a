import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { sweepFiles } from '../../worker/attachments/jobs.ts';
import { keepFiles } from '../../worker/attachments/keep.ts';
import { attachmentById } from '../../worker/attachments/queries.ts';
import { attachments } from '../../worker/attachments/schema.ts';
import { takeFiles } from '../../worker/attachments/take.ts';
import { keepMacro } from '../../worker/macros/keep.ts';
import { macroById } from '../../worker/macros/queries.ts';
import { removeMacro } from '../../worker/macros/remove.ts';
import { replyToTicket } from '../../worker/tickets/reply.ts';
import { sendHeldReplies } from '../../worker/tickets/jobs.ts';
import { messagesOfTicket } from '../../worker/tickets/queries.ts';
import { undoReply } from '../../worker/tickets/undo.ts';
import { settingOf, type Stoa, stoa } from '../support/stoa.ts';
import { asks } from '../tickets/support.ts';

const fileOf = (letter: string) => ({ id: `att_${letter.repeat(32)}`, name: `${letter}.txt`, type: 'text/plain', size: 3, width: null, height: null, sha256: letter });
const bring = async (as: Stoa['as'], who: 'agnes' | 'ada' | 'alice', letter: string) => (await as(who).run(keepFiles, { attachments: [], files: [fileOf(letter)] })).all[0]!.id;

/** A macro of everyone's with a file. */
async function withFile() {
  const world = await stoa();
  const file = await bring(world.as, 'ada', 'a');
  const { id } = await world.as('ada').run(keepMacro, { name: 'The manual', whose: 'all', en: 'Here it is.', attachments: [file] });
  return { ...world, file, id };
}

const store = () => {
  const gone: string[] = [];
  return { gone, files: { put: async () => {}, get: async () => undefined, remove: async (keys: string[]) => void gone.push(...keys) } };
};

test('files of a macro are for who may use it; an answer gets copies with the same bytes, for who reads that answer', async () => {
  const { as, file, id } = await withFile();
  expect((await as('agnes').load(macroById(id)))[0]!.attachments).toMatchObject([{ id: file, name: 'a.txt' }]);
  expect((await as('agnes').load(attachmentById(file)))[0]).toMatchObject({ key: file });
  for (const who of ['alice', 'mara', 'visitor'] as const) expect((await as(who).load(attachmentById(file)))[0]).toBeUndefined();

  const number = await asks(as('alice'));
  const { all: [copy] } = await as('agnes').run(takeFiles, { ids: [file], once: 'one form' });
  expect(await as('agnes').run(takeFiles, { ids: [file], once: 'one form' })).toMatchObject({ all: [{ id: copy!.id }] });
  expect(copy!.id).not.toBe(file);
  await as('agnes').run(replyToTicket, { number, body: 'Here it is.', attachments: [copy!.id], macro: id });
  expect((await as('alice').load(messagesOfTicket(number)))[0].at(-1)!.attachments).toMatchObject([{ id: copy!.id, name: 'a.txt', size: 3 }]);
  expect((await as('alice').load(attachmentById(copy!.id)))[0]).toMatchObject({ key: file });
  expect((await as('bob').load(attachmentById(copy!.id)))[0]).toBeUndefined();
  expect((await as('alice').load(attachmentById(file)))[0]).toBeUndefined();
});

test('who may not use a macro takes nothing of it, and nobody attaches the file itself', async () => {
  const { as, file } = await withFile();
  const number = await asks(as('alice'));
  await expect(as('alice').run(takeFiles, { ids: [file] })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('visitor').run(takeFiles, { ids: [file] })).rejects.toMatchObject({ reason: 'signed_out' });
  const own = await bring(as, 'agnes', 'b');
  await as('agnes').run(keepMacro, { name: 'Mine', en: 'Mine.', attachments: [own] });
  await expect(as('ada').run(takeFiles, { ids: [own] })).rejects.toMatchObject({ issues: { attachments: expect.stringContaining('no longer there') } });
  for (const who of ['alice', 'agnes', 'ada'] as const) await expect(as(who).run(replyToTicket, { number, body: 'x', attachments: [file] })).rejects.toMatchObject({ reason: 'conflict' });
  const loose = await bring(as, 'alice', 'c');
  await expect(as('agnes').run(keepMacro, { name: 'Theirs', en: 'x', attachments: [loose] })).rejects.toMatchObject({ reason: 'conflict' });
  await expect(as('agnes').run(keepMacro, { name: 'No text', priority: 'high', attachments: [await bring(as, 'agnes', 'd')] })).rejects.toMatchObject({ issues: { en: expect.any(String) } });
});

test('files that a macro loses go with their bytes, but for bytes that an answer has still', async () => {
  const { as, db, now, file, id } = await withFile();
  const [number, { gone, files }] = [await asks(as('alice')), store()];
  const { all: [copy] } = await as('agnes').run(takeFiles, { ids: [file] });
  await as('agnes').run(replyToTicket, { number, body: 'Here.', attachments: [copy!.id] });
  const second = await bring(as, 'ada', 'e');
  await as('ada').run(keepMacro, { id, name: 'The manual', whose: 'all', en: 'Here it is.', attachments: [second], stay: [] });
  expect((await as('agnes').load(macroById(id)))[0]!.attachments).toMatchObject([{ id: second }]);
  const later = { ...settingOf({ db, now: new Date(now.getTime() + 2 * 86_400_000) }), files };
  await sweepFiles.work(later);
  expect(gone).toEqual([]);
  expect((await as('alice').load(attachmentById(copy!.id)))[0]).toMatchObject({ key: file });
  await as('ada').run(removeMacro, { id });
  await db.update(attachments).set({ messageId: null }).where(eq(attachments.id, copy!.id));
  await sweepFiles.work(later);
  expect(gone.sort()).toEqual([file, second].sort());
  expect(await db.select().from(attachments)).toEqual([]);
});

test('a held answer carries the copies when it goes out, and one taken back was never sent', async () => {
  const { as, db, now, file, id } = await withFile();
  const number = await asks(as('alice'));
  const used = async () => (await as('agnes').load(macroById(id)))[0]!.used;
  const held = async () => as('agnes').run(replyToTicket, { number, body: 'Here.', attachments: [(await as('agnes').run(takeFiles, { ids: [file] })).all[0]!.id], macro: id, hold: true });
  const first = await held();
  expect(await used()).toBe(1);
  await as('agnes').run(undoReply, { number, id: first.id });
  expect(await used()).toBe(0);
  await held();
  await sendHeldReplies.work(settingOf({ db, now: new Date(now.getTime() + 20_000) }));
  expect([await used(), (await as('alice').load(messagesOfTicket(number)))[0].at(-1)!.attachments.length]).toEqual([1, 1]);
});

test('taking back another’s macro than one’s own counts nothing', async () => {
  const { as, db } = await stoa();
  const { id } = await as('ada').run(keepMacro, { name: 'Hers', en: 'x' });
  await db.$client.execute('update macros set used = 5');
  const number = await asks(as('alice'));
  const { id: held } = await as('agnes').run(replyToTicket, { number, body: 'Words.', macro: id, hold: true });
  await as('agnes').run(undoReply, { number, id: held });
  expect((await as('ada').load(macroById(id)))[0]!.used).toBe(5);
});
