import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { many, maybe, one, onward, page } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { revisionOf } from '../platform/outbox.ts';
import { visibleMails, visibleTemplates } from './access.ts';

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

/** The words that were chosen for letters, by event. */
export const chosenTemplates = many((db, viewer) => {
  const template = visibleTemplates(db, viewer);
  return db.select().from(template).orderBy(asc(template.event), asc(template.locale));
});

/** What changing the words of a letter is decided on: those that it has, or null. Always one row. */
export const templateToKeep = one((db, viewer, event: string, locale: string) => {
  const template = visibleTemplates(db, viewer);
  return db
    .select({ subject: template.subject, text: template.text, revision: revisionOf(sql`${`${event} ${locale}`}`).as('revision') })
    .from(sql`(select 1)`)
    .leftJoin(template, and(eq(template.event, event), sql`${template.locale} = ${locale}`));
});
