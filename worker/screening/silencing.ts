import { sql } from 'drizzle-orm';
import { loggedIf, statedIf } from '../moderation/stating.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import { changing } from '../platform/statement.ts';
import { HOUR } from '../platform/time.ts';
import { sanctions } from '../sanctions/schema.ts';

/** The statements that silence who writes a listed word, for so many hours from now, and tell them why; `note` is the word, for moderators. Who is silenced stays so. */
export function silencedByWord(setting: Setting, id: string, hours: number, note: string): Writing[] {
  const { db, viewer, now } = setting;
  const [who, until] = [viewer.id!, now.getTime() + hours * HOUR];
  const holds = sql`exists (select 1 from sanctions where id = ${id})`;
  return [
    db.insert(sanctions).select(sql`select ${id}, id, 'silence', 'word', '', ${note}, null, ${until}, null, ${now.getTime()}, null, null, '' from users where id = ${who} and coalesce(silenced_until, 0) <= ${now.getTime()}`),
    changing(sql`update users set silenced_until = ${until} where id = ${who} and ${holds}`),
    statedIf(setting, { userId: who, action: 'silenced', sanctionId: id, mail: 'due' }, { kinds: sql`'["word"]'`, holds }),
    loggedIf(setting, { action: 'silenced' }, { rule: sql`'word'`, holds }),
  ];
}
