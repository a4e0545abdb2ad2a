-- What accounts are found by: the words of their names, Greek without accents, and of their domains.
create virtual table account_names using fts5 (account, words, tokenize="unicode61 tokenchars '_'");

create trigger account_names_change after update of name, domains on accounts begin
  delete from account_names where rowid in (select rowid from account_names where account_names match 'account : "' || old.id || '"');
  insert into account_names (account, words) values (new.id, (select replace(replace(replace(replace(replace(replace(replace(replace(replace(half, 'ΐ', 'ι'), 'ΰ', 'υ'), 'Ά', 'α'), 'Έ', 'ε'), 'Ή', 'η'), 'Ί', 'ι'), 'Ό', 'ο'), 'Ύ', 'υ'), 'Ώ', 'ω') from (select replace(replace(replace(replace(replace(replace(replace(replace(replace(new.name || ' ' || new.domains, 'ά', 'α'), 'έ', 'ε'), 'ή', 'η'), 'ί', 'ι'), 'ό', 'ο'), 'ύ', 'υ'), 'ώ', 'ω'), 'ϊ', 'ι'), 'ϋ', 'υ') as half)));
end;

-- A new one is found as one whose name was just changed, and so is each that is there.
create trigger account_names_new after insert on accounts begin
  update accounts set name = name where id = new.id;
end;

create trigger account_names_gone after delete on accounts begin
  delete from account_names where rowid in (select rowid from account_names where account_names match 'account : "' || old.id || '"');
end;

update accounts set name = name;
