import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { isStaff } from '../platform/viewer.ts';
import { added, nextNumber, tickets } from '../tickets/schema.ts';
import { Taken } from './input.ts';
import { postToTake } from './queries.ts';
import { handovers } from './schema.ts';

/** Makes a private ticket of a post, for its author; whoever does it has the ticket. The topic stays, and says only that this is handled privately. */
export const takePost = operation({
  name: 'handovers.take',
  input: Taken,
  subject: ({ post }) => postToTake(post),
  may: permitted('tickets.answer'),
  decide({ db, viewer, now, newId }, _, post) {
    const taken = new Refusal('conflict', 'This post is in a ticket already.');
    if (post.isTaken) throw taken;
    if (isStaff({ role: post.author.role as never })) throw new Refusal('invalid', 'Its author works here. Write to them in a note or a topic.');
    const id = newId('tkt');
    const { topic, author } = post;
    return {
      guard: { holds: sql`not exists (select 1 from handovers where post_id = ${post.id} and kind = 'taken')`, otherwise: taken },
      statements: [
        db.insert(tickets).values({
          id, subject: topic.title, status: 'open', requesterId: author.id, accountId: post.accountId, assigneeId: viewer.id, messagesCount: 1,
          number: nextNumber,
          waitingSince: now, lastMessageAt: now, createdAt: now, updatedAt: now,
        }),
        added(db, { id: newId('msg'), ticketId: id, authorId: author.id, body: post.text, createdAt: now }),
        db.insert(handovers).values({ topicId: topic.id, ticketId: id, postId: post.id, kind: 'taken', createdAt: now }),
      ],
      events: [
        { type: 'ticket.opened', subject: id, data: { subject: topic.title, priority: 'normal', topic: topic.number } },
        { type: 'post.taken', subject: topic.id, data: { post: post.id, ticket: id } },
      ],
      result: { id, number: sql<number>`(select number from tickets where id = ${id})` },
    };
  },
});
