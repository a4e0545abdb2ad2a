import { type SQLWrapper, sql } from 'drizzle-orm';

/** Who wrote first since a held answer was sent, by name; nobody, of a note. */
export const crosser = ({ ticketId, seen, authorId, visibility }: Record<'ticketId' | 'seen' | 'authorId' | 'visibility', SQLWrapper>) =>
  sql<string | null>`(select u.name from ticket_messages c join users u on u.id = c.author_id where ${visibility} = 'public' and c.ticket_id = ${ticketId} and c.number > ${seen} and c.author_id <> ${authorId} order by c.number limit 1)`;
