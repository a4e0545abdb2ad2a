-- The words of the titles of ideas, without their tonos, by number: for finding what somebody is about to ask for again.

create virtual table idea_titles using fts5(title, tokenize=unicode61);

insert into idea_titles (rowid, title) select number, (select replace(replace(replace(replace(replace(replace(replace(replace(replace(half, 'ΐ', 'ι'), 'ΰ', 'υ'), 'Ά', 'α'), 'Έ', 'ε'), 'Ή', 'η'), 'Ί', 'ι'), 'Ό', 'ο'), 'Ύ', 'υ'), 'Ώ', 'ω') from (select replace(replace(replace(replace(replace(replace(replace(replace(replace(title, 'ά', 'α'), 'έ', 'ε'), 'ή', 'η'), 'ί', 'ι'), 'ό', 'ο'), 'ύ', 'υ'), 'ώ', 'ω'), 'ϊ', 'ι'), 'ϋ', 'υ') as half)) from ideas;

create trigger idea_titles_insert after insert on ideas begin
  insert into idea_titles (rowid, title) values (new.number, (select replace(replace(replace(replace(replace(replace(replace(replace(replace(half, 'ΐ', 'ι'), 'ΰ', 'υ'), 'Ά', 'α'), 'Έ', 'ε'), 'Ή', 'η'), 'Ί', 'ι'), 'Ό', 'ο'), 'Ύ', 'υ'), 'Ώ', 'ω') from (select replace(replace(replace(replace(replace(replace(replace(replace(replace(new.title, 'ά', 'α'), 'έ', 'ε'), 'ή', 'η'), 'ί', 'ι'), 'ό', 'ο'), 'ύ', 'υ'), 'ώ', 'ω'), 'ϊ', 'ι'), 'ϋ', 'υ') as half)));
end;

create trigger idea_titles_update after update of title, number on ideas begin
  delete from idea_titles where rowid = old.number;
  insert into idea_titles (rowid, title) values (new.number, (select replace(replace(replace(replace(replace(replace(replace(replace(replace(half, 'ΐ', 'ι'), 'ΰ', 'υ'), 'Ά', 'α'), 'Έ', 'ε'), 'Ή', 'η'), 'Ί', 'ι'), 'Ό', 'ο'), 'Ύ', 'υ'), 'Ώ', 'ω') from (select replace(replace(replace(replace(replace(replace(replace(replace(replace(new.title, 'ά', 'α'), 'έ', 'ε'), 'ή', 'η'), 'ί', 'ι'), 'ό', 'ο'), 'ύ', 'υ'), 'ώ', 'ω'), 'ϊ', 'ι'), 'ϋ', 'υ') as half)));
end;

create trigger idea_titles_delete after delete on ideas begin
  delete from idea_titles where rowid = old.number;
end;
