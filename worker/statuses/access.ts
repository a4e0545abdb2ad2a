import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { ticketStatuses } from './schema.ts';
import type { Words } from './words.ts';

export { statusSaid, type Words } from './words.ts';

type Category = (typeof ticketStatuses.$inferSelect)['category'];

/** A status in own words, as the desk chooses from. */
export interface OwnStatus {
  id: string;
  category: Category;
  agent: Words;
  customer: Words;
  isActive: boolean;
}

/** Own statuses, for the desk and for who keeps them. */
export const visibleStatuses = (db: Database, viewer: Viewer) => db.select().from(ticketStatuses).where(can(viewer, 'tickets.see') || can(viewer, 'settings.manage') ? undefined : sql`false`).as('statuses');

/** As one piece: of a query over one table, drizzle takes the table's name off columns, but not within a piece. */
const piece = <T>(inner: SQL) => sql<T>`${inner}`.mapWith((json: string) => JSON.parse(json) as T);

const both = (words: 'agent' | 'customer') => sql.raw(`json_object('en', s.${words}_en, 'el', coalesce(nullif(s.${words}_el, ''), s.${words}_en))`);

type Listed = [id: string, category: Category, agentEn: string, agentEl: string, customerEn: string, customerEl: string, isActive: 0 | 1];

const asOwn = ([id, category, agentEn, agentEl, customerEn, customerEl, isActive]: Listed): OwnStatus => ({
  id, category, agent: { en: agentEn, el: agentEl || agentEn }, customer: { en: customerEn, el: customerEl || customerEn }, isActive: isActive === 1,
});

/** For the desk: all of them, those out of use too, since tickets and history name them. */
export const statusesOfDesk = (viewer: Viewer) =>
  can(viewer, 'tickets.see')
    ? sql<OwnStatus[]>`(select json_group_array(json_array(id, category, agent_en, agent_el, customer_en, customer_el, is_active)) from (select * from ticket_statuses order by position, id))`.mapWith((json: string) => (JSON.parse(json) as Listed[]).map(asOwn))
    : sql<OwnStatus[]>`'[]'`.mapWith(() => []);

/** What customers read for a ticket's own status; null where it has none. */
export const customerWords = (statusId: SQLWrapper) => piece<Words | null>(sql`(select ${both('customer')} from ticket_statuses s where s.id = ${statusId})`);

/** What agents call a ticket's own status, for the desk; null where it has none. */
export const agentWords = (statusId: SQLWrapper) => piece<Words | null>(sql`(select ${both('agent')} from ticket_statuses s where s.id = ${statusId})`);

/** A ticket's own status as the API tells it: what agents call it is for staff. */
export const toldStatus = (viewer: Viewer, statusId: SQLWrapper) =>
  piece<{ id: string; customer: Words; agent?: Words } | null>(sql`(select json_object('id', s.id, 'customer', ${both('customer')}${can(viewer, 'tickets.see') ? sql`, 'agent', ${both('agent')}` : sql``}) from ticket_statuses s where s.id = ${statusId})`);

/** The kind of an own status that is in use, for deciding; null when there is no such. */
export const categoryOf = (statusId: unknown) => sql<Category | null>`(select s.category from ticket_statuses s where s.id = ${statusId} and s.is_active = 1)`;
