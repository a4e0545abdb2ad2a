-- How each account does, as it is shown beside its name: score, colour, coverage, which way it goes, and whether a person said so. Null until it was looked at.
alter table accounts add column health text;
create index accounts_by_health on accounts (coalesce(health ->> 'score', 101), id);
create index accounts_by_health_of_csm on accounts (csm_id, coalesce(health ->> 'score', 101), id);
create index accounts_at_risk on accounts (coalesce(health ->> 'score', 101), id) where health ->> 'colour' = 'risk';
create index accounts_at_risk_of_csm on accounts (csm_id, coalesce(health ->> 'score', 101), id) where health ->> 'colour' = 'risk';

-- The same with what it is made of. `marks` counts what happened to the account; `due_at` is when the clock looks at it next; `day` counts from 1970, UTC.
create table account_health (
  account_id text primary key references accounts (id) on delete cascade,
  due_at integer not null default 0,
  marks integer not null default 0,
  day integer,
  computed_at integer,
  score real,
  uncapped real,
  coverage real,
  colour text,
  parts text not null default '{}',
  caps text not null default '[]',
  past_day integer,
  past_score real,
  noise real,
  override_kind text,
  override_points integer,
  override_reason text,
  override_evidence text,
  override_by text references users (id),
  override_at integer,
  override_until integer
) without rowid;
create index account_health_due on account_health (due_at);
create index account_health_by_hand on account_health (override_by) where override_by is not null;

-- What was computed each day, eighteen weeks of it; of the last five also what it was made of.
create table account_health_days (
  account_id text not null references accounts (id) on delete cascade,
  day integer not null,
  score real,
  coverage real not null,
  colour text,
  parts text,
  primary key (account_id, day)
) without rowid;

create index users_admins_of_account on users (account_id) where account_role = 'admin';

insert into account_health (account_id) select id from accounts;

-- Whatever a measure is taken from makes its account due.
create trigger health_of_new_account after insert on accounts begin
  insert into account_health (account_id) values (new.id) on conflict (account_id) do nothing;
end;
create trigger health_after_renewal after update of renews_on on accounts when new.renews_on is not old.renews_on begin
  update account_health set due_at = 0, marks = marks + 1 where account_id = new.id;
end;
create trigger health_after_person after update of account_id, account_role on users when new.account_id is not old.account_id or new.account_role <> old.account_role begin
  update account_health set due_at = 0, marks = marks + 1 where account_id in (new.account_id, old.account_id);
end;
create trigger health_after_new_ticket after insert on tickets when new.account_id is not null begin
  update account_health set due_at = 0, marks = marks + 1 where account_id = new.account_id;
end;
create trigger health_after_ticket after update of account_id, status, priority, waiting_since, last_message_at, merged_into on tickets when new.account_id is not null or old.account_id is not null begin
  update account_health set due_at = 0, marks = marks + 1 where account_id in (new.account_id, old.account_id);
end;
create trigger health_after_ticket_gone after delete on tickets when old.account_id is not null begin
  update account_health set due_at = 0, marks = marks + 1 where account_id = old.account_id;
end;
create trigger health_after_saying after insert on feedback when new.account_id is not null begin
  update account_health set due_at = 0, marks = marks + 1 where account_id = new.account_id;
end;
create trigger health_after_changed_saying after update of account_id, score on feedback when new.account_id is not null or old.account_id is not null begin
  update account_health set due_at = 0, marks = marks + 1 where account_id in (new.account_id, old.account_id);
end;
create trigger health_after_saying_gone after delete on feedback when old.account_id is not null begin
  update account_health set due_at = 0, marks = marks + 1 where account_id = old.account_id;
end;
create trigger health_after_topic after update of accepted_post_id, kind, hidden_at, merged_into on topics begin
  update account_health set due_at = 0, marks = marks + 1 where account_id = (select account_id from feedback where source = 'topic' and source_id = new.id);
end;
