import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { visibleAccounts } from '../accounts/access.ts';
import { visibleTopics } from '../forum/access.ts';
import { authors } from '../people/access.ts';
import { onward, page, type Slice } from '../platform/query.ts';
import { survivorOf, visibleTickets } from '../tickets/access.ts';
import { idSaid, messageIn, ticketIn, tokenNames, visibleLog, waitingNumber } from './access.ts';
import type { LogFilters } from './input.ts';

/** The log, the latest first: who did it, by which token, and of its subject what it is called and where it is. Each filter has an index of its own. */
export const auditLog = page(
  (row: { at: Date; id: string }) => [row.at.getTime(), row.id],
  (db, viewer, slice: Slice, { actor, type, subject, token, from, to }: LogFilters) => {
    const { at, last, most } = onward(slice);
    const log = visibleLog(db, viewer);
    const [who, person, key] = [authors(db, 'who'), authors(db, 'person'), tokenNames(db, viewer)];
    const [ticket, topic, account] = [visibleTickets(db, viewer), visibleTopics(db, viewer), visibleAccounts(db, viewer)];
    return db
      .select({
        id: log.id, type: log.type, subject: log.subject, data: log.data, at: log.createdAt, actorId: log.actorId, actorName: who.name, actorHandle: who.handle, tokenId: log.tokenId, tokenName: key.name,
        personName: person.name, personHandle: person.handle, ticketNumber: ticket.number, ticketSubject: ticket.subject, topicNumber: topic.number, topicTitle: topic.title, accountName: account.name,
        message: messageIn(log.data), ticketSaid: ticketIn(log.data), waitingNumber: waitingNumber(log.subject),
      })
      .from(log)
      .leftJoin(who, eq(who.id, log.actorId))
      .leftJoin(key, eq(key.id, log.tokenId))
      .leftJoin(person, eq(person.id, log.subject))
      .leftJoin(ticket, sql`${ticket.id} = ${survivorOf(viewer, log.subject)}`)
      .leftJoin(topic, eq(topic.id, log.subject))
      .leftJoin(account, eq(account.id, log.subject))
      .where(
        and(
          actor ? eq(log.actorId, idSaid(actor)) : undefined,
          type ? eq(log.type, type) : undefined,
          subject ? eq(log.subject, idSaid(subject)) : undefined,
          token ? eq(log.tokenId, token) : undefined,
          from === undefined ? undefined : gte(log.createdAt, new Date(from)),
          to === undefined ? undefined : lt(log.createdAt, new Date(to)),
          at === undefined ? undefined : sql`(${log.createdAt}, ${log.id}) < (${at}, ${last})`,
        ),
      )
      .orderBy(desc(log.createdAt), desc(log.id))
      .limit(most);
  },
);

export type Logged = ReturnType<ReturnType<typeof auditLog>['read']>['items'][number];
