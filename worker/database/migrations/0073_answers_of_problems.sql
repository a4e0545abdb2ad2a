-- Which problem a held answer was given to all incidents of, and as it was written, before its places were filled in: they are taken back together.
alter table held_replies add column problem_id text references tickets (id) on delete set null;
alter table held_replies add column template text;
create index held_replies_of_problem on held_replies (problem_id) where problem_id is not null;
