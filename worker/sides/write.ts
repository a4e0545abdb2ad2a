import { eq } from 'drizzle-orm';
import { drawn } from '../platform/markdown.ts';
import { operation } from '../platform/operation.ts';
import { permitted } from '../platform/rules.ts';
import { SideWords } from './input.ts';
import { sideToWrite } from './queries.ts';
import { sideMembers, sideMessages, sides } from './schema.ts';
import { tellOutside } from './told.ts';

/** Says something in a side conversation. Whoever does takes part in it from then on; those outside get a letter. */
export const writeInSide = operation({
  name: 'sides.write',
  input: SideWords,
  subject: ({ side }) => sideToWrite(side),
  may: permitted('tickets.note'),
  decide(setting, { body, url }, side) {
    const { db, viewer, now, newId } = setting;
    const id = newId('sms');
    const authorId = side.self ?? newId('sme');
    return {
      statements: [
        ...(side.self ? [] : [db.insert(sideMembers).values({ id: authorId, sideId: side.id, userId: viewer.id, name: viewer.name, createdAt: now })]),
        db.insert(sideMessages).values({ id, sideId: side.id, authorId, createdAt: now, ...drawn(body) }),
        db.update(sides).set({ lastMessageAt: now }).where(eq(sides.id, side.id)),
        ...tellOutside(setting, { id, sideId: side.id, subject: side.subject, body, url }, side.outside),
      ],
      events: [{ type: 'side.written', subject: side.ticketId, data: { side: side.id, message: id } }],
      result: { id },
    };
  },
});
