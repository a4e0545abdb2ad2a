-- For whom an article is written: everyone reads each, but customers are offered those for everyone.
alter table articles add column audience text not null default 'everyone';
