import { sql } from 'drizzle-orm';
import { attaching } from '../attachments/schema.ts';
import { takenBack } from '../deflections/schema.ts';
import { knownAs } from '../deflections/access.ts';
import { judged } from '../forms/access.ts';
import { answered } from '../forms/schema.ts';
import { remembered } from '../insights/schema.ts';
import { attempted, keyOf } from '../platform/limits.ts';
import { operation, type Setting, type Writing } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { anyone } from '../platform/rules.ts';
import { languageOf } from '../platform/text.ts';
import { can } from '../platform/viewer.ts';
import { doubtIn, isListed, isTooQuick, proven } from '../screening/access.ts';
import { NewTicket } from './input.ts';
import { ticketToOpen } from './queries.ts';
import { added, placeOf, tickets } from './schema.ts';
import { staged } from './staged.ts';

const HOUR = 3_600_000;
/** Tickets of guests within an hour. */
const MOST = { byAddress: 5, byNetwork: 20 };

const keysOf = (email: string | undefined, network: string) => [keyOf('guest', email ?? ''), keyOf('guests from', network)];

type Facts = Pick<ReturnType<ReturnType<typeof ticketToOpen>['read']>, 'rules' | 'words' | 'screens'>;

/** From how many within an hour of one network on haste is a sign: one ticket sent by a script is nobody’s harm. */
const SEVERAL = 5;

/** How much speaks for a guest being a program: that they filled in what nobody sees, for one, which leaves the form without its key. */
function doubtOf({ now, formAge, pass }: Setting, { lately, ...said }: { email: string; network: string; text: string; lately: number }, { words, screens }: Facts): number {
  const isFast = pass !== undefined && isTooQuick(formAge) && (pass.form === '' || lately >= SEVERAL);
  return doubtIn({ isFast, lately, isListed: isListed({ ...said, now, screens, words }) });
}

/**
 * Opens a ticket. Who is not signed in leaves an address: the ticket belongs to the person who has it, or to a new one who cannot sign in yet.
 * Nothing of that person is told; only the link made from `number` opens the ticket. So that nobody floods the desk: five an hour for an address of
 * mail, twenty from a network; then `too_many`. Of them who may be a program shows first that they are none.
 */
export const openTicket = operation({
  name: 'tickets.open',
  input: NewTicket,
  subject: ({ email, network, form, fields }) => ticketToOpen(email, keysOf(email, network), new Date(Date.now() - HOUR), form, fields),
  may: anyone,
  decide(setting, { subject, body, email, priority = 'normal', attachments, locale, network, form: wanted, fields }, { person, byAddress, byNetwork, form, ...facts }) {
    const { db, now, newId, viewer } = setting;
    const isGuest = viewer.id === null;
    if (isGuest && (byAddress >= MOST.byAddress || (network !== 'unknown' && byNetwork >= MOST.byNetwork))) throw new Refusal('too_many', 'Many tickets came from here within the last hour. Wait a while, or sign in.', {}, HOUR / 1000);
    if (isGuest && !email) throw new Refusal('invalid', 'Check the fields marked below.', { email: 'Enter your e-mail address.' });
    if (wanted && form === null) throw new Refusal('invalid', 'Check the fields marked below.', { form: 'Choose a form from the list.' });
    const { answers, issues } = judged(form?.questions ?? [], fields, { before: {}, isStaff: can(viewer, 'tickets.change'), isOpening: true });
    if (Object.keys(issues).length > 0) throw new Refusal('invalid', 'Check the fields marked below.', issues);
    const proof = isGuest ? proven(setting, { who: network, reads: email!, rules: facts.rules, doubt: doubtOf(setting, { email: email!, network, text: `${subject} ${body}`, lately: network === 'unknown' ? 0 : byNetwork }, facts) }) : [];
    const who = isGuest ? (person ? { ...person, statements: [] } : staged(setting, email!, locale)) : { id: viewer.id!, accountId: viewer.accountId, role: viewer.role, statements: [] };
    const [id, message] = [newId('tkt'), newId('msg')];
    const number = sql<number>`(select number from tickets where id = ${id})`;
    const statements: Writing[] = [
      ...proof,
      ...who.statements,
      ...(isGuest ? attempted(db, keysOf(email, network), now) : []),
      db.insert(tickets).values({
        id, subject, priority, requesterId: who.id, accountId: who.accountId, messagesCount: 1, formId: form?.id ?? null,
        number: sql`(select coalesce(max(number), 0) + 1 from tickets)`,
        waitingSince: now, lastMessageAt: now, createdAt: now, updatedAt: now,
      }),
      added(db, { id: message, ticketId: id, authorId: who.id, body, createdAt: now }),
      ...takenBack([knownAs(viewer, email), person?.id].filter((one) => one !== undefined), now),
      ...answered(db, id, answers, true),
      ...attaching(setting, attachments, { message }),
    ];
    if (who.role === 'customer') {
      const saying = { id: newId('say'), source: 'ticket', sourceId: id, title: subject, text: body, locale: languageOf(body), saidAt: now } as const;
      statements.push(remembered(db, { ...saying, number, place: placeOf(message), personId: who.id, accountId: who.accountId }));
    }
    return {
      statements,
      events: [{ type: 'ticket.opened', subject: id, data: { subject, priority, message, ...(isGuest ? { guest: true } : {}) } }],
      result: { id, number },
    };
  },
});
