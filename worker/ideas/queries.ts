import { desc, eq, lt } from 'drizzle-orm';
import { authors } from '../people/access.ts';
import type { Database } from '../database/open.ts';
import { one, onwardByNumber, page } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import type { Viewer } from '../platform/viewer.ts';
import { visibleIdeas, votedOn, votesOn } from './access.ts';

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
