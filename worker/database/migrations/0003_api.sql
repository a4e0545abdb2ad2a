alter table tokens add column prefix text not null default 'stoa_';
alter table sign_in_attempts rename to attempts;
create index feedback_of_person on feedback (person_id, said_at, id);
create index feedback_by_source on feedback (source, said_at, id);
