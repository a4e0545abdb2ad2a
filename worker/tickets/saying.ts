import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { drawn } from '../platform/markdown.ts';
import type { Locale } from '../platform/viewer.ts';
import { ticketMessages } from './schema.ts';

interface Message {
  id: string;
  ticketId: string;
  authorId: string | SQL<string>;
  body: string;
  visibility?: 'public' | 'internal';
  createdAt: Date;
}

/** The statement that adds a message to a ticket; its number is counted inside the commit. */
export const added = (db: Database, { body, ...message }: Message) =>
  db.insert(ticketMessages).values({ ...message, ...drawn(body), number: sql`(select coalesce(max(number), 0) + 1 from ticket_messages where ticket_id = ${message.ticketId})` });

/** The number of a message that this commit has added. */
export const placeOf = (messageId: string) => sql<number>`(select number from ticket_messages where id = ${messageId})`;

/** The language a text is written in, as far as its letters tell. */
export const languageOf = (text: string): Locale => (/\p{Script=Greek}{2}/u.test(text) ? 'el' : 'en');
