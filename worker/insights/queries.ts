import { and, desc, eq, lt, or } from 'drizzle-orm';
import { authors } from '../people/access.ts';
import { onward, page, type Slice } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { visibleFeedback } from './access.ts';
import type { Source } from './input.ts';

export interface TimelineFilter {
  account: string;
  source?: Source | undefined;
  person?: string | undefined;
}

/** Everything the people of an account said, newest first. */
export const timelineOf = page(
  ({ saidAt, id }: { saidAt: Date; id: string }) => [saidAt.getTime(), id],
  written(
    (slice: Slice, { account, source, person }: TimelineFilter) => ({ account, source, person, ...onward(slice) }),
    (db, viewer, { account, source, person, at, last, most }) => {
      const [saying, author] = [visibleFeedback(db, viewer), authors(db)];
      return db
        .select({
          id: saying.id, source: saying.source, sourceId: saying.sourceId, number: saying.number, place: saying.place, title: saying.title, text: saying.text, locale: saying.locale, score: saying.score, saidAt: saying.saidAt,
          person: { id: author.id, name: author.name, handle: author.handle },
        })
        .from(saying)
        .innerJoin(author, eq(author.id, saying.personId))
        .where(
          and(
            eq(saying.accountId, account),
            source && eq(saying.source, source),
            person && eq(saying.personId, person),
            at && last && or(lt(saying.saidAt, at), and(eq(saying.saidAt, at), lt(saying.id, last))),
          ),
        )
        .orderBy(desc(saying.saidAt), desc(saying.id))
        .limit(most);
    },
  ),
);

/** Where a saying was said: an address of this workspace, or undefined when it has no page. */
export function addressOf({ source, number, place }: { source: Source; number: number | null; place: number | null }): string | undefined {
  if (number === null) return undefined;
  if (source === 'topic') return `/forum/topics/${number}`;
  if (source === 'post') return `/forum/topics/${number}${place && place > 20 ? `?page=${Math.ceil(place / 20)}` : ''}#post-${place ?? 1}`;
  if (source === 'ticket') return `/agent/tickets/${number}`;
  if (source === 'message') return `/agent/tickets/${number}#message-${place ?? 1}`;
  return undefined;
}
