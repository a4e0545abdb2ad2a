import type { LogFilters } from '../../worker/audit/input.ts';
import { auditLog, type Logged } from '../../worker/audit/queries.ts';
import type { Portal } from '../../worker/platform/portal.ts';
import type { Page } from '../../worker/platform/query.ts';
import { number } from '../messages/format.ts';
import { t, type Locale } from '../messages/index.ts';
import { csvLine } from './csv.ts';
import { actorOf, detailsOf, sentenceOf, subjectOf } from './log.ts';

/** Lines of one file at most. */
export const MOST_LINES = 10_000;
const PAGE = 500;

/** The log as CSV, the latest first, read as it is sent. The first page was read by whoever decided that it may be. */
export async function* logFile(portal: Portal, filters: LogFilters, first: Page<Logged>, locale: Locale): AsyncGenerator<string> {
  const words = t(locale).audit;
  yield `\ufeff${csvLine([words.when, words.who, words.what, words.subject, words.details, words.token, 'id', 'type', 'actor', 'subject'])}`;
  let [page, sent] = [first, 0];
  while (true) {
    if (page.items.length > 0) yield page.items.map((entry) => lineOf(entry, locale)).join('');
    sent += page.items.length;
    if (page.next === null) return;
    if (sent >= MOST_LINES) return yield csvLine([words.cutOff(number(locale, MOST_LINES))]);
    [page] = await portal.load(auditLog({ after: page.next, limit: PAGE }, filters));
  }
}

const lineOf = (entry: Logged, locale: Locale) =>
  csvLine([entry.at.toISOString(), actorOf(locale, entry), sentenceOf(locale, entry.type, entry.data), subjectOf(locale, entry).name, detailsOf(locale, 'UTC', entry).join('; '), entry.tokenName ?? entry.tokenId ?? '', entry.id, entry.type, entry.actorId ?? '', entry.subject]);

/** The query of the first page of a file. */
export const firstOfFile = (filters: LogFilters) => auditLog({ limit: PAGE }, filters);
