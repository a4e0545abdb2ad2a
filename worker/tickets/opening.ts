import { type SQL, sql } from 'drizzle-orm';
import { type Answers, answered } from '../forms/schema.ts';
import { remembered } from '../insights/schema.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import { languageOf } from '../platform/text.ts';
import { added, placeOf, tickets } from './schema.ts';
import type { Known } from './staged.ts';

export { type Known, staged } from './staged.ts';

/** What a ticket is opened with. `at` is when it was written. */
export interface Opening {
  id: string;
  number: number | SQL<number>;
  subject: string;
  body: string;
  priority: (typeof tickets.$inferSelect)['priority'];
  formId: string | null;
  answers: Answers;
  /** Id of its first message. */
  message: string;
  at: Date;
}

/** The statements that open a ticket of somebody, with what they wrote, and remember what a customer said. */
export function opened({ db, newId, now }: Pick<Setting, 'db' | 'newId' | 'now'>, who: Known, { id, number, subject, body, priority, formId, answers, message, at }: Opening): Writing[] {
  const saying = { id: newId('say'), source: 'ticket', sourceId: id, title: subject, text: body, locale: languageOf(body), saidAt: at } as const;
  return [
    ...who.statements,
    db.insert(tickets).values({ id, subject, priority, requesterId: who.id, accountId: who.accountId, messagesCount: 1, formId, number, waitingSince: at, lastMessageAt: at, createdAt: at, updatedAt: now }),
    added(db, { id: message, ticketId: id, authorId: who.id, body, createdAt: at }),
    ...answered(db, id, answers, true),
    ...(who.role === 'customer' ? [remembered(db, { ...saying, number: sql<number>`(select number from tickets where id = ${id})`, place: placeOf(message), personId: who.id, accountId: who.accountId })] : []),
  ];
}
