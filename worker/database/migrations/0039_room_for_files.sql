-- How many bytes each person’s files take, counted as they come and go: copies share the bytes of what they are copies of.
alter table users add column file_bytes integer not null default 0;
update users set file_bytes = coalesce((select sum(size) from attachments where owner_id = users.id and bytes_of is null), 0) where id in (select owner_id from attachments where owner_id is not null);
create trigger file_bytes_more after insert on attachments when new.owner_id is not null and new.bytes_of is null begin
  update users set file_bytes = file_bytes + new.size where id = new.owner_id;
end;
create trigger file_bytes_less after delete on attachments when old.owner_id is not null and old.bytes_of is null begin
  update users set file_bytes = file_bytes - old.size where id = old.owner_id;
end;
create trigger file_bytes_moved after update of owner_id, size, bytes_of on attachments begin
  update users set file_bytes = file_bytes - old.size where id = old.owner_id and old.bytes_of is null;
  update users set file_bytes = file_bytes + new.size where id = new.owner_id and new.bytes_of is null;
end;
