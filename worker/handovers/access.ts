import { eq } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { handovers } from './schema.ts';

/** Everyone sees that a post is handled privately; which ticket became a topic is for who sees every ticket. What is in the ticket is for who sees that one. */
export const visibleHandovers = (db: Database, viewer: Viewer) =>
  db
    .select({ topicId: handovers.topicId, ticketId: handovers.ticketId, postId: handovers.postId, kind: handovers.kind })
    .from(handovers)
    .where(can(viewer, 'tickets.see') ? undefined : eq(handovers.kind, 'taken'))
    .as('handovers');

/** All that crossed, for who sees both the ticket and the topic: these are to be asked for with their eyes. */
export const crossed = (db: Database) => db.select({ topicId: handovers.topicId, ticketId: handovers.ticketId, postId: handovers.postId, kind: handovers.kind }).from(handovers).as('crossed');
