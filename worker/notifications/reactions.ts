import { WATCHERS } from '../following/access.ts';
import { seesTopic } from '../forum/access.ts';
import type { Sql } from '../platform/gate.ts';
import type { Happened, Reaction, Together } from '../platform/reaction.ts';
import { STAFF_SQL } from '../platform/viewer.ts';
import { POOR } from '../surveys/schema.ts';
import { seesAtDesk } from './desk.ts';

/** How a person wants it: a letter of its own, the next digest, or nothing but the list. */
export const MAIL = "case u.mail_level when 'each' then 'due' when 'none' then 'done' else 'digest' end";

type Args = Sql['args'];

const heard = (actor: string) => `not exists (select 1 from ignored i join users w on w.id = i.person_id and w.role in ('customer', 'moderator') where i.user_id = u.id and i.person_id = ${actor})`;

/**
 * Tells people something once: `from` finds them as `u`, with the columns `what` (about, topic_id, ticket_id, place); `actor` did it, `at` some moment. Nobody
 * is told of what they did themselves, nor of whom they do not want to hear, but of those who work here, and nobody twice of one thing: what comes first says why.
 */
const telling = (kind: string, what: string, from: string, actor: string, at: string) =>
  `insert into notifications (id, user_id, kind, about, topic_id, ticket_id, place, actor_id, created_at, mail)
    select 'ntf_' || lower(hex(randomblob(12))), u.id, ${kind}, ${what}, ${actor}, ${at}, ${MAIL} from ${from} and u.id is not ${actor} and (u.suspended_at is null or u.suspended_until <= ${at}) and u.anonymised_at is null and ${heard(actor)}
    on conflict (user_id, about) do nothing`;

/** Tells people of an event. */
const told = (event: Happened, kind: string, what: string, from: string, args: Args): Sql => ({ sql: telling('?1', what, from, '?2', '?3'), args: [kind, event.actorId, event.createdAt.getTime(), ...args] });

const listed = (values: string[]) => `(${values.map(() => '?').join(', ')})`;
const handlesIn = ({ data }: Happened) => (Array.isArray(data['mentions']) ? (data['mentions'] as string[]) : []);

const POST = "p.id, p.topic_id, null, p.number";
const SEES = seesTopic('p.topic_id');
const NOT_MUTED = "not exists (select 1 from follows m where m.user_id = u.id and m.target = p.topic_id and m.level = 'muted')";

/** Replies: those they name, then those who watched their topics by then. */
export const tellOfPosts: Together = (events) => {
  const posts = events.map((event) => ({ post: event.data['post'], who: event.actorId, at: event.createdAt.getTime(), names: handlesIn(event) }));
  const tell = (kind: string, whom: string, said: typeof posts): Sql => ({
    sql: telling(`'${kind}'`, POST, `json_each(?) e cross join posts p on p.id = e.value ->> 'post' ${whom} and ${SEES}`, "(e.value ->> 'who')", "(e.value ->> 'at')"),
    args: [JSON.stringify(said)],
  });
  const naming = posts.filter(({ names }) => names.length > 0);
  return [
    ...(naming.length > 0 ? [tell('mentioned', `cross join json_each(e.value, '$.names') name cross join users u on u.handle = name.value where ${NOT_MUTED}`, naming)] : []),
    tell('replied', `cross join follows f on f.target = p.topic_id and f.level = 'watching' and f.created_at <= e.value ->> 'at' cross join users u on u.id = f.user_id where true`, posts),
  ];
};

/** A new topic: those it names, then those who watch its category or one of its tags, by choice or because it was set for them. */
export const tellOfTopic: Reaction = (event) => {
  const watching = `${WATCHERS} f join users u on u.id = f.user_id join posts p on p.topic_id = ? and p.number = 1 where ${SEES}`;
  const { subject } = event;
  const post = "(select id from posts where topic_id = ? and number = 1)";
  const handles = handlesIn(event);
  const named = handles.length === 0 ? [] : [told(event, 'mentioned', POST, `users u join posts p on p.id = ${post} where u.handle in ${listed(handles)} and ${SEES}`, [subject, ...handles])];
  return [...named, told(event, 'topic', POST, watching, [subject, subject, subject])];
};

/** An accepted answer: whoever wrote it. */
export const tellOfAcceptance: Reaction = (event) => {
  const post = event.data['post'] as string | null;
  return post === null ? [] : [told(event, 'accepted', "'accepted ' || p.id, p.topic_id, null, p.number", `posts p join users u on u.id = p.author_id where p.id = ? and ${SEES}`, [post])];
};

const MESSAGE = 'm.id, null, m.ticket_id, m.number';

/** The ticket whose people read the message `m`: of one that came by a private merge not the one that it is in. */
const READ_IN = 'coalesce(m.audience_id, m.ticket_id)';

/** The people beside requester and assignee: those copied where the message `m` is read, those of the staff who watch where it is. */
const beside = (role: 'cc' | 'watcher') => `ticket_messages m join ticket_people p on p.ticket_id = ${role === 'cc' ? READ_IN : 'm.ticket_id'} and p.role = '${role}' join users u on u.id = p.user_id`;

/** A message that everyone in the ticket may read: the requester, who was let in, and who is copied, where it is read, when somebody else wrote; whoever has the ticket, when they did not; and who watches it. */
export const tellOfMessage: Reaction = (event) => {
  const message = event.data['message'] as string;
  const [which, outside] = ["where m.id = ? and m.visibility = 'public' and m.author_id <> u.id", `m.id, null, ${READ_IN}, m.number`];
  const from = (whom: string, ticket: string) => `ticket_messages m join tickets t on t.id = ${ticket} join users u on u.id = t.${whom} ${which}`;
  return [
    told(event, 'answered', outside, from('requester_id', READ_IN), [message]),
    told(event, 'answered', outside, `ticket_messages m join ticket_participants x on x.ticket_id = ${READ_IN} join users u on u.id = x.user_id ${which}`, [message]),
    told(event, 'asked', MESSAGE, from('assignee_id', 'm.ticket_id'), [message]),
    told(event, 'followed', outside, `${beside('cc')} ${which}`, [message]),
    told(event, 'followed', MESSAGE, `${beside('watcher')} where m.id = ? and m.author_id <> u.id and u.role in ${STAFF_SQL}`, [message]),
  ];
};

/** The staff whom a note names. */
const tellNamed: Reaction = (event) => {
  const handles = handlesIn(event);
  return handles.length === 0 ? [] : [told(event, 'mentioned', MESSAGE, `users u join ticket_messages m on m.id = ? where u.handle in ${listed(handles)} and u.role in ${STAFF_SQL}`, [event.data['message'] as string, ...handles])];
};

/** A note: the staff it names, then whoever has the ticket, and the staff who watch it. */
export const tellOfNote: Reaction = (event) => {
  const message = event.data['message'] as string;
  const staff = `u.role in ${STAFF_SQL}`;
  return [...tellNamed(event), told(event, 'noted', MESSAGE, `ticket_messages m join tickets t on t.id = m.ticket_id join users u on u.id = t.assignee_id where m.id = ? and ${staff}`, [message]), told(event, 'noted', MESSAGE, `${beside('watcher')} where m.id = ? and ${staff}`, [message])];
};

/** A guest asked: they, whose only way back is the link in that letter. It says nothing of what was asked, since whoever wrote may have named another’s address. */
export const tellOfOpening: Reaction = (event) =>
  event.data['guest'] === true ? [told(event, 'received', `'received ' || t.id, null, t.id, null`, "tickets t join users u on u.id = t.requester_id where t.id = ? and t.kind = 'customer'", [event.subject])] : [];

/** Staff opened a ticket for a customer: they, with the message, unless it is a note; whom a note names; and who was given it. */
export const tellOfOpeningFor: Reaction = (event) => {
  const { for: whom, message, assigneeId } = event.data;
  if (whom === undefined) return [];
  return [
    told(event, 'opened', MESSAGE, "ticket_messages m join tickets t on t.id = m.ticket_id join users u on u.id = t.requester_id where m.id = ? and m.visibility = 'public'", [message as string]),
    ...tellNamed(event),
    ...(assigneeId ? [told(event, 'assigned', `'${event.id}', null, t.id, null`, 'tickets t join users u on u.id = t.assignee_id where t.id = ?', [event.subject])] : []),
  ];
};

/** Somebody else asks a ticket from now on: they, once for each time that it became theirs. What was said there is not in it. */
export const tellOfHandingOn: Reaction = (event) => [told(event, 'handed', `'handed ' || t.id || ' ' || t.link_round, null, t.id, null`, 'tickets t join users u on u.id = t.requester_id where t.id = ?', [event.subject])];

/** Somebody was copied on a ticket: they. */
export const tellOfCopy: Reaction = (event) => [
  told(event, 'copied', `'copied ' || t.id, null, t.id, null`, "tickets t join ticket_people p on p.ticket_id = t.id and p.role = 'cc' join users u on u.id = p.user_id where t.id = ? and p.added_at = ?", [event.subject, event.createdAt.getTime()]),
];

/** A ticket came back by the clock: whoever has it. */
export const tellOfWaking: Reaction = (event) => (event.actorId === null ? [told(event, 'woken', `'${event.id}', null, t.id, null`, 'tickets t join users u on u.id = t.assignee_id where t.id = ?', [event.subject])] : []);

/** Words beside a ticket: colleagues who take part there, and whoever has the ticket. */
export const tellOfSide: Reaction = (event) => {
  const message = event.data['message'] as string;
  const from = (whom: string) => `side_messages m join sides s on s.id = m.side_id ${whom} where m.id = ? and u.role in ${STAFF_SQL}`;
  const what = 'm.id, null, s.ticket_id, null';
  return [told(event, 'aside', what, from('join side_members x on x.side_id = s.id join users u on u.id = x.user_id'), [message]), told(event, 'aside', what, from('join tickets t on t.id = s.ticket_id join users u on u.id = t.assignee_id'), [message])];
};

/** A post is handled in a ticket from now on: whoever wrote it. */
export const tellOfTaking: Reaction = (event) => [
  told(event, 'private', `'taken ' || t.id, null, t.id, null`, 'tickets t join users u on u.id = t.requester_id where t.id = ?', [event.data['ticket'] as string]),
];

const reviewed = (event: Happened, kind: 'hidden' | 'editable' | 'shown', which: string): Sql[] => [
  told({ ...event, actorId: null }, kind, `'${event.id}', p.topic_id, null, p.number`, `posts p join users u on u.id = p.author_id where p.id = ? and ${which}`, [event.subject]),
];

/** A flag hid a post: whoever wrote it, and never who flagged it; with that they may show it again by a change, when they have not done so. Told once, however many flag it. */
export const tellOfHiding: Reaction = (event) => {
  const hid = `exists (select 1 from statements_of_reasons s where s.post_id = p.id and s.is_automatic = 1 and s.created_at = ${event.createdAt.getTime()}) and not exists (select 1 from notifications n where n.user_id = u.id and n.kind in ('hidden', 'editable') and n.topic_id = p.topic_id and n.place = p.number and n.created_at = ${event.createdAt.getTime()})`;
  const before = `exists (select 1 from reviews r where r.post_id = p.id and r.shown_again_at <= ${event.createdAt.getTime()})`;
  return [...reviewed(event, 'editable', `${hid} and not ${before}`), ...reviewed(event, 'hidden', `${hid} and ${before}`)];
};

/** A moderator decided: whoever wrote it, when it is hidden or shown again by that. */
export const tellOfReview: Reaction = (event) => {
  if (event.data['changed'] !== true) return [];
  return event.data['decision'] === 'agree' ? reviewed(event, 'hidden', 'true') : reviewed(event, 'shown', 'true');
};

/** What waited is published: whoever wrote it. */
export const tellOfApproval: Reaction = (event) => [told({ ...event, actorId: null }, 'approved', `'${event.id}', p.topic_id, null, p.number`, 'posts p join users u on u.id = p.author_id where p.id = ?', [event.data['post'] as string])];

/** What waited was sent back: whoever wrote it. Where it is read, and why, is a list of their own. */
export const tellOfRejection: Reaction = (event) => [told({ ...event, actorId: null }, 'rejected', 'h.id, null, null, null', 'held_posts h join users u on u.id = h.author_id where h.id = ?', [event.subject])];

/** Somebody told an author something about a post: they, as from nobody where it is not signed. */
export const tellOfAdvice: Reaction = (event) => [
  {
    sql: `insert into notifications (id, user_id, kind, about, topic_id, actor_id, created_at, mail) select 'ntf_' || lower(hex(randomblob(12))), u.id, 'advised', a.id, p.topic_id, iif(a.is_signed, a.author_id, null), a.created_at, ${MAIL}
      from author_notes a join posts p on p.id = a.post_id join users u on u.id = p.author_id where a.id = ? and u.anonymised_at is null and ${heard('?')} on conflict (user_id, about) do nothing`,
    args: [event.data['note'] as string, event.actorId ?? ''],
  },
];

/** What a decision is told as: by its statement of reasons. Its letter goes by itself, so this sends none. */
const decided = (event: Happened, kind: string, which: string, args: Args): Sql => ({
  sql: `insert into notifications (id, user_id, kind, about, topic_id, place, statement_id, created_at, mail)
    select 'ntf_' || lower(hex(randomblob(12))), s.user_id, ${kind}, ?, p.topic_id, p.number, s.id, ?, 'done' from statements_of_reasons s join users u on u.id = s.user_id and u.anonymised_at is null left join posts p on p.id = s.post_id where ${which}
    on conflict (user_id, about) do nothing`,
  args: [event.id, event.createdAt.getTime(), ...args],
});

/** A post was removed, a topic locked, or somebody sanctioned by people or by rule: whom it concerns, with the way to the reasons. */
export const tellOfDecision: Reaction = (event) => [
  decided(event, 's.action', `s.user_id = coalesce((select author_id from posts where id = ?), (select author_id from topics where id = ?), ?) and s.created_at = ? and s.action <> 'hidden'`, [event.subject, event.subject, event.subject, event.createdAt.getTime()]),
];

/** A sanction was lifted: whom it was of. */
export const tellOfLifting: Reaction = (event) => [decided(event, "'lifted'", 's.sanction_id = ?', [event.data['sanction'] as string])];

/** Somebody decided about an appeal: who made it. */
export const tellOfAppeal: Reaction = (event) => [decided(event, event.type === 'appeal.upheld' ? "'upheld'" : "'overturned'", 's.id = ?', [event.data['statement'] as string])];

const GROUP = 'assignments x join group_members g on g.group_id = x.group_id join users u on u.id = g.user_id';
const HOLDER = 'assignments x join users u on u.id = x.user_id';
const ABOUT_POST = 'x.topic_id, null, (select p.number from posts p where p.id = x.post_id and p.topic_id = x.topic_id)';
const CARED = `where x.topic_id = ? and ${seesTopic('x.topic_id')}`;

/** A topic was given to somebody to look after it: they, or everybody of the group that has it. Told once of each giving. */
export const tellOfAssignment: Reaction = (event) => {
  const what = `'given ' || x.topic_id || ' ' || x.assigned_at, ${ABOUT_POST}`;
  return [told(event, 'given', what, `${HOLDER} ${CARED}`, [event.subject]), told(event, 'given_group', what, `${GROUP} ${CARED}`, [event.subject])];
};

/** Somebody wanted to be reminded of a topic that they look after: whoever has it now, unless it is done. */
export const tellOfReminder: Reaction = (event) => [HOLDER, GROUP].map((whom) => told(event, 'due', `'${event.id}', ${ABOUT_POST}`, `${whom} ${CARED} and x.status <> 'done'`, [event.subject]));

/** Whoever of its group may see the ticket `t`, and does not have it. */
const OF_GROUP = `tickets t join group_members g on g.group_id = t.group_id join users u on u.id = g.user_id and u.id is not t.assignee_id and ${seesAtDesk('t')}`;

/** A ticket among staff was opened: who it was given to, and everybody else of its group. Customers’ tickets come to a group by the queue, and one by one would be noise. */
export const tellOfInternal: Reaction = (event) => {
  if (event.data['kind'] !== 'internal') return [];
  const message = [event.data['message'] as string];
  return [
    told(event, 'assigned', MESSAGE, `ticket_messages m join tickets t on t.id = m.ticket_id join users u on u.id = t.assignee_id where m.id = ?`, message),
    ...(event.data['groupId'] ? [told(event, 'for_group', MESSAGE, `ticket_messages m join ${OF_GROUP} where m.id = ? and t.id = m.ticket_id`, message)] : []),
  ];
};

/** A ticket changed: who it is given to, unless with many others, the group that one among staff is moved to, and the requester when it was solved without a word. Taking a bulk change back tells nobody. */
export const tellOfChange: Reaction = (event) => {
  if (event.data['isBack'] === true) return [];
  const to = (event.data['to'] ?? {}) as { assigneeId?: string | null; groupId?: string | null; status?: string };
  const what = `'${event.id}', null, t.id, null`;
  const from = (whom: string) => `tickets t join users u on u.id = t.${whom} where t.id = ?`;
  return [
    ...(to.assigneeId && !event.data['bulk'] ? [told(event, 'assigned', what, from('assignee_id'), [event.subject])] : []),
    ...(to.groupId && !event.data['bulk'] ? [told(event, 'for_group', what, `${OF_GROUP} where t.kind = 'internal' and t.id = ?`, [event.subject])] : []),
    ...(to.status === 'solved' ? [told(event, 'solved', what, from('requester_id'), [event.subject])] : []),
  ];
};

/** What the community knew as a problem is fixed: who watches it. */
export const tellOfFix: Reaction = (event) =>
  event.data['to'] === 'fixed' ? [told(event, 'fixed', `'fixed ' || p.topic_id, p.topic_id, null, p.number`, `posts p join follows f on f.target = p.topic_id and f.level = 'watching' join users u on u.id = f.user_id where p.topic_id = ? and p.number = 1 and ${SEES}`, [event.subject])] : [];

const isDone = ({ type, data }: Happened) => type === 'ticket.solved' || type === 'ticket.closed' || [data['status'], (data['to'] as { status?: string } | undefined)?.status].some((status) => status === 'solved' || status === 'closed');

/** A ticket that customers were told of, or that has one in it, is done: who waits for that. They learn nothing of the ticket. */
export const tellOfEnd: Reaction = (event) =>
  isDone(event) && event.data['isBack'] !== true
    ? [told({ ...event, actorId: null }, 'fixed', 'i.id, null, null, null', 'tickets t join incidents i on i.ticket_id in (select t.id union all select p.id from tickets p where p.merged_into = t.id) join incident_followers f on f.incident_id = i.id join users u on u.id = f.user_id where t.is_open = 0 and t.id = ?', [event.subject])]
    : [];

/** A poor rating: whoever had the ticket, and whoever looks after the customer's account. */
export const tellOfRating: Reaction = (event) => {
  if (Number(event.data['score']) > POOR[event.data['scale'] === 2 ? 2 : 5]) return [];
  const whom = 'select assignee_id from tickets where id = ? union select a.csm_id from tickets t join accounts a on a.id = t.account_id where t.id = ?';
  return [told(event, 'rated', `'${event.id}', null, t.id, null`, `users u join tickets t on t.id = ? where u.id in (${whom})`, [event.subject, event.subject, event.subject])];
};
