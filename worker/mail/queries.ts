import { desc, eq, sql } from 'drizzle-orm';
import { maybe, onward, page } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { visibleMails } from './access.ts';

/** The letters of this workspace without their words, newest first. */
export const lettersPage = page(
  ({ createdAt, id }: { createdAt: Date; id: string }) => [createdAt.getTime(), id],
  written(onward, (db, viewer, { at, last, most }) => {
    const letter = visibleMails(db, viewer);
    return db
      .select({ id: letter.id, toAddress: letter.toAddress, subject: letter.subject, state: letter.state, createdAt: letter.createdAt })
      .from(letter)
      .where(at === undefined || last === undefined ? undefined : sql`(${letter.createdAt}, ${letter.id}) < (${at}, ${last})`)
      .orderBy(desc(letter.createdAt), desc(letter.id))
      .limit(most);
  }),
);

/** One letter; undefined for those who may not read it. */
export const letterById = maybe((db, viewer, id: string) => {
  const letter = visibleMails(db, viewer);
  return db.select().from(letter).where(eq(letter.id, id)).limit(1);
});
