import { desc, eq, lt, sql } from 'drizzle-orm';
import { authors } from '../people/access.ts';
import type { Database } from '../database/open.ts';
import { many, one, onwardByNumber, page, type Query } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import type { Viewer } from '../platform/viewer.ts';
import { wordsOf } from '../platform/text.ts';
import { isCommon, likenessOf } from '../search/access.ts';
import { titledLike, visibleIdeas, votedOn, votesOn } from './access.ts';

function record(db: Database, viewer: Viewer) {
  const [idea, author] = [visibleIdeas(db, viewer), authors(db)];
  const rows = db
    .select({
      id: idea.id, number: idea.number, title: idea.title, body: idea.body, status: idea.status, createdAt: idea.createdAt, importId: idea.importId,
      author: { id: author.id, name: author.name, handle: author.handle, role: author.role }, votes: votesOn(idea.id).as('votes'), voted: votedOn(idea.id, viewer).as('voted'),
    })
    .from(idea)
    .innerJoin(author, eq(author.id, idea.authorId));
  return { idea, rows };
}

/** Ideas, newest first. */
export const ideasPage = page(
  ({ number }: { number: number }) => [number],
  written(onwardByNumber, (db, viewer, { from, most }) => {
    const { idea, rows } = record(db, viewer);
    return rows.where(from && lt(idea.number, from)).orderBy(desc(idea.number)).limit(most);
  }),
);

export const ideaByNumber = one((db, viewer, number: number) => {
  const { idea, rows } = record(db, viewer);
  return rows.where(eq(idea.number, number)).limit(1);
});

/** Ideas that are looked at, and those that are told. */
const [LOOKED_AT, TOLD] = [30, 3];
/** Words of a title that are looked for, and the letters of one that are not, since they change with its case. */
const [WORDS, ENDING] = [12, 2];

const titled = many(
  written(
    (match: string) => ({ match }),
    (db, viewer, { match }) => {
      const idea = visibleIdeas(db, viewer);
      return db
        .select({ number: idea.number, title: idea.title, votes: votesOn(idea.id).as('votes'), voted: votedOn(idea.id, viewer).as('voted') })
        .from(sql`${titledLike(sql`${match}`, LOOKED_AT)} as alike`)
        .innerJoin(idea, eq(idea.number, sql`alike.number`))
        .where(eq(idea.status, 'open'));
    },
  ),
);

/** Open ideas whose titles say much the same as a title, the most alike first, three at most: with their votes, and whether the viewer's is among them. */
export function similarIdeas(title: string): Query<{ number: number; title: string; votes: number; voted: boolean }[]> {
  const telling = [...new Set(wordsOf(title).filter((word) => !isCommon(word)))].slice(0, WORDS);
  const question = titled(telling.map((word) => `"${word.slice(0, Math.max(3, word.length - ENDING))}"*`).join(' OR '));
  const likeness = likenessOf(title, '');
  return {
    asking: (db, viewer) => (telling.length > 0 ? question.asking(db, viewer) : undefined),
    read: (rows) => question.read(rows).filter((idea) => likeness(idea.title) > 0).sort((a, b) => likeness(b.title) - likeness(a.title) || b.votes - a.votes).slice(0, TOLD),
  };
}
