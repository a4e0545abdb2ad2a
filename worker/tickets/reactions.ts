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
