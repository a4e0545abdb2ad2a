-- A category is never above itself, whoever writes at the same time.

create trigger categories_are_a_tree before update of parent_id on categories when new.parent_id is not null begin
  select raise(abort, 'A category cannot be below itself.') where new.id in (with recursive up (id) as (select new.parent_id union select c.parent_id from categories c join up on c.id = up.id where c.parent_id is not null) select id from up);
end;
