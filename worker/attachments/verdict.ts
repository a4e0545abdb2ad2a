import type { Sql } from '../platform/gate.ts';
import type { Verdict } from './told.ts';

/** A file of the store, by its key, and what was said of it. */
export interface Said {
  key: string;
  verdict: Verdict;
  finding: string | null;
}

const SAME = 'f.id = ?1 or f.bytes_of = ?1';
const REVISION = (of: string) => `(select coalesce(max(revision), 0) + 1 from outbox o where o.subject = ${of})`;
const told = (type: string, subject: string, data: string, from: string) =>
  `insert into outbox (id, type, subject, revision, actor_id, data, created_at) select 'evt_' || lower(hex(randomblob(16))), '${type}', ${subject}, ${REVISION(subject)}, 'system', json_object('name', f.name, 'finding', ?2${data}), ?3 from attachments f ${from} where ${SAME} group by ${subject}`;

/** The statements that tell, of what messages and posts these bytes are attached to, that they are harmful. */
const alarmed = ({ key, finding }: Said, now: Date): Sql[] =>
  [told('ticket.file_infected', 'm.ticket_id', '', 'join ticket_messages m on m.id = f.message_id'), told('post.file_infected', 'p.id', ", 'topic', p.topic_id", 'join posts p on p.id = f.post_id')].map((sql) => ({ sql, args: [key, finding, now.getTime()] }));

/** The statements that note what was said of some bytes, on every file that has them. The first returns the topics that show one. */
export const noted = (said: Said, now: Date): Sql[] => [
  { sql: `update attachments set verdict = ?2, finding = ?3 where id = ?1 or bytes_of = ?1 returning (select topic_id from posts where posts.id = attachments.post_id) topic`, args: [said.key, said.verdict, said.finding] },
  ...(said.verdict === 'infected' ? alarmed(said, now) : []),
];
