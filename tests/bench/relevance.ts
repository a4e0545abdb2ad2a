import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFile } from '../../worker/data/import.ts';
import { migrate } from '../../worker/database/migrate.ts';
import { openDatabase } from '../../worker/database/open.ts';
import { startSqld } from '../../worker/local/sqld.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import { openPortal } from '../../worker/platform/portal.ts';
import { visitor } from '../../worker/platform/viewer.ts';
import { withMeant } from '../../worker/search/fuse.ts';
import { searched } from '../../worker/search/queries.ts';
import { gatherWords } from '../../worker/spelling/jobs.ts';
import { spelled } from '../../worker/spelling/queries.ts';
import { mean, type Score, scored } from '../support/relevance.ts';

/**
 * `node tests/bench/relevance.ts [set …]`: how well search finds what people judged to be right. A set is a folder below `search` of STOA_DATA_SETS with
 * `corpus.jsonl` (id, title, text), `queries.jsonl` (id, text or title) and `qrels.*.tsv` (query, document, grade).
 */
const folder = join(process.env['STOA_DATA_SETS'] ?? '../shared/data', 'search');
if (!existsSync(folder)) {
  console.error(`There are no judged sets at ${folder}: set STOA_DATA_SETS.`);
  process.exit(1);
}
const AT = '2026-01-01T00:00:00Z';

interface Text {
  id: string;
  title?: string;
  text?: string;
}

const linesOf = <T>(...path: string[]) => readFileSync(join(folder, ...path), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as T);

function judgementsOf(set: string): Map<string, Map<string, number>> {
  const file = readdirSync(join(folder, set)).find((name) => /^qrels\.(all|desc)\.tsv$/.test(name))!;
  const rows = readFileSync(join(folder, set, file), 'utf8').split('\n').slice(1).map((line) => line.split('\t')).filter(([, , grade]) => Number(grade) > 0);
  return new Map([...Map.groupBy(rows, ([query]) => query!)].map(([query, judged]) => [query, new Map(judged.map(([, document, grade]) => [document!, Number(grade)]))]));
}

/** The texts of a set as topics of one category. */
async function imported(set: string, url: string, into: string): Promise<void> {
  const file = join(into, 'corpus.jsonl');
  const before = [{ type: 'user', id: 'someone', email: 'someone@example.net', name: 'Someone', createdAt: AT }, { type: 'category', id: 'all', slug: 'all', name: 'All' }];
  const topics = linesOf<Text>(set, 'corpus.jsonl').map(({ id, title, text }) => ({ type: 'topic', id, category: 'all', author: 'someone', title: title?.trim().slice(0, 400) || '.', body: text || '.', createdAt: AT }));
  writeFileSync(file, [...before, ...topics].map((line) => JSON.stringify(line)).join('\n'));
  await importFile(file, { url, problem: (line, reason) => console.error(set, line, reason) });
}

async function measured(set: string) {
  const here = mkdtempSync(join(tmpdir(), 'stoa-relevance-'));
  const server = await startSqld({ folder: join(here, 'db') });
  await migrate(server.url);
  await imported(set, server.url, here);
  const db = openDatabase({ url: server.url, patience: 30_000 });
  while ((await gatherWords.work({ db, gate: gateOf(db), now: new Date(), secret: '', url: '' })) > 0);
  const locale = /-el$|greek/.test(set) ? ('el' as const) : ('en' as const);
  const judgements = judgementsOf(set);
  const scores: Score[] = [];
  for (const { id, text, title } of linesOf<Text>(set, 'queries.jsonl').filter((query) => judgements.has(query.id))) {
    const [portal, q] = [openPortal({ db, gate: gateOf(db), viewer: visitor, secret: '' }), text ?? title ?? ''];
    const ask = (words: string) => searched(words, { locale, limit: 30, withImportIds: true });
    const [typed, meant] = await portal.load(ask(q), spelled(q));
    const { hits } = await withMeant(portal, { q, typed, meant }, ask, 30);
    scores.push(scored(hits.flatMap(({ importId }) => (importId && importId !== id ? [importId] : [])), judgements.get(id)!));
  }
  await server.stop();
  rmSync(here, { recursive: true });
  return scores;
}

const wanted = process.argv.slice(2);
console.log('| set | queries | nDCG@10 | right one among five | recall@20 |\n|---|---|---|---|---|');
for (const set of readdirSync(folder).filter((name) => existsSync(join(folder, name, 'corpus.jsonl')) && (wanted.length === 0 || wanted.includes(name)))) {
  const scores = await measured(set);
  console.log(`| ${set} | ${scores.length} | ${[mean(scores.map(({ gain }) => gain)), mean(scores.map(({ isShown }) => isShown)), mean(scores.map(({ recalled }) => recalled))].map((value) => value.toFixed(3)).join(' | ')} |`);
}
