import type { Reaction } from '../platform/reaction.ts';

const NAMES: Record<string, string> = { en: 'General', el: 'Γενικά' };

/** A workspace that is somebody's now has a place to write in. */
export const openFirstCategory: Reaction = ({ subject, data }) => [
  {
    sql: `insert into categories (id, slug, name) select ?, 'general', ? where not exists (select 1 from categories)`,
    args: [`cat_${subject}`, NAMES[String(data['locale'])] ?? NAMES['en']!],
  },
];
