/**
 * What the copy holds that somebody can ask for: each part with the rows of the person whose id is `?1`, in the order of `at` and `id`. Hashes,
 * secrets, and what staff wrote among themselves are in none.
 */
export const parts = {
  profile: `select u.id, u.created_at at, u.email, u.name, u.handle, u.role, a.name account, u.account_role "accountRole", u.locale, u.time_zone "timeZone", u.verified_at "verifiedAt", u.second_factor_at "secondFactorAt"
    from users u left join accounts a on a.id = u.account_id where u.id = ?1`,
  topics: 'select id, created_at at, number, title, kind, tags from topics where author_id = ?1',
  posts: 'select p.id, p.created_at at, t.number "topic", t.title, p.number place, p.body from posts p join topics t on t.id = p.topic_id where p.author_id = ?1',
  postVersions: `select post_id || ' ' || number id, written_at at, title, body from post_versions where editor_id = ?1`,
  removedPosts: `select r.post_id id, p.removed_at at, r.title, r.body from posts p join removed_posts r on r.post_id = p.id where p.author_id = ?1 and p.removed = 'author'`,
  heldPosts: 'select id, created_at at, kind, title, body, status, words from held_posts where author_id = ?1',
  trust: 'select user_id id, last_read_at at, level, topics, posts, seconds, days from trust where user_id = ?1',
  newcomer: 'select user_id id, opened_at at, status, decided_at "decidedAt" from newcomers where user_id = ?1',
  drafts: 'select place id, saved_at at, title, body from drafts where user_id = ?1',
  savedSearches: 'select name id, created_at at, q, type from saved_searches where user_id = ?1',
  attachments: `select id, created_at at, name, type, size from attachments where owner_id = ?1`,
  ideas: 'select id, created_at at, number, title, body, status from ideas where author_id = ?1',
  votes: 'select on_id id, created_at at, value from votes where author_id = ?1',
  articleVotes: 'select v.article_id id, v.created_at at, a.title, v.helpful, v.comment from article_votes v join articles a on a.id = v.article_id where v.voter = ?1',
  tickets: 'select id, updated_at at, created_at "openedAt", number, subject, status, priority from tickets where requester_id = ?1',
  suspendedTickets: 'select id, created_at at, number, subject, body from suspended_tickets where user_id = ?1 union all select id, created_at, number, subject, body from suspended_tickets where email = (select email from users where id = ?1) and user_id is not ?1',
  details: `select v.ticket_id || ' ' || v.field_id || ' ' || v.place id, t.created_at at, t.number "ticket", q.label_en question, case q.kind when 'account' then (select a.name from accounts a where a.id = v.value) when 'person' then (select u.name from users u where u.id = v.value) else v.value end answer from tickets t cross join ticket_values v on v.ticket_id = t.id
    join form_fields ff on ff.form_id = t.form_id and ff.field_id = v.field_id and ff.is_visible = 1 join ticket_fields q on q.id = v.field_id where t.requester_id = ?1`,
  namedOn: `select v.ticket_id || ' ' || v.field_id id, t.created_at at, t.number "ticket", q.label_en question from ticket_values v cross join ticket_fields q on q.id = v.field_id and q.kind in ('person', 'contact') join tickets t on t.id = v.ticket_id
    join form_fields ff on ff.form_id = t.form_id and ff.field_id = v.field_id and ff.is_visible = 1 where v.value = ?1 and v.value glob 'usr_*' and t.requester_id <> ?1`,
  copiedOn: `select p.ticket_id id, p.added_at at, t.number "ticket", t.subject from ticket_people p join tickets t on t.id = p.ticket_id where p.user_id = ?1 and p.role = 'cc'`,
  messages: `select m.id, m.created_at at, t.number "ticket", (select count(*) from ticket_messages c where c.ticket_id = m.ticket_id and c.number <= m.number and c.visibility = 'public' and coalesce(c.audience_id, c.ticket_id) = coalesce(m.audience_id, m.ticket_id)) place, m.body from ticket_messages m join tickets t on t.id = m.ticket_id where m.author_id = ?1 and m.visibility = 'public'`,
  surveys: 'select id, created_at at, kind, score, scale, reason, comment from survey_answers where user_id = ?1',
  deflections: `select d.id, d.created_at at, d.kind, coalesce(a.title, t.title, i.words_en) title from deflections d left join incidents i on i.id = d.ref_id left join articles a on a.id = d.ref_id left join topics t on t.id = d.ref_id where d.user_id = ?1`,
  sessions: `select cast(rowid as text) id, created_at at, expires_at "expiresAt", seen_at "seenAt", device, place from sessions where user_id = ?1`,
  passkeys: 'select id, created_at at, name, last_used_at "lastUsedAt" from passkeys where user_id = ?1',
  identities: `select issuer || ' ' || subject id, created_at at, issuer, subject from identities where user_id = ?1`,
  accounts: 'select c.account_id id, c.created_at at, a.name, c.account_role "accountRole" from account_contacts c join accounts a on a.id = c.account_id where c.user_id = ?1',
  awaited: "select f.incident_id id, f.created_at at, i.words_en words from incident_followers f join incidents i on i.id = f.incident_id where f.user_id = ?1 union all select g.ref_id, g.created_at, coalesce(i.words_en, 'by mail') from guest_waits g left join incidents i on i.id = g.ref_id where g.address = (select email from users where id = ?1)",
  follows: 'select target id, created_at at, level from follows where user_id = ?1',
  notifications: 'select id, created_at at, kind, seen_at "seenAt" from notifications where user_id = ?1',
  tokens: 'select id, created_at at, name, prefix, scope, expires_at "expiresAt", last_used_at "lastUsedAt" from tokens where user_id = ?1',
  consents: `select wording || ' ' || version id, at, wording, version, locale from consents where user_id = ?1`,
  looks: 'select l.id, l.started_at at, s.name "by", l.reason, coalesce(l.ended_at, l.until) "endedAt" from looks l join users s on s.id = l.staff_id where l.customer_id = ?1',
  notesWritten: `select n.id, n.created_at at, t.number "topic", p.number place, n.words from author_notes n join posts p on p.id = n.post_id join topics t on t.id = p.topic_id where n.author_id = ?1`,
  notesReceived: `select n.id, n.created_at at, t.number "topic", p.number place, n.words, case when n.is_signed then w.name end "by" from posts p cross join author_notes n on n.post_id = p.id join topics t on t.id = p.topic_id join users w on w.id = n.author_id where p.author_id = ?1`,
  decisions: 'select id, created_at at, action, kinds, words, is_automatic "isAutomatic", withdrawn_at "withdrawnAt" from statements_of_reasons where user_id = ?1',
  appeals: 'select id, created_at at, words, status, answer, decided_at "decidedAt" from appeals where user_id = ?1',
  ignored: 'select i.person_id id, i.created_at at, w.name, i.level from ignored i join users w on w.id = i.person_id where i.user_id = ?1',
  activity: 'select id, created_at at, type, subject from outbox where actor_id = ?1',
} as const;

export type Part = keyof typeof parts;

/** A row of a part: moments are milliseconds since 1970. */
export type PartRow = { id: string; at: number } & Record<string, string | number | null>;
