import { sql } from 'drizzle-orm';
import { remembered } from '../insights/schema.ts';
import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { languageOf } from '../platform/text.ts';
import { NewIdea } from './input.ts';
import { ideas } from './schema.ts';

/** Writes an idea down. */
export const openIdea = operation({
  name: 'ideas.open',
  input: NewIdea,
  may: signedIn,
  decide({ db, viewer, now, newId }, { title, body }) {
    const id = newId('ide');
    const authorId = viewer.id!;
    const saying = { id: newId('fbk'), source: 'idea', sourceId: id, title, personId: authorId, accountId: viewer.accountId, text: body, locale: languageOf(`${title} ${body}`), saidAt: now } as const;
    return {
      statements: [
        db.insert(ideas).values({ id, authorId, title, body, createdAt: now, number: sql<number>`(select coalesce(max(number), 0) + 1 from ideas)` }),
        ...(viewer.role === 'customer' ? [remembered(db, saying)] : []),
      ],
      events: [{ type: 'idea.opened', subject: id, data: { title } }],
      result: { id, number: sql<number>`(select number from ideas where id = ${id})` },
    };
  },
});
