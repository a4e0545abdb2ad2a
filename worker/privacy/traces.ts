import type { Sql } from '../platform/gate.ts';
import { REMOVED } from '../platform/removed.ts';
import { bareAddress, idOfTrusted } from '../suspended/schema.ts';

/** What stays of an event that told of an erased person. The log itself lets nothing else be put there. */
const ERASED = '{"erased":true}';

/**
 * What erasing does with each column that refers to a person: the row goes, or it stays, told of the neutral name, or the wish for one's words decides.
 * A test finds every such column that is not here.
 */
export const fates: Record<string, 'goes' | 'stays' | 'as wished' | 'does not concern customers'> = {
  'ticket_participants.user_id': 'goes', 'side_members.user_id': 'does not concern customers',
  'accounts.csm_id': 'does not concern customers', 'account_health.override_by': 'does not concern customers',
  'tickets.assignee_id': 'does not concern customers',
  'assignments.user_id': 'does not concern customers', 'whispers.author_id': 'does not concern customers', 'reviews.claimed_by': 'does not concern customers', 'reviews.decided_by': 'does not concern customers',
  'macros.owner_id': 'does not concern customers', 'held_replies.author_id': 'does not concern customers', 'ticket_visits.user_id': 'does not concern customers', 'ticket_people.user_id': 'goes',
  'deflections.user_id': 'goes', 'group_members.user_id': 'does not concern customers', 'views.owner_id': 'does not concern customers', 'ticket_claims.user_id': 'does not concern customers', 'bulk_runs.actor_id': 'does not concern customers',
  'flags.author_id': 'goes', 'author_notes.author_id': 'goes', 'trust.user_id': 'goes', 'trust_days.user_id': 'goes', 'prints.author_id': 'goes', 'held_posts.author_id': 'goes', 'held_posts.decided_by': 'does not concern customers',
  'suspended_tickets.user_id': 'goes', 'trusted_senders.added_by': 'does not concern customers', 'newcomers.user_id': 'goes', 'newcomers.claimed_by': 'does not concern customers', 'newcomers.decided_by': 'does not concern customers',
  'sanctions.user_id': 'goes', 'statements_of_reasons.user_id': 'goes', 'appeals.user_id': 'goes', 'blocks.user_id': 'goes', 'ignored.user_id': 'goes', 'ignored.person_id': 'goes',
  'sanctions.by_id': 'does not concern customers', 'sanctions.lifted_by': 'does not concern customers', 'statements_of_reasons.by_id': 'does not concern customers', 'appeals.decided_by': 'does not concern customers', 'topic_timers.by_id': 'does not concern customers',
  'looks.staff_id': 'does not concern customers', 'survey_answers.agent_id': 'does not concern customers',
  'sessions.user_id': 'goes', 'sessions.viewing_as': 'goes', 'tokens.user_id': 'goes', 'one_time_secrets.user_id': 'goes', 'consents.user_id': 'goes', 'looks.customer_id': 'goes',
  'tickets.requester_id': 'goes', 'survey_answers.user_id': 'goes', 'rating_requests.user_id': 'goes', 'feedback.person_id': 'as wished',
  'topics.author_id': 'as wished', 'topics.last_author_id': 'stays', 'posts.author_id': 'as wished', 'posts.editor_id': 'stays', 'post_versions.editor_id': 'as wished', 'post_versions.hidden_by': 'does not concern customers', 'removed_posts.remover_id': 'stays', 'drafts.user_id': 'goes', 'saved_searches.user_id': 'goes', 'ideas.author_id': 'as wished', 'votes.author_id': 'as wished', 'ticket_messages.author_id': 'as wished',
  'attachments.owner_id': 'as wished', 'erasures.user_id': 'stays', 'invitations.invited_by': 'stays',
  'identities.user_id': 'goes', 'known_devices.user_id': 'goes', 'authenticators.user_id': 'goes', 'passkeys.user_id': 'goes', 'recovery_codes.user_id': 'goes',
  'account_contacts.user_id': 'goes', 'join_requests.user_id': 'goes', 'follows.user_id': 'goes', 'incident_followers.user_id': 'goes', 'reads.user_id': 'goes', 'notifications.user_id': 'goes',
};

const WAITING = 'select id from suspended_tickets where user_id = ?1 union all select id from suspended_tickets where email = ?2';

const blank = (subjects: string) => `update outbox set data = '${ERASED}' where data <> '${ERASED}' and subject in (${subjects})`;

/** What goes at once, whatever there is of it: the ways in, mail to their address, and what is asked of them. */
export const atOnce = (id: string, email: string): Sql[] => [
  { sql: 'delete from sessions where user_id = ?1 or viewing_as = ?1', args: [id] },
  { sql: 'delete from one_time_secrets where user_id = ?1 or address = ?2', args: [id, email] },
  { sql: 'delete from mails where to_address = ?', args: [email] },
  { sql: 'delete from guest_waits where address = ?', args: [email] },
  { sql: `update attachments set suspended_id = null, owner_id = null, name = 'gone' where suspended_id in (${WAITING})`, args: [id, email] },
  { sql: `delete from suspended_tickets where id in (${WAITING})`, args: [id, email] },
  { sql: 'delete from ticket_senders where address = ?', args: [bareAddress(email)] },
  { sql: 'delete from trusted_senders where pattern = ?', args: [email] },
  { sql: blank('?'), args: [idOfTrusted(email)] },
  { sql: 'delete from consents where user_id = ?', args: [id] },
  ...['identities', 'known_devices', 'authenticators', 'passkeys', 'recovery_codes', 'account_contacts', 'join_requests', 'drafts', 'saved_searches', 'trust', 'newcomers', 'ticket_people'].map((table) => ({ sql: `delete from ${table} where user_id = ?`, args: [id] })),
  { sql: 'delete from invitations where email = ?', args: [email] },
  { sql: 'delete from article_votes where voter = ?', args: [id] },
];

interface Step {
  /** Finds what is left of a kind: ids of at most so many rows of the person `?1`. */
  left: string;
  /** What is done to them: `{left}` stands for the ids found. */
  does: string[];
}

const SOME = 200;

/** Files without a place are swept with their bytes; of whom they were and how they were called is gone at once. */
const filesGone = (column: 'id' | 'post_id' | 'message_id') => `update attachments set post_id = null, message_id = null, held_id = null, owner_id = null, name = 'gone', attached_at = coalesce(attached_at, created_at) where ${column} in ({left})`;

/** What they removed themselves is not kept for anybody. */
const removedByThem: Step = { left: `select post_id from removed_posts where remover_id = ?1 and post_id in (select id from posts where author_id = ?1 and removed = 'author') limit ${SOME}`, does: [filesGone('post_id'), 'delete from removed_posts where post_id in ({left})'] };

const SAME = 'from merged_messages r join ticket_merges g on g.id = r.merge_id where r.message_id';
const PART = 'from tickets t cross join tickets s on s.merged_into = t.id where t.requester_id = ?1 and s.requester_id <> ?1';
const ofMerge = (field: string) => `(select g.source ->> '${field}' from ticket_merges g where g.source_id = tickets.id)`;

/** What others asked, and staff merged into a ticket of theirs, is set free: its messages go back to where they were written, and it is a ticket again. */
const setFree: Step[] = [
  {
    left: `select m.id ${PART.replace(' where', ' cross join ticket_messages m on m.origin_ticket_id = s.id and m.origin_ticket_id <> m.ticket_id and m.ticket_id = t.id where')} and exists (select 1 ${SAME} = m.id and g.source_id = s.id) limit ${SOME}`,
    does: [
      `update feedback set (number, place) = (select o.number, r.number from ticket_messages m join tickets o on o.id = m.origin_ticket_id join merged_messages r on r.message_id = m.id join ticket_merges g on g.id = r.merge_id and g.source_id = o.id where m.id = feedback.source_id) where source = 'message' and source_id in ({left})`,
      `update ticket_messages set ticket_id = origin_ticket_id, audience_id = null, number = (select r.number ${SAME} = ticket_messages.id and g.source_id = ticket_messages.origin_ticket_id) where id in ({left})`,
    ],
  },
  {
    left: `select s.id ${PART} and not exists (select 1 from ticket_messages m where m.origin_ticket_id = s.id and m.origin_ticket_id <> m.ticket_id and m.ticket_id = t.id and exists (select 1 ${SAME} = m.id and g.source_id = s.id)) limit ${SOME}`,
    does: [
      `update feedback set number = (select number from tickets where id = feedback.source_id) where source = 'ticket' and source_id in ({left})`,
      `update tickets set status = coalesce(${ofMerge('status')}, status), solved_at = ${ofMerge('solvedAt')}, waiting_since = ${ofMerge('waitingSince')} where id in ({left})`,
      'delete from ticket_merges where source_id in ({left}) or target_id in ({left})',
      'update tickets set merged_into = null, shown_in = null where id in ({left})',
    ],
  },
];

const WHO = `in (select q.id from ticket_fields q where q.kind in ('person', 'contact'))`;

/** Answers that name them on tickets of others. The log keeps an id that leads to nobody. */
const namedOn: Step = { left: `select ticket_id from ticket_values where value = ?1 and value glob 'usr_*' and field_id ${WHO} limit ${SOME}`, does: [`delete from ticket_values where ticket_id in ({left}) and value = ?1 and field_id ${WHO}`] };

const always: Step[] = [
  { left: `select id from attachments where owner_id = ?1 and post_id is null and message_id is null and macro_id is null limit ${SOME}`, does: [filesGone('id')] },
  { left: `select id from tokens where user_id = ?1 limit ${SOME}`, does: [blank('{left}'), 'delete from tokens where id in ({left})'] },
  { left: `select id from notifications where user_id = ?1 order by created_at, id limit ${SOME}`, does: ['delete from notifications where id in ({left})'] },
  removedByThem,
  { left: `select day from trust_days where user_id = ?1 limit ${SOME}`, does: ['delete from trust_days where user_id = ?1 and day in ({left})'] },
  { left: `select id from held_posts where author_id = ?1 order by created_at, id limit ${SOME}`, does: [blank('{left}'), 'delete from held_posts where id in ({left})'] },
  { left: `select post from prints where author_id = ?1 limit ${SOME}`, does: ['delete from prints where author_id = ?1 and post in ({left})'] },
  { left: `select id from appeals where user_id = ?1 limit ${SOME}`, does: [blank('{left}'), 'delete from appeals where id in ({left})'] },
  { left: `select id from statements_of_reasons where user_id = ?1 order by created_at, id limit ${SOME}`, does: ['delete from statements_of_reasons where id in ({left})'] },
  { left: `select id from sanctions where user_id = ?1 order by created_at, id limit ${SOME}`, does: ['delete from sanctions where id in ({left})'] },
  { left: `select person_id from ignored where user_id = ?1 limit ${SOME}`, does: ['delete from ignored where user_id = ?1 and person_id in ({left})'] },
  { left: `select user_id from ignored where person_id = ?1 limit ${SOME}`, does: ['delete from ignored where person_id = ?1 and user_id in ({left})'] },
  { left: `select target from follows where user_id = ?1 limit ${SOME}`, does: ['delete from follows where user_id = ?1 and target in ({left})'] },
  { left: `select incident_id from incident_followers where user_id = ?1 limit ${SOME}`, does: ['delete from incident_followers where user_id = ?1 and incident_id in ({left})'] },
  { left: `select post_id from flags where author_id = ?1 limit ${SOME}`, does: ['delete from flags where author_id = ?1 and post_id in ({left})'] },
  { left: `select id from author_notes where author_id = ?1 limit ${SOME}`, does: ['delete from author_notes where id in ({left})'] },
  { left: `select n.id from posts p cross join author_notes n on n.post_id = p.id where p.author_id = ?1 limit ${SOME}`, does: ['delete from author_notes where id in ({left})'] },
  { left: `select topic_id from reads where user_id = ?1 limit ${SOME}`, does: ['delete from reads where user_id = ?1 and topic_id in ({left})'] },
  { left: `select ticket_id from rating_requests where user_id = ?1 and asked_at is not null limit ${SOME}`, does: ['delete from rating_requests where user_id = ?1 and ticket_id in ({left})'] },
  { left: `select id from deflections where user_id = ?1 limit ${SOME}`, does: ['delete from deflections where id in ({left})'] },
  { left: `select id from survey_answers where user_id = ?1 order by created_at, id limit ${SOME}`, does: ['delete from survey_answers where id in ({left})'] },
  { left: `select id from looks where customer_id = ?1 order by started_at, id limit ${SOME}`, does: ['delete from looks where id in ({left})'] },
  namedOn,
  ...setFree,
  {
    left: `select m.id from tickets t cross join ticket_messages m on m.ticket_id = t.id where t.requester_id = ?1 limit ${SOME}`,
    does: [`delete from feedback where source = 'message' and source_id in ({left})`, filesGone('message_id'), 'delete from ticket_messages where id in ({left})'],
  },
  {
    left: `select m.id from tickets t cross join ticket_messages m on m.origin_ticket_id = t.id and m.origin_ticket_id <> m.ticket_id where t.requester_id = ?1 limit ${SOME}`,
    does: [`delete from feedback where source = 'message' and source_id in ({left})`, filesGone('message_id'), 'delete from ticket_messages where id in ({left})'],
  },
  { left: `select ticket_id from ticket_participants where user_id = ?1 limit ${SOME}`, does: ['delete from ticket_participants where user_id = ?1 and ticket_id in ({left})'] },
  { left: `select id from tickets where requester_id = ?1 and not exists (select 1 from ticket_messages m where m.ticket_id = tickets.id) order by updated_at, id limit ${SOME}`, does: [blank('{left}'), 'delete from tickets where id in ({left})'] },
  { left: `select id from outbox where subject = ?1 and type <> 'person.erased' and data not in ('{}', '${ERASED}') order by created_at, id limit ${SOME}`, does: [`update outbox set data = '${ERASED}' where id in ({left})`] },
];

const saidBy = (also: string): Step => ({ left: `select id from feedback where person_id = ?1 ${also} order by said_at, rowid limit ${SOME}`, does: ['delete from feedback where id in ({left})'] });

const withTheirWords: Step[] = [
  saidBy(''),
  {
    left: `select id from topics where author_id = ?1 and title <> '${REMOVED.title}' order by created_at, id limit 20`,
    does: [
      `delete from search_documents where type = 'topic' and ref_id in ({left})`,
      `update search_documents set title = '${REMOVED.title}' where type = 'post' and ref_id in (select id from posts where topic_id in ({left}))`,
      `update feedback set title = '${REMOVED.title}' where source = 'post' and source_id in (select id from posts where topic_id in ({left}))`,
      blank('{left}'),
      `update topics set title = '${REMOVED.title}', slug = '${REMOVED.slug}' where id in ({left})`,
    ],
  },
  {
    left: `select id from posts where author_id = ?1 and body <> '${REMOVED.body}' order by created_at, id limit ${SOME}`,
    does: [`delete from search_documents where type = 'post' and ref_id in ({left})`, filesGone('post_id'), `update posts set body = '${REMOVED.body}', html = null, renderer = 0 where id in ({left})`],
  },
  { left: `select post_id from post_versions where editor_id = ?1 limit ${SOME}`, does: ['delete from post_versions where editor_id = ?1 and post_id in ({left})'] },
  { left: `select v.post_id from posts p cross join post_versions v on v.post_id = p.id where p.author_id = ?1 limit ${SOME}`, does: ['delete from post_versions where post_id in ({left})'] },
  { left: `select r.post_id from posts p cross join removed_posts r on r.post_id = p.id where p.author_id = ?1 limit ${SOME}`, does: [filesGone('post_id'), 'delete from removed_posts where post_id in ({left})'] },
  { left: `select id from ideas where author_id = ?1 and body <> '${REMOVED.body}' order by created_at, id limit ${SOME}`, does: [blank('{left}'), `update ideas set title = '${REMOVED.title}', body = '${REMOVED.body}' where id in ({left})`] },
  { left: `select id from ticket_messages where author_id = ?1 and body <> '${REMOVED.body}' order by created_at, id limit ${SOME}`, does: [filesGone('message_id'), `update ticket_messages set body = '${REMOVED.body}', html = null, renderer = 0 where id in ({left})`] },
  { left: `select on_id from votes where author_id = ?1 order by on_id limit ${SOME}`, does: ['delete from votes where author_id = ?1 and on_id in ({left})'] },
];

const stepsFor = (words: 'stay' | 'go') => (words === 'go' ? [...always, ...withTheirWords] : [...always, saidBy(`and source in ('ticket', 'message', 'survey')`)]);

/** One bounded step of erasing, as one commit: some rows of each kind go, and when none is left the certificate says so. Done again it changes nothing more. */
export function erasingStep(id: string, words: 'stay' | 'go', now: Date): Sql[] {
  const steps = stepsFor(words);
  const done = steps.map(({ left }) => `not exists (${left})`).join(' and ');
  return [
    ...steps.flatMap(({ left, does }) => does.map((sql) => ({ sql: sql.replaceAll('{left}', left), args: [id] }))),
    { sql: `update erasures set done_at = ?2 where user_id = ?1 and done_at is null and ${done}`, args: [id, now.getTime()] },
  ];
}
