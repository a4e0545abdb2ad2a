alter table held_replies add column visibility text not null default 'public';
