-- How many points a question about a solved ticket has: each answer, each question by mail and each count remembers its own.
alter table survey_answers add column scale integer not null default 5;
alter table rating_requests add column scale integer not null default 5;
alter table feedback add column scale integer;

create table rating_months_by_scale (
  month text not null,
  agent_id text not null default '',
  scale integer not null default 5,
  score integer not null,
  answers integer not null default 0,
  primary key (month, agent_id, scale, score)
) without rowid;
insert into rating_months_by_scale (month, agent_id, score, answers) select month, agent_id, score, answers from rating_months;
drop table rating_months;
alter table rating_months_by_scale rename to rating_months;
