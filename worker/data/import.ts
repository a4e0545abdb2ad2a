import { statSync } from 'node:fs';
import { type Client, createClient } from '@libsql/client/web';
import { look, references } from './known.ts';
import type { Line, LineOf, LineType } from './line.ts';
import { linesOf } from './reader.ts';
import { writers } from './rows.ts';
import { openSeen } from './seen.ts';
import { settleAccounts, settleMessages, settlePosts } from './settle.ts';

/** Each pass reads the file and takes the types that refer only to earlier passes', so that lines may come in any order. */
const PASSES: LineType[][] = [['account', 'category'], ['user'], ['topic', 'article', 'ticket', 'idea'], ['post', 'message', 'survey'], ['vote']];
const BATCH = 400;

export interface Report {
  /** Lines of each type that went in now. */
  imported: Partial<Record<LineType, number>>;
  /** Lines that were there already. */
  unchanged: number;
  problems: number;
}

export interface Wishes {
  url: string;
  authToken?: string;
  dryRun?: boolean;
  problem: (line: number, reason: string) => void;
  /** Bytes done of all bytes to read, over all passes, and lines written. */
  progress?: (done: number, total: number, lines: number) => void;
}

/** Brings a file into the workspace. Running it again, or after it was cut off, adds only what is missing. Bad lines are told and skipped. */
export async function importFile(file: string, wishes: Wishes): Promise<Report> {
  const client = createClient({ url: wishes.url, ...(wishes.authToken ? { authToken: wishes.authToken } : {}) });
  const seen = openSeen();
  const report: Report = { imported: {}, unchanged: 0, problems: 0 };
  const total = statSync(file).size * PASSES.length;
  const tell = (line: number, reason: string) => {
    report.problems++;
    wishes.problem(line, reason);
  };
  const planned = wishes.dryRun ? seen : undefined;
  try {
    for (const [pass, types] of PASSES.entries()) {
      await onePass(file, types, { client, report, tell, first: pass === 0, seen, planned, progress: (bytes, lines) => wishes.progress?.((total / PASSES.length) * pass + bytes, total, lines) });
      if (pass === 1 && !wishes.dryRun) await secondThoughts(file, client, tell);
    }
    if (!wishes.dryRun) {
      await settlePosts(client, () => {});
      await settleMessages(client, () => {});
      await settleAccounts(client);
    }
    return report;
  } finally {
    seen.close();
    client.close();
  }
}

type Numbered = { line: Line; number: number };

interface Pass {
  client: Client;
  report: Report;
  tell: (line: number, reason: string) => void;
  /** Whether unreadable lines are told: once, not in every pass. */
  first: boolean;
  seen: ReturnType<typeof openSeen>;
  /** On a dry run, what would be there by now. */
  planned: ReturnType<typeof openSeen> | undefined;
  progress: (bytes: number, lines: number) => void;
}

async function onePass(file: string, types: LineType[], pass: Pass): Promise<void> {
  const waiting = new Map<LineType, Numbered[]>();
  let writing: Promise<void> = Promise.resolve();
  let written = 0;
  const flush = async (type: LineType) => {
    const batch = waiting.get(type)!;
    waiting.delete(type);
    const statements = await prepared(batch, pass);
    await writing;
    written += batch.length;
    if (statements.length > 0) writing = pass.client.batch(statements, 'write').then(() => undefined);
    writing.catch(() => undefined);
  };
  for await (const { number, bytes, line, problem } of linesOf(file)) {
    if (problem && pass.first) pass.tell(number, problem);
    if (!line || !types.includes(line.type)) continue;
    const earlier = pass.seen.earlier(line.type === 'vote' ? `vote ${line.on} ${line.author}` : `${line.type} ${line.id}`, number);
    if (earlier !== undefined) {
      pass.tell(number, `repeats line ${earlier}`);
      continue;
    }
    const batch = waiting.get(line.type) ?? waiting.set(line.type, []).get(line.type)!;
    if (batch.push({ line, number }) >= BATCH) await flush(line.type);
    if (number % 200 === 0) pass.progress(bytes, written);
  }
  for (const type of [...waiting.keys()]) await flush(type);
  await writing;
}

/** The statements for a batch: what is new in it, with every reference resolved. */
async function prepared(batch: Numbered[], { client, report, tell, planned }: Pass) {
  const { known, present } = await look(client, batch.map(({ line }) => line));
  const fit = batch.filter(({ line, number }) => {
    if ('id' in line && present.has(line.id)) {
      report.unchanged++;
      return false;
    }
    const missing = references(line).find(([kind, id]) => !known[kind].has(id) && !planned?.has(`${kind} ${id}`));
    const nowhere = line.type === 'vote' && !known.idea.has(line.on) && !known.topic.has(line.on) && !known.post.has(line.on) && !planned;
    if (missing) tell(number, `${missing[2]}: there is no ${missing[0]} ${JSON.stringify(missing[1])}`);
    else if (nowhere) tell(number, `on: there is nothing called ${JSON.stringify((line as LineOf<'vote'>).on)}`);
    return !missing && !nowhere;
  });
  if (fit.length === 0) return [];
  const { type } = fit[0]!.line;
  report.imported[type] = (report.imported[type] ?? 0) + fit.length;
  return planned ? [] : writers[type](fit as never, known);
}

/** References among lines of one pass: the CSM of an account, by id or e-mail, and the parent of a category, without cycles. */
async function secondThoughts(file: string, client: Client, tell: (line: number, reason: string) => void): Promise<void> {
  for await (const { number, line } of linesOf(file)) {
    if (line?.type === 'account' && line.csm) {
      const { rowsAffected } = await client.execute({
        sql: 'update accounts set csm_id = (select id from users where import_id = ? or email = ? limit 1) where import_id = ? and exists (select 1 from users where import_id = ? or email = ?)',
        args: [line.csm, line.csm.toLowerCase(), line.id, line.csm, line.csm.toLowerCase()],
      });
      if (rowsAffected === 0) tell(number, `csm: there is no user ${JSON.stringify(line.csm)}`);
    }
    if (line?.type === 'category' && line.parent) {
      const { rowsAffected } = await client.execute({
        sql: `with recursive above(id) as (select id from categories where import_id = ?1 union select c.parent_id from categories c join above on c.id = above.id where c.parent_id is not null)
          update categories set parent_id = (select id from categories where import_id = ?1) where import_id = ?2 and exists (select 1 from categories where import_id = ?1) and id not in (select id from above)`,
        args: [line.parent, line.id],
      });
      if (rowsAffected === 0) tell(number, `parent: ${JSON.stringify(line.parent)} does not exist or would make a circle`);
    }
  }
}
