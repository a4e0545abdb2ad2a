-- A mark for each topic, ticket, person and company, another one each time that anything changes which pages of topics and tickets say of it to all who may see it: who
-- kept what they read beside its mark knows by one look whether it is still so. Marks are drawn, not counted, so that one that was seen never comes again, not even
-- after an older backup. `everybody` and `desk` stand for what all pages tell.

create table marks (thing text primary key, mark text not null) without rowid;

insert into marks (thing, mark)
select id, hex(randomblob(8)) from topics union all select id, hex(randomblob(8)) from tickets union all select id, hex(randomblob(8)) from users union all select id, hex(randomblob(8)) from accounts
union all select 'everybody', hex(randomblob(8)) union all select 'desk', hex(randomblob(8));

-- Things have one from the beginning, people from the first ticket that they ask: nothing is drawn when people are put in, since with a trigger there SQLite would look through
-- all that refers to people for each new one.

create trigger marks_first_of_topics after insert on topics begin
  insert into marks (thing, mark) values (new.id, hex(randomblob(8))) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_first_of_tickets after insert on tickets begin
  insert into marks (thing, mark) values (new.id, hex(randomblob(8))), (new.requester_id, hex(randomblob(8))) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_first_of_accounts after insert on accounts begin
  insert into marks (thing, mark) values (new.id, hex(randomblob(8))) on conflict (thing) do update set mark = excluded.mark;
end;

create trigger marks_first_of_requester after update of requester_id on tickets begin
  insert into marks (thing, mark) values (new.requester_id, hex(randomblob(8))) on conflict (thing) do update set mark = excluded.mark;
end;

-- What the page of a topic tells, and of whoever opened it what tells of their topics.

create trigger marks_new_topic after insert on topics begin
  update marks set mark = hex(randomblob(8)) where thing = new.author_id;
end;

create trigger marks_changed_topic after update of id, number, slug, title, kind, tags, posts_count, category_id, author_id, last_post_at, accepted_post_id, locked_at, slow_seconds, problem_state, votes_frozen_at, team_only_at, created_at, import_id, merged_into, hidden_at on topics begin
  update marks set mark = hex(randomblob(8)) where thing = new.id;
end;

create trigger marks_renamed_topic after update of id, number, slug, title, category_id, author_id, created_at, merged_into, hidden_at on topics begin
  update marks set mark = hex(randomblob(8)) where thing in (old.author_id, new.author_id);
end;

create trigger marks_lost_topic after delete on topics begin
  update marks set mark = hex(randomblob(8)) where thing = old.author_id;
end;

create trigger marks_new_post after insert on posts begin
  update marks set mark = hex(randomblob(8)) where thing = new.topic_id;
end;

create trigger marks_changed_post after update of author_id, body, renderer, html, created_at, edited_at, hidden_at, removed, removed_at, ups, downs, accepted_at on posts begin
  update marks set mark = hex(randomblob(8)) where thing = new.topic_id;
end;

create trigger marks_moved_post after update of id, topic_id, number on posts begin
  update marks set mark = hex(randomblob(8)) where thing in (old.topic_id, new.topic_id);
  update marks set mark = hex(randomblob(8)) where thing in (select p.topic_id from post_quotes q join posts p on p.id = q.source_id where q.post_id = new.id);
end;

create trigger marks_lost_post after delete on posts begin
  update marks set mark = hex(randomblob(8)) where thing = old.topic_id;
end;

create trigger marks_new_quote after insert on post_quotes begin
  update marks set mark = hex(randomblob(8)) where thing in (select topic_id from posts where id = new.source_id);
end;

create trigger marks_changed_quote after update of source_id, post_id on post_quotes begin
  update marks set mark = hex(randomblob(8)) where thing in (select topic_id from posts where id in (old.source_id, new.source_id));
end;

create trigger marks_lost_quote after delete on post_quotes begin
  update marks set mark = hex(randomblob(8)) where thing in (select topic_id from posts where id = old.source_id);
end;

create trigger marks_new_flag after insert on flags begin
  update marks set mark = hex(randomblob(8)) where thing in (select topic_id from posts where id = new.post_id);
end;

create trigger marks_changed_flag after update of post_id, outcome, weight, kind on flags begin
  update marks set mark = hex(randomblob(8)) where thing in (select topic_id from posts where id in (old.post_id, new.post_id));
end;

create trigger marks_lost_flag after delete on flags begin
  update marks set mark = hex(randomblob(8)) where thing in (select topic_id from posts where id = old.post_id);
end;

create trigger marks_new_timer after insert on topic_timers begin
  update marks set mark = hex(randomblob(8)) where thing = new.topic_id;
end;

create trigger marks_changed_timer after update of topic_id on topic_timers begin
  update marks set mark = hex(randomblob(8)) where thing in (old.topic_id, new.topic_id);
end;

create trigger marks_lost_timer after delete on topic_timers begin
  update marks set mark = hex(randomblob(8)) where thing = old.topic_id;
end;

create trigger marks_new_whisper after insert on whispers begin
  update marks set mark = hex(randomblob(8)) where thing = new.topic_id;
end;

create trigger marks_changed_whisper after update of topic_id on whispers begin
  update marks set mark = hex(randomblob(8)) where thing in (old.topic_id, new.topic_id);
end;

create trigger marks_lost_whisper after delete on whispers begin
  update marks set mark = hex(randomblob(8)) where thing = old.topic_id;
end;

create trigger marks_new_assignment after insert on assignments begin
  update marks set mark = hex(randomblob(8)) where thing = new.topic_id;
end;

create trigger marks_changed_assignment after update of topic_id on assignments begin
  update marks set mark = hex(randomblob(8)) where thing in (old.topic_id, new.topic_id);
end;

create trigger marks_lost_assignment after delete on assignments begin
  update marks set mark = hex(randomblob(8)) where thing = old.topic_id;
end;

create trigger marks_new_move after insert on moved_posts begin
  update marks set mark = hex(randomblob(8)) where thing in (select id from topics where number = new.number);
end;

create trigger marks_changed_move after update of number on moved_posts begin
  update marks set mark = hex(randomblob(8)) where thing in (select id from topics where number in (old.number, new.number));
end;

create trigger marks_lost_move after delete on moved_posts begin
  update marks set mark = hex(randomblob(8)) where thing in (select id from topics where number = old.number);
end;

create trigger marks_new_handover after insert on handovers begin
  update marks set mark = hex(randomblob(8)) where thing in (new.topic_id, new.ticket_id);
end;

create trigger marks_changed_handover after update of topic_id, ticket_id on handovers begin
  update marks set mark = hex(randomblob(8)) where thing in (old.topic_id, old.ticket_id, new.topic_id, new.ticket_id);
end;

create trigger marks_lost_handover after delete on handovers begin
  update marks set mark = hex(randomblob(8)) where thing in (old.topic_id, old.ticket_id);
end;

-- Files of posts and of messages.

create trigger marks_new_file after insert on attachments when new.post_id is not null or new.message_id is not null begin
  update marks set mark = hex(randomblob(8)) where thing in (select topic_id from posts where id = new.post_id union all select ticket_id from ticket_messages where id = new.message_id);
end;

create trigger marks_changed_file after update of id, name, type, size, width, height, verdict, post_id, message_id on attachments when old.post_id is not null or old.message_id is not null or new.post_id is not null or new.message_id is not null begin
  update marks set mark = hex(randomblob(8)) where thing in (select topic_id from posts where id in (old.post_id, new.post_id) union all select ticket_id from ticket_messages where id in (old.message_id, new.message_id));
end;

create trigger marks_lost_file after delete on attachments when old.post_id is not null or old.message_id is not null begin
  update marks set mark = hex(randomblob(8)) where thing in (select topic_id from posts where id = old.post_id union all select ticket_id from ticket_messages where id = old.message_id);
end;

-- What the page of a ticket tells at the desk: of itself and what is part of it, of who asked, and of their company.

create trigger marks_new_ticket after insert on tickets begin
  update marks set mark = hex(randomblob(8)) where thing in (new.merged_into, new.account_id);
end;

create trigger marks_changed_ticket after update of id, number, requester_id, account_id, subject, status, status_id, priority, is_open, assignee_id, group_id, kind, tags, waiting_since, snooze, snoozed_until, created_at, updated_at, form_id, merged_into, shown_in on tickets begin
  update marks set mark = hex(randomblob(8)) where thing in (new.id, new.merged_into, new.requester_id, new.account_id);
end;

create trigger marks_moved_ticket after update of requester_id, account_id, merged_into on tickets begin
  update marks set mark = hex(randomblob(8)) where thing in (old.merged_into, old.requester_id, old.account_id);
end;

create trigger marks_lost_ticket after delete on tickets begin
  update marks set mark = hex(randomblob(8)) where thing in (old.merged_into, old.requester_id, old.account_id);
end;

create trigger marks_new_message after insert on ticket_messages begin
  update marks set mark = hex(randomblob(8)) where thing = new.ticket_id;
end;

create trigger marks_changed_message after update of id, ticket_id, number, origin_ticket_id, audience_id, author_id, visibility, body, html, renderer, created_at on ticket_messages begin
  update marks set mark = hex(randomblob(8)) where thing in (old.ticket_id, new.ticket_id);
end;

create trigger marks_lost_message after delete on ticket_messages begin
  update marks set mark = hex(randomblob(8)) where thing = old.ticket_id;
end;

create trigger marks_new_words after insert on ticket_words begin
  update marks set mark = hex(randomblob(8)) where thing in (select value from tickets t, json_each(json_array(t.id, t.requester_id, t.account_id)) where t.id = new.ticket_id);
end;

create trigger marks_changed_words after update of ticket_id, words, beside on ticket_words begin
  update marks set mark = hex(randomblob(8)) where thing in (select value from tickets t, json_each(json_array(t.id, t.requester_id, t.account_id)) where t.id in (old.ticket_id, new.ticket_id));
end;

create trigger marks_lost_words after delete on ticket_words begin
  update marks set mark = hex(randomblob(8)) where thing in (select value from tickets t, json_each(json_array(t.id, t.requester_id, t.account_id)) where t.id = old.ticket_id);
end;

create trigger marks_new_tracker after insert on ticket_trackers begin
  update marks set mark = hex(randomblob(8)) where thing = new.ticket_id;
end;

create trigger marks_changed_tracker after update of ticket_id on ticket_trackers begin
  update marks set mark = hex(randomblob(8)) where thing in (old.ticket_id, new.ticket_id);
end;

create trigger marks_lost_tracker after delete on ticket_trackers begin
  update marks set mark = hex(randomblob(8)) where thing = old.ticket_id;
end;

create trigger marks_new_held_reply after insert on held_replies begin
  update marks set mark = hex(randomblob(8)) where thing = new.ticket_id;
end;

create trigger marks_changed_held_reply after update of ticket_id on held_replies begin
  update marks set mark = hex(randomblob(8)) where thing in (old.ticket_id, new.ticket_id);
end;

create trigger marks_lost_held_reply after delete on held_replies begin
  update marks set mark = hex(randomblob(8)) where thing = old.ticket_id;
end;

create trigger marks_new_copied after insert on ticket_people begin
  update marks set mark = hex(randomblob(8)) where thing = new.ticket_id;
end;

create trigger marks_changed_copied after update of ticket_id on ticket_people begin
  update marks set mark = hex(randomblob(8)) where thing in (old.ticket_id, new.ticket_id);
end;

create trigger marks_lost_copied after delete on ticket_people begin
  update marks set mark = hex(randomblob(8)) where thing = old.ticket_id;
end;

create trigger marks_new_answer after insert on ticket_values begin
  update marks set mark = hex(randomblob(8)) where thing = new.ticket_id;
end;

create trigger marks_changed_answer after update of ticket_id on ticket_values begin
  update marks set mark = hex(randomblob(8)) where thing in (old.ticket_id, new.ticket_id);
end;

create trigger marks_lost_answer after delete on ticket_values begin
  update marks set mark = hex(randomblob(8)) where thing = old.ticket_id;
end;

create trigger marks_new_link after insert on ticket_links begin
  update marks set mark = hex(randomblob(8)) where thing in (new.from_id, new.to_id);
end;

create trigger marks_changed_link after update of from_id, to_id on ticket_links begin
  update marks set mark = hex(randomblob(8)) where thing in (old.from_id, old.to_id, new.from_id, new.to_id);
end;

create trigger marks_lost_link after delete on ticket_links begin
  update marks set mark = hex(randomblob(8)) where thing in (old.from_id, old.to_id);
end;

create trigger marks_new_draft after insert on drafts begin
  update marks set mark = hex(randomblob(8)) where thing = new.place;
end;

create trigger marks_changed_draft after update of place on drafts begin
  update marks set mark = hex(randomblob(8)) where thing in (old.place, new.place);
end;

create trigger marks_lost_draft after delete on drafts begin
  update marks set mark = hex(randomblob(8)) where thing = old.place;
end;

create trigger marks_new_rating after insert on survey_answers begin
  update marks set mark = hex(randomblob(8)) where thing in (new.ticket_id, new.user_id);
end;

create trigger marks_changed_rating after update of ticket_id, user_id on survey_answers begin
  update marks set mark = hex(randomblob(8)) where thing in (old.ticket_id, old.user_id, new.ticket_id, new.user_id);
end;

create trigger marks_lost_rating after delete on survey_answers begin
  update marks set mark = hex(randomblob(8)) where thing in (old.ticket_id, old.user_id);
end;

create trigger marks_new_idea after insert on ideas begin
  update marks set mark = hex(randomblob(8)) where thing = new.author_id;
end;

create trigger marks_changed_idea after update of author_id on ideas begin
  update marks set mark = hex(randomblob(8)) where thing in (old.author_id, new.author_id);
end;

create trigger marks_lost_idea after delete on ideas begin
  update marks set mark = hex(randomblob(8)) where thing = old.author_id;
end;

create trigger marks_log after insert on outbox when new.subject glob 'tkt_*' begin
  update marks set mark = hex(randomblob(8)) where thing = new.subject;
end;

create trigger marks_changed_log after update of id, type, subject, data, created_at, actor_id, revision on outbox when new.subject glob 'tkt_*' begin
  update marks set mark = hex(randomblob(8)) where thing in (old.subject, new.subject);
end;

create trigger marks_changed_company after update of id, name, plan, arr, currency, renews_on, health, csm_id on accounts when old.id is not new.id or old.name is not new.name or old.plan is not new.plan or old.arr is not new.arr or old.currency is not new.currency or old.renews_on is not new.renews_on or old.health is not new.health or old.csm_id is not new.csm_id begin
  update marks set mark = hex(randomblob(8)) where thing = new.id;
end;

create trigger marks_changed_requester after update of email, locale, time_zone, password_hash on users when old.email is not new.email or old.locale is not new.locale or old.time_zone is not new.time_zone or (old.password_hash is null) <> (new.password_hash is null) begin
  update marks set mark = hex(randomblob(8)) where thing = new.id;
end;

-- What all pages of topics, or of tickets, tell.

create trigger marks_changed_person after update of id, name, handle, role on users when old.id is not new.id or old.name is not new.name or old.handle is not new.handle or old.role is not new.role begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_lost_person after delete on users begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_changed_plan after update of id, plan, csm_id on accounts when old.id is not new.id or old.plan is not new.plan or old.csm_id is not new.csm_id begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_lost_account after delete on accounts begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_new_category after insert on categories begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_changed_category after update of id, slug, name, parent_id, is_listed, see, reply on categories begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_lost_category after delete on categories begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_new_member after insert on group_members begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_changed_member after update of group_id, user_id on group_members begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_lost_member after delete on group_members begin
  update marks set mark = hex(randomblob(8)) where thing = 'everybody';
end;

create trigger marks_new_status after insert on ticket_statuses begin
  update marks set mark = hex(randomblob(8)) where thing = 'desk';
end;

create trigger marks_changed_status after update of id, category, agent_en, agent_el, customer_en, customer_el, position, is_active on ticket_statuses begin
  update marks set mark = hex(randomblob(8)) where thing = 'desk';
end;

create trigger marks_lost_status after delete on ticket_statuses begin
  update marks set mark = hex(randomblob(8)) where thing = 'desk';
end;

create trigger marks_new_setting after insert on settings begin
  update marks set mark = hex(randomblob(8)) where thing = 'desk';
end;

create trigger marks_changed_setting after update of key, value on settings begin
  update marks set mark = hex(randomblob(8)) where thing = 'desk';
end;

create trigger marks_lost_setting after delete on settings begin
  update marks set mark = hex(randomblob(8)) where thing = 'desk';
end;

create trigger marks_new_group after insert on groups begin
  update marks set mark = hex(randomblob(8)) where thing = 'desk';
end;

create trigger marks_changed_group after update of id, name on groups begin
  update marks set mark = hex(randomblob(8)) where thing = 'desk';
end;

create trigger marks_lost_group after delete on groups begin
  update marks set mark = hex(randomblob(8)) where thing = 'desk';
end;

create trigger marks_new_form after insert on ticket_forms begin
  update marks set mark = hex(randomblob(8)) where thing = 'desk';
end;

create trigger marks_changed_form after update of is_active on ticket_forms begin
  update marks set mark = hex(randomblob(8)) where thing = 'desk';
end;

create trigger marks_lost_form after delete on ticket_forms begin
  update marks set mark = hex(randomblob(8)) where thing = 'desk';
end;

create trigger marks_new_macro after insert on macros begin
  update marks set mark = hex(randomblob(8)) where thing = 'desk';
end;

create trigger marks_lost_macro after delete on macros begin
  update marks set mark = hex(randomblob(8)) where thing = 'desk';
end;
