import { eq, sql } from 'drizzle-orm';
import { numberOf, opened, posts, topics } from '../forum/schema.ts';
import { drawn } from '../platform/markdown.ts';
import { operation } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { slugOf } from '../platform/slug.ts';
import { languageOf } from '../platform/text.ts';
import { indexed } from '../search/schema.ts';
import { ruled } from '../tags/access.ts';
import { Published } from './input.ts';
import { ticketToPublish } from './queries.ts';
import { handovers } from './schema.ts';

/** Makes a public question with its accepted answer of a solved ticket, both as the agent wrote them now and in the agent's name. */
export const publishTicket = operation({
  name: 'handovers.publish',
  input: Published,
  subject: ({ number, category, tags }) => ticketToPublish(number, category, tags),
  may: permitted('tickets.answer'),
  decide({ db, viewer, now, newId }, { category: _, question, answer, ...said }, ticket) {
    if (ticket.status !== 'solved' && ticket.status !== 'closed') throw new Refusal('conflict', 'Solve the ticket first.');
    const published = new Refusal('conflict', 'This ticket is a topic already.');
    if (ticket.isPublished) throw published;
    if (ticket.chosenId === null) throw invalid({ category: 'Choose a category.' });
    const { title } = said;
    const tags = ruled(ticket.tagging);
    const [id, first, second, authorId, slug] = [newId('top'), newId('pst'), newId('pst'), viewer.id!, slugOf(title)];
    const number = numberOf(id);
    return {
      guard: { holds: sql`not exists (select 1 from handovers where ticket_id = ${ticket.id} and kind = 'published')`, otherwise: published },
      statements: [
        ...opened(db, { id, slug, title, tags, kind: 'question', authorId, categoryId: ticket.chosenId, now }, { id: first, body: question }),
        db.insert(posts).values({ id: second, topicId: id, number: 2, authorId, createdAt: now, acceptedAt: now, ...drawn(answer) }),
        db.update(topics).set({ postsCount: 2 }).where(eq(topics.id, id)),
        ...indexed(db, { type: 'post', refId: second, locale: languageOf(answer), title, tags: [], text: answer, updatedAt: now, url: sql<string>`'/forum/topics/' || ${number} || ${`/${slug}#post-2`}` }),
        db.insert(handovers).values({ topicId: id, ticketId: ticket.id, kind: 'published', createdAt: now }),
      ],
      events: [
        { type: 'topic.opened', subject: id, data: { title, category: ticket.chosenSlug } },
        { type: 'ticket.published', subject: ticket.id, revision: ticket.revision + 1, data: { topic: id } },
      ],
      result: { id, number, slug },
    };
  },
});
