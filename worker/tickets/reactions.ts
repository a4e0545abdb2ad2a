import type { Reaction } from '../platform/reaction.ts';

/** A note names staff: they watch the ticket from now on. */
export const watchWhoIsNamed: Reaction = ({ subject, data, createdAt }) => {
  const handles = Array.isArray(data['mentions']) ? (data['mentions'] as string[]) : [];
  if (handles.length === 0) return [];
  return [
    {
      sql: `insert into ticket_people (ticket_id, user_id, role, added_at) select ?, u.id, 'watcher', ? from users u
        where u.handle in (${handles.map(() => '?').join(', ')}) and u.role in ('agent', 'light_agent', 'csm', 'admin') and u.suspended_at is null on conflict do nothing`,
      args: [subject, createdAt.getTime(), ...handles],
    },
  ];
};

const LINKED = "snooze = 'linked' and id in (select from_id from ticket_links where to_id = ?1 union all select to_id from ticket_links where from_id = ?1)";

/** Something happened in a ticket: those that were put aside until it would are back. */
export const wakeLinked: Reaction = ({ id, subject, createdAt }) => [
  {
    sql: `insert into outbox (id, type, subject, revision, data, created_at) select 'evt_' || lower(hex(randomblob(16))), 'ticket.woken', id, (select coalesce(max(revision), 0) + 1 from outbox o where o.subject = tickets.id), json_object('by', ?3), ?2 from tickets where ${LINKED}`,
    args: [subject, createdAt.getTime(), id],
  },
  { sql: `update tickets set snooze = null, snoozed_until = null, updated_at = ?2 where ${LINKED}`, args: [subject, createdAt.getTime()] },
];
