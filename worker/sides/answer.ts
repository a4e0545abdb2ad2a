import { eq } from 'drizzle-orm';
import { counted, keyOf } from '../platform/limits.ts';
import { drawn } from '../platform/markdown.ts';
import { operation } from '../platform/operation.ts';
import { anyone } from '../platform/rules.ts';
import { HOUR } from '../platform/time.ts';
import { SideAnswer } from './input.ts';
import { sideByKey } from './queries.ts';
import { sideMessages, sides } from './schema.ts';

/** Answers of one person within an hour. */
const LIMIT = { most: 30, within: HOUR };

/** What somebody outside answers by their link. It stays in the side conversation, and never reaches the customer. */
export const answerSide = operation({
  name: 'sides.answer',
  input: SideAnswer,
  subject: ({ key }) => sideByKey(key),
  may: anyone,
  decide({ db, now, newId }, { body }, { id: sideId, ticketId, member }) {
    const id = newId('sms');
    return {
      statements: [
        counted(db, keyOf('side', member.id), LIMIT, now),
        db.insert(sideMessages).values({ id, sideId, authorId: member.id, createdAt: now, ...drawn(body) }),
        db.update(sides).set({ lastMessageAt: now }).where(eq(sides.id, sideId)),
      ],
      events: [{ type: 'side.written', subject: ticketId, data: { side: sideId, message: id, outside: true } }],
      result: { id },
    };
  },
});
