import { operation, type Writing } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { raw } from '../platform/statement.ts';
import { NewSynonym } from './input.ts';
import { synonymToAdd } from './queries.ts';
import { tagSynonyms } from './schema.ts';

/** Synonyms of a workspace, at most. */
const MOST = 1_000;

/** The statements that give everything that has a tag the one that it means now. Triggers put the right tags on what is only touched. */
const retagged = (synonym: string, tag: string): Writing[] => [
  ...(['topic', 'ticket'] as const).flatMap((kind) => [
    raw(`insert into tag_retags (synonym, kind, ref_id, had_both) select ?1, '${kind}', t.${kind}_id, exists (select 1 from ${kind}_tags o where o.tag = ?2 and o.${kind}_id = t.${kind}_id) from ${kind}_tags t where t.tag = ?1`, [synonym, tag]),
    raw(`update ${kind}s set tags = json_insert(tags, '$[#]', ?1) where id in (select ref_id from tag_retags where synonym = ?1 and kind = '${kind}')`, [synonym]),
  ]),
  raw(`update tag_groups set tags = (select json_group_array(tag) from (select iif(value = ?1, ?2, value) tag from json_each(tag_groups.tags) group by 1 order by min(key))) where exists (select 1 from json_each(tags) where value = ?1)`, [synonym, tag]),
  raw(`insert into follows (user_id, target, level, by_hand, created_at) select user_id, 'tag:' || ?2, level, by_hand, created_at from follows where target = 'tag:' || ?1 on conflict do nothing`, [synonym, tag]),
  raw(`delete from follows where target = 'tag:' || ?1`, [synonym]),
  raw(`insert into follow_defaults select 'tag:' || ?2, group_id, level, created_at from follow_defaults where target = 'tag:' || ?1 on conflict do nothing`, [synonym, tag]),
  raw(`delete from follow_defaults where target = 'tag:' || ?1`, [synonym]),
];

/** Makes a word a synonym of a tag: whoever writes it from now on writes the tag, and topics, tickets, groups and those who follow it change in the same commit; the clock lets search find them by either word. */
export const addSynonym = operation({
  name: 'tags.add-synonym',
  input: NewSynonym,
  subject: ({ synonym, tag }) => synonymToAdd(synonym, tag),
  may: permitted('settings.manage'),
  decide({ db, now }, { synonym, tag }, { isSynonym, isMain, meansOther, count }) {
    if (synonym === tag) throw invalid({ tag: 'A tag is no synonym of itself.' });
    if (isSynonym) throw invalid({ synonym: 'This is a synonym already. Remove it first.' });
    if (isMain) throw invalid({ synonym: 'This tag has synonyms of its own. Remove them first.' });
    if (meansOther) throw invalid({ tag: 'This is a synonym itself. Write the tag that it means.' });
    if (count >= MOST) throw new Refusal('conflict', 'The list is full. Remove what no longer finds anything.');
    return {
      statements: [db.insert(tagSynonyms).values({ synonym, tag, createdAt: now }), ...retagged(synonym, tag)],
      events: [{ type: 'tag.synonym_added', subject: `tag:${tag}`, data: { synonym, tag } }],
      result: { synonym, tag },
    };
  },
});
