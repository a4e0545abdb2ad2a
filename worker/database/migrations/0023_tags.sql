-- A synonym that is written anywhere is the main tag: triggers see to it, and what has a tag is found by it.
create table tag_synonyms (
  synonym text not null primary key,
  tag text not null,
  created_at integer not null
) without rowid;
create index tag_synonyms_by_tag on tag_synonyms (tag);

-- What had a synonym when it became one: to give it back when it is none any more.
create table tag_retags (
  synonym text not null,
  kind text not null,
  ref_id text not null,
  had_both integer not null,
  primary key (synonym, kind, ref_id)
) without rowid;

create table tag_groups (
  id text primary key,
  name text not null unique,
  tags text not null,
  is_one_of integer not null default 0,
  required_in text not null default '[]'
);

create trigger topic_tags_of_new after insert on topics when new.tags <> '[]' begin
  update topics set tags = (select json_group_array(tag) from (select coalesce(s.tag, said.value) tag from json_each(new.tags) said left join tag_synonyms s on s.synonym = said.value group by 1 order by min(said.key)))
    where id = new.id and exists (select 1 from json_each(new.tags) said join tag_synonyms s on s.synonym = said.value);
  insert or ignore into topic_tags (tag, topic_id, last_post_at) select said.value, t.id, t.last_post_at from topics t, json_each(t.tags) said where t.id = new.id;
end;
create trigger topic_tags_of_changed after update of tags on topics when new.tags <> old.tags begin
  update topics set tags = (select json_group_array(tag) from (select coalesce(s.tag, said.value) tag from json_each(new.tags) said left join tag_synonyms s on s.synonym = said.value group by 1 order by min(said.key)))
    where id = new.id and exists (select 1 from json_each(new.tags) said join tag_synonyms s on s.synonym = said.value);
  delete from topic_tags where topic_id = new.id;
  insert or ignore into topic_tags (tag, topic_id, last_post_at) select said.value, t.id, t.last_post_at from topics t, json_each(t.tags) said where t.id = new.id and t.merged_into is null;
end;

drop trigger ticket_tags_of_new;
create trigger ticket_tags_of_new after insert on tickets when new.tags <> '[]' begin
  update tickets set tags = (select json_group_array(tag) from (select coalesce(s.tag, said.value) tag from json_each(new.tags) said left join tag_synonyms s on s.synonym = said.value group by 1 order by min(said.key)))
    where id = new.id and exists (select 1 from json_each(new.tags) said join tag_synonyms s on s.synonym = said.value);
  insert or ignore into ticket_tags (tag, ticket_id) select said.value, t.id from tickets t, json_each(t.tags) said where t.id = new.id;
end;
drop trigger ticket_tags_of_changed;
create trigger ticket_tags_of_changed after update of tags on tickets when new.tags <> old.tags begin
  update tickets set tags = (select json_group_array(tag) from (select coalesce(s.tag, said.value) tag from json_each(new.tags) said left join tag_synonyms s on s.synonym = said.value group by 1 order by min(said.key)))
    where id = new.id and exists (select 1 from json_each(new.tags) said join tag_synonyms s on s.synonym = said.value);
  delete from ticket_tags where ticket_id = new.id;
  insert or ignore into ticket_tags (tag, ticket_id) select said.value, t.id from tickets t, json_each(t.tags) said where t.id = new.id;
end;
