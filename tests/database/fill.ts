import { createClient } from '@libsql/client/web';
import { hashOf } from '../../worker/platform/signature.ts';
import { hashOfRecovery } from '../../worker/proofs/recovery.ts';
import { keyOfMember } from '../../worker/sides/link.ts';
import { SECRET } from '../support/stoa.ts';
import { hashOfWait } from '../../worker/incidents/link.ts';

/** In the year 2100. */
const FAR = 4_102_444_800_000;
const BORN = 1_700_000_000_000;
/** What a merge remembers of a ticket. */
const FIELDS = `{"status":"open","solvedAt":null,"waitingSince":${BORN},"lastMessageAt":${BORN},"updatedAt":${BORN}}`;

/** Rows `from` (a multiple of 50) to `to` of every table that grows, made by the database itself. A tenth as many people, a fiftieth as many companies. */
export async function fill(url: string, from: number, to: number): Promise<void> {
  const client = createClient({ url });
  const counted = `with recursive n(i) as (select ${from} union all select i + 1 from n where i < ${to})`;
  const fewer = (each: number) => `with recursive n(i) as (select ${Math.ceil(from / each)} union all select i + 1 from n where i < ${Math.floor(to / each)})`;
  const [person, company] = [`'usr_' || (i / 10)`, `'acc_' || (i / 10 / 5)`];
  const at = `${BORN} + i * 60000`;
  const vector = "'[' || i || replace(hex(zeroblob(383)), '00', ',1') || ']'";
  const batches: string[][] = [
    [
      `${fewer(50)} insert into accounts (id, name, domains, arr, renews_on, csm_id, created_at) select 'acc_' || i, 'Company ' || i, json_array('c' || i || '.example'), i % 977 * 100, date('2026-01-01', '+' || (i % 400) || ' days'), 'usr_cleo', ${at} from n`,
      `${fewer(10)} insert into users (id, email, name, handle, role, account_id, second_factor_at, created_at) select 'usr_' || i, 'p' || i || '@example.net', 'Person ' || i, 'p' || i, 'customer', 'acc_' || (i / 5), ${at}, ${at} from n`,
      `insert or ignore into sign_in_providers (id, slug, name, kind, issuer, client_id, client_secret, created_at) values ('pro_1', 'okta', 'Okta', 'oidc', 'https://okta.example', 'id', 'sealed', ${BORN})`,
      `insert or ignore into groups (id, name, created_at) values ('grp_1', 'Group 1', ${BORN}), ('grp_2', 'Group 2', ${BORN}), ('grp_3', 'Group 3', ${BORN})`,
      `insert or ignore into group_members (group_id, user_id) values ('grp_1', 'usr_agnes'), ('grp_1', 'usr_ada'), ('grp_2', 'usr_cleo')`,
      `update categories set answer_within = 4`,
      `insert or ignore into settings (key, value) values ('host_app', '{"isOn":true,"origin":null,"jwks":null,"makesAccounts":false,"keys":[{"id":"key_1","createdAt":0,"endsAt":null}]}')`,
      `${fewer(10)} insert into identities (issuer, subject, user_id, created_at) select 'https://okta.example', 's' || i, 'usr_' || i, ${at} from n`,
      `${fewer(10)} insert into sessions (id, user_id, expires_at, created_at) select 'ses_' || i, 'usr_' || i, ${at}, ${at} from n`,
      `${fewer(10)} insert into authenticators (user_id, secret, created_at) select 'usr_' || i, 'sealed', ${at} from n`,
      `${fewer(10)} insert into passkeys (id, user_id, name, public_key, created_at) select 'pk_' || i, 'usr_' || i, 'Key', 'key', ${at} from n`,
      `${fewer(10)} insert into recovery_codes (hash, user_id, created_at) select 'code ' || i, 'usr_' || i, ${at} from n`,
      `${fewer(10)} insert into tokens (id, hash, user_id, name, scope, created_at) select 'tok_' || i, 'hash ' || i, 'usr_' || i, 'name', 'read', ${at} from n`,
    ],
    [
      `${counted} insert into topics (id, number, slug, title, kind, category_id, author_id, posts_count, last_post_at, last_author_id, accepted_post_id, created_at)
        select 'top_' || i, i + 1000, 'a-topic', 'Topic ' || i, 'question', 'cat_help', ${person}, 1 + (i % 3), ${at}, ${person}, 'pst_' || i, ${at} from n`,
      `update topics set kind = 'problem' where number = 1502`,
      `insert or ignore into tag_synonyms (synonym, tag, created_at) values ('word-1', 'common', ${BORN}), ('word-2', 'common', ${BORN})`,
      `insert or ignore into tag_groups (id, name, tags, required_in) values ('tgr_1', 'Platform', '["mac","linux"]', '[]')`,
      `${counted} insert into topic_tags (tag, last_post_at, topic_id) select case when i % 1000 = 0 then 'rare' else 'common' end, ${at}, 'top_' || i from n`,
    ],
    [`${counted} insert into posts (id, topic_id, number, author_id, body, created_at) select 'pst_' || i, 'top_' || i, 1, ${person}, 'Words.', ${at} from n`],
    [
      `${counted} insert into tickets (id, number, requester_id, account_id, subject, status, priority, assignee_id, group_id, tags, solved_at, messages_count, waiting_since, last_message_at, created_at, updated_at)
        select 'tkt_' || i, i + 1000, ${person}, ${company}, 'Ticket ' || i, case when i % 4 = 0 then 'open' when i % 4 = 1 then 'pending' else 'solved' end,
        case when i % 7 = 0 then 'high' else 'normal' end, case when i % 3 = 0 then null else 'usr_agnes' end, case when i % 5 = 0 then 'grp_1' when i % 5 = 1 then 'grp_2' end, json_array('tag-' || (i % 10)), case when i % 4 > 1 then ${at} end, 1, ${at}, ${at}, ${at}, ${at} from n`,
    ],
    [
      `insert or ignore into ticket_statuses (id, category, agent_en, customer_en, created_at) values ('sts_1', 'pending', 'Parts', 'We wait', ${BORN}), ('sts_2', 'open', 'Tested', 'Nearly there', ${BORN})`,
      `insert or ignore into ticket_forms (id, name_en, position, is_default, created_at) values ('frm_1', 'Form 1', 0, 1, ${BORN}), ('frm_2', 'Form 2', 1, 0, ${BORN})`,
      `insert or ignore into ticket_fields (id, key, kind, label_en, choices, created_at) values ('fld_1', 'product', 'choice', 'Product', '[{"value":"cloud","en":"Cloud","el":""}]', ${BORN}), ('fld_2', 'region', 'text', 'Region', '[]', ${BORN}), ('fld_3', 'cause', 'text', 'Cause', '[]', ${BORN}), ('fld_4', 'spare', 'text', 'Spare', '[]', ${BORN}), ('fld_5', 'who', 'person', 'Who', '[]', ${BORN}), ('fld_6', 'firm', 'account', 'Firm', '[]', ${BORN}), ('fld_7', 'knows', 'contact', 'Knows', '[]', ${BORN})`,
      `insert or ignore into form_fields (form_id, field_id, position, to_solve, is_visible, when_field, when_value) values ('frm_1', 'fld_1', 1, 0, 1, null, null), ('frm_1', 'fld_2', 2, 0, 1, 'fld_1', 'cloud'), ('frm_1', 'fld_3', 3, 0, 0, null, null), ('frm_2', 'fld_3', 1, 0, 1, null, null), ('frm_1', 'fld_5', 5, 0, 1, null, null), ('frm_1', 'fld_6', 6, 0, 1, null, null), ('frm_1', 'fld_7', 7, 0, 0, null, null)`,
      `${fewer(50)} insert into deflections (id, kind, ref_id, who, user_id, created_at) select 'dfl_' || i, 'topic', 'top_' || i, 'usr_' || i, 'usr_' || i, ${at} from n`,
      `${fewer(50)} insert into incidents (id, ticket_id, words_en, shown_at) select 'inc_' || i, 'tkt_' || i, 'Exports stop', ${at} from n`,
      `${fewer(50)} insert into guest_waits (key_hash, kind, ref_id, address, locale, created_at, confirmed_at, due_at) select 'wait ' || i, 'incident', 'inc_' || i, 'g' || i || '@example.org', 'en', ${at}, ${at}, iif(i % 10 = 0, ${at}, null) from n`,
      `insert or ignore into guest_waits (key_hash, kind, ref_id, address, locale, created_at) values ('${hashOfWait('guessed')}', 'incident', 'inc_5', 'one@example.org', 'en', 0)`,
      `${fewer(50)} insert into incident_followers (incident_id, user_id, created_at) select 'inc_' || i, 'usr_' || i, ${at} from n`,
      `${fewer(50)} insert into deflection_counts (month, kind, ref_id, deflected) select '', 'topic', 'top_' || i, i % 9 from n`,
      `insert or ignore into deflection_counts (month, kind, ref_id, deflected) values ('2026-01', '', '', 5), ('2026-02', '', '', 5)`,
      `update tickets set form_id = 'frm_1' where number between ${from + 1000} and ${to + 1000}`,
      `${counted} insert into ticket_values (ticket_id, field_id, place, value) select 'tkt_' || i, 'fld_1', 0, 'cloud' from n`,
      `${counted} insert into ticket_values (ticket_id, field_id, place, value) select 'tkt_' || i, 'fld_5', 0, 'usr_' || i from n`,
    ],
    [`${counted} insert into survey_answers (id, kind, user_id, score, ticket_id, cycle, agent_id, created_at) select 'sva_' || i, 'csat', ${person}, 1 + i % 5, 'tkt_' || i, ${at}, 'usr_agnes', ${at} from n where i % 4 = 3`],
    [`${counted} insert into ticket_words (number, ticket_id, words) select i + 1000, 'tkt_' || i, '["word' || (i % 40) || '","printer"]' from n`],
    [`${counted} insert into ticket_texts (rowid, body) select i + 1000, 'word' || (i % 40) || ' printer' from n`],
    [`${fewer(10)} insert into people_names (person, words) select 'usr' || i, 'person ' || i from n`],
    [`${counted} insert into desk_texts (rowid, subject, body, about) select i + 1000, 'help', 'word' || (i % 40) || ' printer', '§pusr' || (i / 10) || ' §aacc' || (i / 50) || ' ' || case when i % 2 = 0 then '§ggrp1' else '§gnone' end from n`],
    [`${counted} insert into ticket_index (rowid, body) select i + 1000, 'word' || (i % 40) || ' printer' from n`],
    [`${counted} insert into ticket_messages (id, ticket_id, number, author_id, body, created_at) select 'msg_' || i, 'tkt_' || i, 1, ${person}, 'Words.', ${at} from n`],
    [
      `${fewer(50)} insert into held_replies (id, ticket_id, author_id, body, status, revision, release_at) select 'msg_held_' || (i * 50), 'tkt_' || (i * 50), 'usr_agnes', 'Words.', 'pending', 1, ${FAR} from n`,
      "update held_replies set problem_id = 'tkt_512', template = 'Words.' where id in ('msg_held_650', 'msg_held_700')",
      `${counted} insert into ticket_people (ticket_id, user_id, role, added_at) select 'tkt_' || i, 'usr_' || (i / 100), case when i % 2 = 0 then 'cc' else 'watcher' end, ${at} from n`,
      `${counted} insert into ticket_visits (ticket_id, user_id, at) select 'tkt_' || i, 'usr_agnes', ${FAR} from n`,
      `${counted} insert into search_queries (hash, words, results, searches, empty, clicks) select 'hash ' || i, 'words ' || i, 3, 1 + i % 90, i % 3 = 0, i % 4 from n`,
      `${counted} insert into search_days (hash, day, searches) select 'hash ' || i, date('2001-01-01', (i % 60) || ' days'), 1 from n`,
      `${fewer(50)} insert into search_days (hash, day, searches) select '', date('2001-01-01', i || ' days'), 50 from n`,
      `${counted} insert into spelling_words (word, shown, stem, n, coming, seen) select 'word' || i, 'word' || i, 'word' || i, 1, i % 3, i % 2 from n`,
      `${counted} insert or ignore into spelling_keys (key, word_id) select case when i % 1000 = 0 then 'boking' else 'wrd' || i end, id from n join spelling_words on word = 'word' || i`,
      `${fewer(10)} insert into saved_searches (user_id, name, q, created_at) select 'usr_' || i, 'search ' || i, 'refund', ${at} from n`,
      `insert or ignore into saved_searches (user_id, name, q, created_at) values ('usr_alice', 'Mine', 'refund', ${BORN})`,
      `${counted} insert into drafts (user_id, place, body, kind, saved_at) select 'usr_cleo', 'tkt_' || i, 'Words.', 'public', ${at} from n`,
      `${fewer(10)} insert into macros (id, owner_id, name, texts, used, created_at, updated_at) select 'mac_' || i, case when i % 3 = 0 then null else 'usr_agnes' end, 'Macro ' || i, '{"en":"Words."}', i % 7, ${at}, ${at} from n`,
      `insert or ignore into mail_templates (event, locale, subject, text) values ('reset', 'en', 'S', 'T')`,
      `update tickets set snooze = 'reply', snoozed_until = 8640000000000000 where number % 100 = 0 and is_open`,
    ],
    [
      `${fewer(50)} insert into ticket_merges (id, source_id, target_id, is_private, source, before, after, gained, created_at) select 'mrg_' || i, 'tkt_' || (i * 50 + 49), 'tkt_' || (i * 50 + 48), i % 2 = 0, '${FIELDS}', '${FIELDS}', '${FIELDS}', '[]', ${at} from n where i * 50 + 49 <= ${to}`,
      `${fewer(50)} insert into merged_messages (merge_id, message_id, number, placed) select 'mrg_' || i, 'msg_' || (i * 50 + 49), 1, 2 from n where i * 50 + 49 <= ${to}`,
      `update tickets set merged_into = 'tkt_' || (number - 1001), status = 'closed' where number between ${from + 1000} and ${to + 1000} and number % 50 = 49`,
      `${fewer(50)} update ticket_messages set ticket_id = 'tkt_' || (substr(ticket_id, 5) - 1), number = 2 where id in (select 'msg_' || (i * 50 + 49) from n)`,
      `${counted} insert into ticket_links (from_id, to_id, kind, created_at) select 'tkt_' || i, 'tkt_' || (i - 4), case when i % 4 = 0 then 'problem' else 'related' end, ${at} from n where i >= 4`,
      `${fewer(10)} insert into ticket_trackers (ticket_id, reference, created_at) select 'tkt_' || (i * 10), 'item ' || (i / 2), ${at} from n`,
      `${fewer(10)} insert into sides (id, ticket_id, subject, last_message_at, created_at) select 'sid_' || (i * 10), 'tkt_' || (i * 10), 'A part', ${at}, ${at} from n`,
      `${fewer(10)} insert into side_members (id, side_id, user_id, name, created_at) select 'sme_a' || (i * 10), 'sid_' || (i * 10), 'usr_agnes', 'Agnes', ${at} from n`,
      `${fewer(10)} insert into side_messages (id, side_id, author_id, body, created_at) select 'sms_' || (i * 10), 'sid_' || (i * 10), 'sme_a' || (i * 10), 'Words.', ${at} from n`,
      `${fewer(50)} insert into ticket_participants (ticket_id, user_id, merge_id) select 'tkt_' || (i * 50 + 48), 'usr_' || (i * 5), 'mrg_' || i from n where i * 50 + 49 <= ${to}`,
    ],
    [
      `${counted} insert into feedback (id, source, source_id, number, title, person_id, account_id, text, said_at)
        select 'fbk_' || i, case when i % 2 = 0 then 'topic' else 'ticket' end, 'top_' || i, i + 1000, 'Title', ${person}, ${company}, 'Words.', ${at} from n`,
      `${counted} insert into outbox (id, type, subject, revision, actor_id, data, created_at, delivered_at) select 'evt_' || i, 'topic.opened', 'top_' || i, 1, ${person}, '{}', ${at}, ${at} from n`,
    ],
    [
      `${fewer(50)} insert into bulk_runs (id, actor_id, action, back, state, total, seen, created_at) select 'blk_' || i, 'usr_' || i, '{"addTags":[],"removeTags":[]}', '/agent', 'done', 5, 5, ${at} from n`,
      `${counted} insert into bulk_items (run_id, place, ticket_id, outcome) select 'blk_' || (i / 50), i % 50 + 1, 'tkt_' || i, 'changed' from n where i >= 50 and i < ${Math.floor(to / 50) * 50}`,
      `${counted} insert or ignore into ticket_claims (ticket_id, user_id, until) select 'tkt_' || i, 'usr_cleo', 0 from n`,
      `${fewer(50)} insert into views (id, name, owner_id, condition, columns, created_at) select 'vew_' || i, 'View', 'usr_' || i, '{}', '[]', 0 from n`,
    ],
    [
      `${counted} insert into post_versions (post_id, number, editor_id, body, written_at) select 'pst_' || i, 1, ${person}, 'Words.', ${at} from n`,
      `${fewer(10)} insert into drafts (user_id, place, body, saved_at) select 'usr_' || i, 'new', 'Words.', ${at} from n`,
      `${counted} insert into votes (on_id, author_id, created_at, to_id) select 'pst_' || i, ${person}, ${at}, 'usr_1' from n`,
    ],
    [
      `${counted} insert into attachments (id, owner_id, name, type, size, sha256, post_id, created_at, attached_at) select printf('att_1%031x', i), ${person}, 'a.txt', 'text/plain', 1, '', 'pst_' || i, ${at}, ${at} from n`,
      `${counted} insert into attachments (id, owner_id, name, type, size, sha256, message_id, created_at, attached_at) select printf('att_2%031x', i), ${person}, 'a.txt', 'text/plain', 1, '', 'msg_' || i, ${at}, ${at} from n`,
      `${fewer(10)} insert into attachments (id, owner_id, name, type, size, sha256, macro_id, created_at, attached_at) select printf('att_5%031x', i * 10), 'usr_agnes', 'a.txt', 'text/plain', 1, '', 'mac_' || i, ${at}, ${at} from n`,
      `${fewer(10)} insert into attachments (id, owner_id, name, type, size, sha256, created_at) select printf('att_3%031x', i * 10), 'usr_' || i, 'a.txt', 'text/plain', 1, '', ${at} from n`,
    ],
    [
      `${counted} insert into follows (user_id, target, level, created_at) select ${person}, 'top_' || i, 'watching', ${at} from n`,
      `${counted} insert into reads (user_id, topic_id, last_read, read_at) select ${person}, 'top_' || i, i % 2, ${at} from n`,
      `${counted} insert into notifications (id, user_id, kind, about, topic_id, place, created_at, seen_at) select 'ntf_' || i, ${person}, 'replied', 'pst_' || i, 'top_' || i, 1, ${at}, case when i % 3 = 0 then null else ${at} end from n`,
    ],
    [
      `${counted} insert into flags (post_id, author_id, kind, weight, outcome, created_at) select 'pst_' || i, ${person}, 'spam', 1, case when i % 3 = 0 then null else 'agree' end, ${at} from n`,
      `${counted} insert into reviews (post_id, status, score, opened_at, decided_at) select 'pst_' || i, case when i % 3 = 0 then 'open' else 'agree' end, 1, ${at}, case when i % 3 = 0 then null else ${at} end from n`,
      `insert or ignore into word_rules (id, pattern, action, created_at) values ('wrd_1', 'pills', 'hold', ${BORN})`,
      `insert or ignore into screens (id, kind, pattern, action, created_at) values ('scr_1', 'network', '192.0.2.0/24', 'hold', ${BORN})`,
      `${counted} insert into held_posts (id, kind, author_id, category_id, topic_id, post_id, topic_kind, title, body, reasons, status, created_at) select 'hld_' || i, case i % 9 when 0 then 'topic' when 3 then 'reply' else 'edit' end, ${person}, 'cat_help', case i % 9 when 0 then null else 'top_' || i end, case when i % 9 in (0, 3) then null else 'pst_' || i end, 'question', 'A title', 'Words.', '[]', case when i % 3 = 0 then 'waiting' else 'rejected' end, ${at} from n`,
      `${counted} insert into prints (print, post, author_id, at) select '~' || (i % 1000), 'pst_' || i, ${person}, ${at} from n`,
      `${counted} insert into linked_domains (domain, at) select 'site' || i || '.example', ${at} from n`,
      `${fewer(10)} insert into trust (user_id, level, topics, posts, seconds, days, due_at) select 'usr_' || i, i % 4, 20, 600, 6000, 60, ${at} from n`,
      `${fewer(10)} insert into trust_days (user_id, day, topics, posts) select 'usr_' || i, 19000 + i % 100, 1, 5 from n`,
      `${fewer(10)} insert into newcomers (user_id, signs, status, opened_at, decided_at) select 'usr_' || i, '[]', case when i % 2 = 0 then 'open' else 'approved' end, ${at}, case when i % 2 = 0 then null else ${at} end from n`,
      `${fewer(10)} insert into suspended_tickets (id, number, email, user_id, locale, subject, body, priority, answers, causes, created_at) select 'tkt_s' || i, 1000000 + i, 'p' || i || '@example.net', case when i % 2 = 0 then 'usr_' || i end, 'en', 'Waits', 'Words.', 'normal', '{"fld_1":["cloud"]}', '[]', ${at} from n`,
      `${counted} insert into ticket_senders (domain, address, at) select 'c' || (i % 10) || '.example', 'a' || i || '@c' || (i % 10) || '.example', ${at} from n`,
      `insert or ignore into trusted_senders (id, pattern, created_at) values ('tru_1', 'trusted.example', ${BORN})`,
      `${fewer(10)} insert into attachments (id, owner_id, name, type, size, sha256, suspended_id, created_at, attached_at) select printf('att_6%031x', i * 10), 'usr_' || i, 'a.txt', 'text/plain', 1, '', 'tkt_s' || i, ${at}, ${at} from n`,
      `${fewer(10)} insert into sanctions (id, user_id, kind, code, until, took, created_at) select 'san_' || i, 'usr_' || i, 'silence', 'spam', ${FAR}, json_object('posts', json_array('pst_' || (i * 10))), ${at} from n`,
      `${fewer(10)} insert into statements_of_reasons (id, user_id, action, sanction_id, kinds, is_automatic, link, mail, created_at, appeal_until) select 'sor_' || i, 'usr_' || i, 'silenced', 'san_' || i, '["spam"]', 0, 'link ' || i, case when i % 50 = 0 then 'due' else 'done' end, ${at}, ${FAR} from n`,
      `${fewer(10)} insert into statements_of_reasons (id, user_id, action, post_id, kinds, is_automatic, created_at, appeal_until) select 'sor_p' || i, 'usr_' || i, 'hidden', 'pst_' || (i * 10), '["spam"]', 1, ${at}, ${FAR} from n`,
      `${fewer(10)} insert into appeals (id, statement_id, user_id, words, status, created_at, decided_at) select 'apl_' || i, case when i % 2 = 0 then 'sor_p' else 'sor_' end || i, 'usr_' || i, 'Words.', case when i % 3 = 0 then 'open' else 'upheld' end, ${at}, case when i % 3 = 0 then null else ${at} end from n where i <> 50`,
      `${fewer(10)} insert into blocks (kind, value, sanction_id, user_id, created_at) select 'email', 'x' || i || '@example.net', 'san_' || i, 'usr_' || i, ${at} from n`,
      `${counted} insert into moderation_log (id, action, rule, is_automatic, category_id, created_at) select 'mlg_' || i, 'hidden', 'spam', 1, 'cat_help', ${at} from n`,
      `${counted} insert into topic_timers (topic_id, kind, due_at, by_id) select 'top_' || i, 'close', ${FAR} + i, 'usr_agnes' from n`,
      `${fewer(10)} insert into ignored (user_id, person_id, level, created_at) select 'usr_' || i, 'usr_' || (i - 1), 'ignored', ${at} from n where i > ${Math.ceil(from / 10)}`,
      `${counted} insert into author_notes (id, post_id, author_id, words, created_at) select 'nte_' || i, 'pst_' || i, ${person}, 'Words.', ${at} from n`,
      `${counted} insert into assignments (topic_id, user_id, group_id, post_id, status, remind_at, assigned_at) select 'top_' || i, case when i % 2 = 0 then 'usr_agnes' end, case when i % 2 = 1 then 'grp_1' end, 'pst_' || i, case when i % 50 = 0 and i < 2000 then 'open' else 'done' end, ${FAR} + i, ${at} from n`,
      `insert or ignore into follow_defaults (target, group_id, level, created_at) values ('cat_help', 'grp_1', 'watching', ${BORN}), ('tag:common', '', 'tracking', ${BORN})`,
      `${fewer(10)} insert into ideas (id, number, author_id, title, body, created_at) select 'ide_' || i, i + 1, 'usr_' || i, 'An idea', 'Words.', ${at} from n`,
      `${counted} insert into once (key, result, created_at) select 'key ' || i, '{}', ${at} from n`,
      `${counted} insert into attempts ("key", at) select 'hash ' || i, ${at} from n`,
      `${fewer(10)} insert into articles (id, category, slug, locale, title, body, helpful, updated_at) select 'art_' || i, 'cat-' || (i / 50), 'article-' || i, 'en', 'Article ' || i, 'Words.', i % 100, ${at} from n`,
      `${fewer(10)} insert into article_votes (article_id, voter, helpful, created_at) select 'art_' || i, 'browser_' || i, 1, ${at} from n`,
    ],
    [
      `${counted} insert into mails (id, to_address, locale, purpose, subject, text, html, state, send_after, created_at) select 'mal_' || i, 'p' || (i / 10) || '@example.net', 'en', 'code', 'Subject', 'Words.', '', case when i % 100 = 0 then 'queued' else 'sent' end, ${at}, ${at} from n`,
      `${counted} insert into one_time_secrets (hash, purpose, address, user_id, created_at, expires_at) select 'hash ' || i, 'code', 'p' || (i / 10) || '@example.net', ${person}, ${at}, ${at} from n`,
      `${fewer(10)} insert into known_devices (user_id, device, seen_at) select 'usr_' || i, 'Firefox on Linux', ${at} from n`,
    ],
    [
      `${counted} insert into search_documents (type, ref_id, title, url, text, updated_at) select 'topic', 'top_' || i, 'Topic ' || i, '/forum/topics/' || (i + 1000), 'booking word' || i, ${at} from n`,
      `${counted} insert into meanings (document_id, model, size, signs, vector) select d.id, 'bags', 384, vector1bit(${vector}), vector8(${vector}) from n join search_documents d on d.type = 'topic' and d.ref_id = 'top_' || i`,
      `${counted} insert into search_index (rowid, body) select d.id, case when i % 50 = 0 then 'topic book refund' else 'topic book' end from n join search_documents d on d.type = 'topic' and d.ref_id = 'top_' || i`,
    ],
    [
      `update accounts set health = json_object('score', rowid % 97, 'colour', case when rowid % 97 <= 50 then 'risk' else 'good' end, 'coverage', 90, 'way', null, 'byHand', json('false')) where health is null`,
      `${counted} insert into account_health_days (account_id, day, score, coverage, colour, parts) select 'acc_' || (i / 125), 20332 + i % 125, i % 97, 0.9, 'watch', case when i % 125 > 90 then '{"touch":[90,1]}' end from n`,
      `update account_health set override_kind = 'cap', override_points = 40, override_reason = 'Words.', override_by = 'usr_cleo', override_at = ${BORN}, override_until = ${FAR} where account_id = 'acc_10'`,
      `${fewer(50)} insert into account_domains (domain, account_id) select 'company' || i || '.example', 'acc_' || i from n`,
      `${fewer(50)} insert into account_contacts (user_id, account_id, created_at) select 'usr_' || (i * 5), 'acc_' || (i + 1), ${at} from n where i * 50 + 50 < ${to}`,
      `${fewer(50)} insert into join_requests (user_id, account_id, created_at) select 'usr_' || (i * 5 + 1), 'acc_' || i, ${at} from n`,
      `${fewer(10)} insert into invitations (id, email, role, account_id, locale, invited_by, created_at, expires_at) select 'inv_' || i, 'guest' || i || '@example.net', 'customer', 'acc_' || (i / 5), 'en', 'usr_ada', ${at}, ${FAR} from n`,
      `${fewer(10)} insert into mails (id, to_address, locale, purpose, subject, text, html, state, send_after, created_at) select 'mal_g' || i, 'guest' || i || '@example.net', 'en', 'invitation', 's', 't', 'h', 'sent', ${at}, ${at} from n`,
      `${fewer(10)} insert into one_time_secrets (hash, purpose, address, data, created_at, expires_at) select 'hash g' || i, 'invite', 'guest' || i || '@example.net', json_object('invitation', 'inv_' || i), ${at}, ${FAR} from n`,
    ],
  ];
  for (const batch of batches) await client.batch(batch, 'write');
  client.close();
}

/** Sessions and recovery codes whose secrets are known: person 52 is signed in by `whole` and has the code `first code`, 53 waits by `half` and has `second code`, 54 is signed in by `own`, 55 by `other`; and somebody outside who takes part in a side conversation. */
export async function fillProofs(url: string): Promise<void> {
  const client = createClient({ url });
  const session = (secret: string, person: number, halfway: number) => ({ sql: 'insert into sessions (id, user_id, expires_at, created_at, halfway) values (?, ?, ?, ?, ?)', args: [hashOf(secret), `usr_${person}`, 8e15, BORN, halfway] });
  const code = (text: string, person: number) => ({ sql: 'insert into recovery_codes (hash, user_id, created_at) values (?, ?, ?)', args: [hashOfRecovery(text), `usr_${person}`, BORN] });
  const member = { sql: "insert into side_members (id, side_id, email, name, key_hash, created_at) values ('sme_500', 'sid_500', 'vera@vendor.test', 'Vera', ?, ?)", args: [hashOf(keyOfMember(SECRET, 'sme_500')), BORN] };
  await client.batch([member, session('whole', 52, 0), session('half', 53, 1), session('own', 54, 0), session('other', 55, 0), code('first code', 52), code('second code', 53)], 'write');
  client.close();
}

/** A topic of so many posts, number 999. */
export async function fillTopic(url: string, length: number): Promise<void> {
  const client = createClient({ url });
  await client.batch(
    [
      `insert into topics (id, number, slug, title, category_id, author_id, posts_count, last_post_at, created_at) values ('top_long', 999, 'long', 'A long one', 'cat_help', 'usr_alice', ${length}, ${BORN}, ${BORN})`,
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${length}) insert into posts (id, topic_id, number, author_id, body, created_at) select 'pst_long_' || i, 'top_long', i, 'usr_alice', 'Words.', ${BORN} from n`,
    ],
    'write',
  );
  client.close();
}

/** What only some operations need: two custom roles, somebody who may join an account, who asked to, who belongs to two, and links of invitations. */
export async function fillAccess(url: string, hashOf: (key: string) => string): Promise<void> {
  const client = createClient({ url });
  await client.batch(
    [
      `insert into bulk_runs (id, actor_id, action, back, state, total, created_at) values ('blk_agnes', 'usr_agnes', '{"priority":"low","groupId":"grp_1","says":{"macro":"mac_50","name":"M","texts":{"en":"Words."},"visibility":"public","files":["att_500000000000000000000000000001f4"],"becomes":null},"addTags":["x"],"removeTags":[]}', '/agent', 'running', 3, ${BORN}), ('blk_done', 'usr_agnes', '{}', '/agent', 'done', 0, ${Date.UTC(2026, 0, 5, 8)})`,
      `insert into bulk_items (run_id, place, ticket_id) values ('blk_agnes', 1, 'tkt_600'), ('blk_agnes', 2, 'tkt_601'), ('blk_agnes', 3, 'tkt_602')`,
      `insert into roles (id, name, base, permissions, created_at) values ('rol_1', 'Biller', 'light_agent', '["tickets.see"]', ${BORN}), ('rol_2', 'Nobody', 'customer', '[]', ${BORN})`,
      `update users set verified_at = created_at, account_id = null, email = 'sixty@company10.example' where id = 'usr_60'`,
      `update users set verified_at = created_at where id = 'usr_ada' or id = 'usr_104'`,
      `insert into join_requests (user_id, account_id, created_at) values ('usr_62', 'acc_10', ${BORN})`,
      `insert or ignore into account_contacts (user_id, account_id, created_at) values ('usr_54', 'acc_11', ${BORN})`,
      `update users set email = 'guest4@example.net' where id = 'usr_104'`,
      ...[3, 4].map((i) => ({ sql: `update one_time_secrets set hash = ? where data ->> 'invitation' = ?`, args: [hashOf(`key ${i}`), `inv_${i}`] })),
    ],
    'write',
  );
  client.close();
}

/** Secrets that open: hash, purpose, and the number of the person whose they are. */
export async function fillSecrets(url: string, secrets: [hash: string, purpose: string, person: number][]): Promise<void> {
  const client = createClient({ url });
  const data = JSON.stringify({ pair: 'one_of_these', browser: '', name: 'Somebody', passwordHash: 'scrypt$', locale: 'en' });
  const sql = 'insert into one_time_secrets (hash, purpose, address, user_id, data, created_at, expires_at) values (?, ?, ?, ?, ?, ?, 9000000000000)';
  await client.batch(secrets.map(([hash, purpose, person]) => ({ sql, args: [hash, purpose, `p${person}@example.net`, `usr_${person}`, data, BORN] })), 'write');
  client.close();
}
