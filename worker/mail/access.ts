import { sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { mails, mailTemplates } from './schema.ts';

/** Who may read letters, and with them the links that let people in: admins. */
export const readsMail = (viewer: Viewer) => viewer.role === 'admin' && can(viewer, 'settings.manage');

/** Every letter, for those who may read them; nothing for anyone else. */
export const visibleMails = (db: Database, viewer: Viewer) => db.select().from(mails).where(readsMail(viewer) ? undefined : sql`0`).as('letters');

/** The words that this workspace chose for its letters, for who keeps the settings. */
export const visibleTemplates = (db: Database, viewer: Viewer) => db.select().from(mailTemplates).where(can(viewer, 'settings.manage') ? undefined : sql`0`).as('templates');
