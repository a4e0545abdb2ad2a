import { type SQL, sql } from 'drizzle-orm';
import { type Answers, answered } from '../forms/schema.ts';
import { remembered } from '../insights/schema.ts';
import { isSuspended } from '../people/schema.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import { languageOf } from '../platform/text.ts';
import { isStaff, type Locale, type Role } from '../platform/viewer.ts';
import { added, placeOf, tickets } from './schema.ts';
import { type Known, staged } from './staged.ts';

export { type Known, staged } from './staged.ts';

/** What a ticket is opened with. `at` is when it was written. */
export interface Opening {
  id: string;
  number: number | SQL<number>;
  subject: string;
  body: string;
  priority: (typeof tickets.$inferSelect)['priority'];
  formId: string | null;
  answers: Answers;
  /** Id of its first message. */
  message: string;
  at: Date;
}

/** The statements that open a ticket of somebody, with what they wrote, and remember what a customer said. */
export function opened({ db, newId, now }: Pick<Setting, 'db' | 'newId' | 'now'>, who: Known, { id, number, subject, body, priority, formId, answers, message, at }: Opening): Writing[] {
  const saying = { id: newId('say'), source: 'ticket', sourceId: id, title: subject, text: body, locale: languageOf(body), saidAt: at } as const;
  return [
    ...who.statements,
    db.insert(tickets).values({ id, subject, priority, requesterId: who.id, accountId: who.accountId, messagesCount: 1, formId, number, waitingSince: at, lastMessageAt: at, createdAt: at, updatedAt: now }),
    added(db, { id: message, ticketId: id, authorId: who.id, body, createdAt: at }),
    ...answered(db, id, answers, true),
    ...(who.role === 'customer' ? [remembered(db, { ...saying, number: sql<number>`(select number from tickets where id = ${id})`, place: placeOf(message), personId: who.id, accountId: who.accountId })] : []),
  ];
}

/** Who has an address that staff name as that of a requester, as `holders` finds them: all null where nobody has it. */
export interface Holder {
  personId: string | null;
  role: Role | null;
  accountId: string | null;
  suspendedAt: Date | null;
  suspendedUntil: Date | null;
  anonymisedAt: Date | null;
}

/** Who asks: whoever has the address, or somebody new, by name and language as far as these are said. */
export const requesterIn = (setting: Setting, { requester, locale, name }: { requester: string; locale?: Locale | undefined; name?: string | undefined }, { personId, accountId, role }: Holder): Known =>
  personId === null ? staged(setting, requester, locale ?? setting.viewer.locale, name) : { id: personId, accountId, role: role ?? 'customer', statements: [] };

/** Why no ticket can be theirs; undefined where one can. */
export function unfit({ role, suspendedAt, suspendedUntil, anonymisedAt }: Holder, now: Date): 'staff' | 'erased' | 'suspended' | undefined {
  if (role !== null && isStaff({ role })) return 'staff';
  if (anonymisedAt !== null) return 'erased';
  return isSuspended({ suspendedAt, suspendedUntil }, now.getTime()) ? 'suspended' : undefined;
}
