import { eq } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { users } from '../people/schema.ts';
import type { Viewer } from '../platform/viewer.ts';
import { notifications } from './schema.ts';
import { slim } from '../platform/slim.ts';

/** Everyone sees what they were told themselves. What it is about is joined with what they still may see. */
export const ownNotifications = (db: Database, viewer: Viewer) =>
  slim(
    { id: notifications.id, kind: notifications.kind, topicId: notifications.topicId, ticketId: notifications.ticketId, statementId: notifications.statementId, place: notifications.place, actorId: notifications.actorId, createdAt: notifications.createdAt, seenAt: notifications.seenAt },
    (columns) => db.select(columns).from(notifications).where(eq(notifications.userId, viewer.id ?? '')).as('notifications'),
  );

/** Everyone sees how often they get mail themselves. */
export const ownMailLevel = (db: Database, viewer: Viewer) => db.select({ level: users.mailLevel }).from(users).where(eq(users.id, viewer.id ?? ''));
