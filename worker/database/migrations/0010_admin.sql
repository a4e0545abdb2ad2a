alter table roles add column scopes text not null default '{}';
