import { eq } from 'drizzle-orm';
import { operation, type Writing } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { raw } from '../platform/statement.ts';
import { OneSynonym } from './input.ts';
import { synonymByWord } from './queries.ts';
import { tagRetags, tagSynonyms } from './schema.ts';

/** The statements that give what had a synonym its old tag back, as far as it still has the main one: beside it where it had both. */
const returned = (kind: 'topic' | 'ticket', synonym: string, tag: string): Writing =>
  raw(
    `update ${kind}s set tags = (select json_group_array(value) from (select iif(value = ?2 and not had_both, ?1, value) value, key from json_each(${kind}s.tags) union all select ?1, 99 where had_both order by 2)) from tag_retags r
      where r.synonym = ?1 and r.kind = '${kind}' and r.ref_id = ${kind}s.id and exists (select 1 from json_each(${kind}s.tags) where value = ?2)`,
    [synonym, tag],
  );

/** Makes a synonym a tag of its own again. What had it before has it again; what was written since keeps the main tag, and so do those who follow it. */
export const removeSynonym = operation({
  name: 'tags.remove-synonym',
  input: OneSynonym,
  subject: ({ synonym }) => synonymByWord(synonym),
  may: permitted('settings.manage'),
  decide({ db }, _, { synonym, tag }) {
    return {
      statements: [
        raw('insert or ignore into search_due (topic_id) select topic_id from topic_tags where tag = ?', [tag]),
        db.delete(tagSynonyms).where(eq(tagSynonyms.synonym, synonym)),
        returned('topic', synonym, tag),
        returned('ticket', synonym, tag),
        db.delete(tagRetags).where(eq(tagRetags.synonym, synonym)),
      ],
      events: [{ type: 'tag.synonym_removed', subject: `tag:${tag}`, data: { synonym, tag } }],
      result: { synonym, tag },
    };
  },
});
