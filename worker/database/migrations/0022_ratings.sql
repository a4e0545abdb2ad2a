-- How customers rate what was done for them: an answer a ticket and solving, told apart by when it was solved.
alter table survey_answers add column ticket_id text references tickets (id) on delete cascade;
alter table survey_answers add column cycle integer;
alter table survey_answers add column reason text;
alter table survey_answers add column agent_id text references users (id);
alter table survey_answers add column changed_at integer;
create unique index survey_answers_by_ticket on survey_answers (ticket_id, cycle);
create index survey_answers_of_tickets on survey_answers (created_at, id) where ticket_id is not null;
create index survey_answers_by_agent on survey_answers (agent_id) where agent_id is not null;

-- Answers counted by month, by who had the ticket, and by score; score 0 counts who was asked by mail.
create table rating_months (
  month text not null,
  agent_id text not null default '',
  score integer not null,
  answers integer not null default 0,
  primary key (month, agent_id, score)
) without rowid;

-- Who was asked by mail, once each time a ticket is solved; without asked_at, whom it was decided not to ask.
create table rating_requests (
  ticket_id text not null references tickets (id) on delete cascade,
  cycle integer not null,
  user_id text not null references users (id),
  asked_at integer,
  reminded_at integer,
  primary key (ticket_id, cycle)
) without rowid;
create index rating_requests_of_user on rating_requests (user_id, asked_at);
create index rating_requests_open on rating_requests (asked_at) where asked_at is not null and reminded_at is null;

create index tickets_to_rate on tickets (solved_at) where solved_at is not null;
