-- A key that a program chose stands for one body of one operation of its person: which one, as a hash. Of forms and visitors the key names it.

alter table once add column input text not null default '';

update or ignore once set input = substr(key, -64), key = substr(key, 1, length(key) - 65) where instr(key, ' ') > 0 and key not like 'visitor:%';
