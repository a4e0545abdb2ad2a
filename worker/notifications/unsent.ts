import type { Reaction } from '../platform/reaction.ts';
import { MAIL } from './reactions.ts';

/** An answer was not sent, since somebody wrote meanwhile: whoever wrote it, however little they want to hear of the other. */
export const tellOfUnsent: Reaction = ({ id, subject, data, createdAt }) => [
  {
    sql: `insert into notifications (id, user_id, kind, about, ticket_id, place, actor_id, created_at, mail) select 'ntf_' || lower(hex(randomblob(12))), u.id, 'unsent', ?1, m.ticket_id, m.number, m.author_id, ?2, ${MAIL}
      from ticket_messages m join users u on u.id = ?3 and u.anonymised_at is null where m.id = ?4 and m.ticket_id = ?5 on conflict (user_id, about) do nothing`,
    args: [id, createdAt.getTime(), data['whose'] as string, data['message'] as string, subject],
  },
];
