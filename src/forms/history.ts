import type { Entry } from '../../worker/history/queries.ts';
import { historyPage } from '../../worker/history/queries.ts';
import type { Filters } from '../../worker/history/input.ts';
import type { Portal } from '../../worker/platform/portal.ts';
import { t, type Locale } from '../messages/index.ts';
import { csvLine } from './csv.ts';
import { sentenceOf } from './log.ts';
import { doerOf, type Known, spokenLines, toldOf } from './told.ts';

const PAGE = 500;
/** Lines of one file at most. */
const MOST = 10_000;

/** What an entry says, as texts: when, which ticket, who, what, and what changed. */
export const lineOf = (locale: Locale, zone: string, entry: Entry, known?: Known) => [entry.createdAt.toISOString(), String(entry.ticket), doerOf(locale, entry), sentenceOf(locale, entry.type, entry.data), spokenLines(toldOf(locale, zone, entry, known))];

/** The query of the first page of a file. */
export const firstOfHistory = (number: number, filters: Filters) => historyPage({ limit: PAGE }, number, filters);

async function* entries(portal: Portal, number: number, filters: Filters, first: { items: Entry[]; next: string | null }): AsyncGenerator<Entry[]> {
  let [page, sent] = [first, 0];
  while (true) {
    yield page.items;
    sent += page.items.length;
    if (page.next === null || sent >= MOST) return;
    [page] = await portal.load(historyPage({ after: page.next, limit: PAGE }, number, filters));
  }
}

/** A ticket's history as CSV, read as it is sent. */
export async function* historyCsv(portal: Portal, number: number, filters: Filters, first: { items: Entry[]; next: string | null }, locale: Locale, known: Known): AsyncGenerator<string> {
  const words = t(locale).joins;
  yield `\ufeff${csvLine([words.when, words.ticket, words.who, words.what, words.details, 'id', 'type'])}`;
  for await (const some of entries(portal, number, filters, first)) yield some.map((entry) => csvLine([...lineOf(locale, 'UTC', entry, known), entry.id, entry.type])).join('');
}

/** The same as JSON: a list of the entries as the log has them. */
export async function* historyJson(portal: Portal, number: number, filters: Filters, first: { items: Entry[]; next: string | null }): AsyncGenerator<string> {
  let before = '[';
  for await (const some of entries(portal, number, filters, first)) {
    for (const entry of some) {
      yield `${before}\n${JSON.stringify(entry)}`;
      before = ',';
    }
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}
