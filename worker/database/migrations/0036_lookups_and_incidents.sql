-- Answers that name people, found by their ids.
create index ticket_values_by_person on ticket_values (value) where value glob 'usr_*';

-- Tickets that are told to everybody who is about to ask the same, in words written for them, and who wants to hear when it is fixed.
create table incidents (
  id text primary key,
  ticket_id text not null unique references tickets (id) on delete cascade,
  words_en text not null,
  words_el text not null default '',
  shown_at integer not null
);
create index incidents_by_time on incidents (shown_at, id);

create table incident_followers (
  incident_id text not null references incidents (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  created_at integer not null,
  primary key (incident_id, user_id)
) without rowid;
create index incident_followers_by_user on incident_followers (user_id, incident_id);

create index topics_known on topics (last_post_at, id) where problem_state = 'known';
