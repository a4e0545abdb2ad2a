import { and, desc, eq, type SQLWrapper, sql } from 'drizzle-orm';
import { visibleIdeas, votesOn } from '../ideas/access.ts';
import { authors } from '../people/access.ts';
import { one, onward, page, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { companiesOf, visibleFeedback } from './access.ts';
import type { Source } from './input.ts';

export interface TimelineFilter {
  account: string;
  source?: Source | undefined;
  person?: string | undefined;
}

type Sayings = ReturnType<typeof visibleFeedback>;

const valuesOf = (slice: Slice, { account, source, person }: FeedbackFilter) => ({ account, source, person, ...onward(slice) });

const isBefore = (saying: Sayings, at: SQLWrapper | undefined, last: SQLWrapper | undefined) => at && last && sql`(${saying.saidAt}, ${saying.turn}) < (${at}, ${last})`;

/** Whose it is. People belong to one account at a time: the `+` tells the planner to come by them. */
const isOf = (saying: Sayings, account: SQLWrapper | undefined, person: SQLWrapper | undefined) =>
  and(account && (person ? sql`+${saying.accountId} = ${account}` : eq(saying.accountId, account)), person && eq(saying.personId, person));

/** Everything the people of an account said, newest first. */
export const timelineOf = page(
  ({ saidAt, turn }: { saidAt: Date; turn: number }) => [saidAt.getTime(), String(turn)],
  written(
    valuesOf as (slice: Slice, filter: TimelineFilter) => ReturnType<typeof valuesOf> & { account: string },
    (db, viewer, { account, source, person, at, last, most }) => {
      const [saying, author] = [visibleFeedback(db, viewer), authors(db)];
      return db
        .select({
          id: saying.id, turn: saying.turn, source: saying.source, sourceId: saying.sourceId, number: saying.number, place: saying.place, title: saying.title, text: saying.text, locale: saying.locale, score: saying.score, scale: saying.scale, saidAt: saying.saidAt,
          person: { id: author.id, name: author.name, handle: author.handle },
        })
        .from(saying)
        .innerJoin(author, eq(author.id, saying.personId))
        .where(
          and(
            isOf(saying, account, person),
            source && eq(saying.source, source),
            isBefore(saying, at, last),
          ),
        )
        .orderBy(desc(saying.saidAt), desc(saying.turn))
        .limit(most);
    },
  ),
);

const TABLES: Record<Source, string> = { topic: 'topics', post: 'posts', ticket: 'tickets', message: 'ticket_messages', idea: 'ideas', survey: 'survey_answers' };

/** The id that the source of a saying had in its file. */
const importIdOf = ({ source, sourceId }: Sayings) =>
  sql<string | null>`case ${source} ${sql.join(Object.entries(TABLES).map(([type, table]) => sql`when ${type} then (select import_id from ${sql.identifier(table)} where id = ${sourceId})`), sql` `)} end`.as('source_import_id');

export interface FeedbackFilter {
  account?: string | undefined;
  source?: Source | undefined;
  person?: string | undefined;
}

export type Saying = ReturnType<ReturnType<typeof feedbackPage>['read']>['items'][number];

/** Everything customers said, newest first, for machines. */
export const feedbackPage = page(
  ({ createdAt, turn }: { createdAt: Date; turn: number }) => [createdAt.getTime(), String(turn)],
  written(valuesOf, (db, viewer, { account, source, person, at, last, most }) => {
    const [saying, author, company] = [visibleFeedback(db, viewer), authors(db), companiesOf(db, viewer)];
    return db
      .select({
        id: saying.id, turn: saying.turn, source: saying.source, importId: importIdOf(saying), number: saying.number, place: saying.place, title: saying.title, text: saying.text, locale: saying.locale, score: saying.score, scale: saying.scale, createdAt: saying.saidAt,
        person: { id: author.id, name: author.name, handle: author.handle }, account: { id: company.id, name: company.name },
      })
      .from(saying)
      .innerJoin(author, eq(author.id, saying.personId))
      .leftJoin(company, eq(company.id, saying.accountId))
      .where(and(isOf(saying, account, person), source && eq(saying.source, source), isBefore(saying, at, last)))
      .orderBy(desc(saying.saidAt), desc(saying.turn))
      .limit(most);
  }),
);

/** One saying: whose it is, and of an idea that is still in view how it stands. */
export const sayingById = one(
  written(
    (id: string) => ({ id }),
    (db, viewer, { id }) => {
      const [saying, author, company, idea] = [visibleFeedback(db, viewer), authors(db), companiesOf(db, viewer), visibleIdeas(db, viewer)];
      return db
        .select({
          id: saying.id, source: saying.source, importId: importIdOf(saying), number: saying.number, place: saying.place, title: saying.title, text: saying.text, locale: saying.locale, score: saying.score, scale: saying.scale, saidAt: saying.saidAt,
          person: { id: author.id, name: author.name }, account: { id: company.id, name: company.name }, idea: { status: idea.status, votes: votesOn(idea.id).as('votes') },
        })
        .from(saying)
        .innerJoin(author, eq(author.id, saying.personId))
        .leftJoin(company, eq(company.id, saying.accountId))
        .leftJoin(idea, and(eq(saying.source, 'idea'), eq(idea.id, saying.sourceId)))
        .where(eq(saying.id, id))
        .limit(1);
    },
  ),
);

/** The page of its own that what somebody said has; undefined where it has none. */
export function pageOf({ source, number, place }: { source: Source; number: number | null; place: number | null }): string | undefined {
  if (number === null) return undefined;
  if (source === 'topic') return `/forum/topics/${number}`;
  if (source === 'post') return `/forum/topics/${number}${place && place > 20 ? `?page=${Math.ceil(place / 20)}` : ''}#post-${place ?? 1}`;
  if (source === 'ticket' || source === 'survey') return `/agent/tickets/${number}`;
  if (source === 'message') return `/agent/tickets/${number}#message-${place ?? 1}`;
  return undefined;
}

/** Where a saying can be read, by who may see all of them: where it was said, or, where that is no page, on one of its own. */
export const addressOf = (saying: Parameters<typeof pageOf>[0] & { id: string }): string => pageOf(saying) ?? `/csm/said/${saying.id}`;
