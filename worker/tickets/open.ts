import { sql } from 'drizzle-orm';
import { attaching } from '../attachments/schema.ts';
import { takenBack } from '../deflections/schema.ts';
import { knownAs } from '../deflections/access.ts';
import { judged } from '../forms/access.ts';
import { attempted, keyOf } from '../platform/limits.ts';
import { type Change, operation, type Setting, type Writing } from '../platform/operation.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { anyone } from '../platform/rules.ts';
import { HOUR } from '../platform/time.ts';
import { can } from '../platform/viewer.ts';
import { doubtIn, hits, isListed, listedIn, isTooQuick, proven } from '../screening/access.ts';
import { isStrange, judged as spamIn, senderCounted, stillFew } from '../suspended/access.ts';
import { suspendedTickets } from '../suspended/schema.ts';
import { NewTicket } from './input.ts';
import { type Known, opened, staged } from './opening.ts';
import { ticketToOpen } from './queries.ts';
import { nextNumber } from './schema.ts';

/** Tickets of guests within an hour. */
const MOST = { byAddress: 5, byNetwork: 20 };

const keysOf = (email: string | undefined, network: string) => [keyOf('guest', email ?? ''), keyOf('guests from', network)];

type Facts = Pick<ReturnType<ReturnType<typeof ticketToOpen>['read']>, 'rules' | 'words' | 'screens' | 'sender'>;

/** From how many within an hour of one network on haste is a sign: one ticket sent by a script is nobody’s harm. */
const SEVERAL = 5;

/** How much speaks for a guest being a program: that they filled in what nobody sees, for one, which leaves the form without its key. */
function doubtOf({ now, formAge, pass }: Setting, { lately, ...said }: { email: string; network: string; text: string; lately: number }, { words, screens }: Facts): number {
  const isFast = pass !== undefined && isTooQuick(formAge) && (pass.form === '' || lately >= SEVERAL);
  return doubtIn({ isFast, lately, isListed: isListed({ ...said, now, screens, words }) });
}

/** Whoever is a stranger here, with what their ticket is judged by. */
const strangeIn = ({ sender, ...facts }: Facts, now: Date) => (sender && isStrange(sender, now) ? { ...sender, ...facts } : null);

/**
 * Opens a ticket. Who is not signed in leaves an address: the ticket belongs to the person who has it, or to a new one who cannot sign in yet.
 * Nothing of that person is told; only the link made from `number` opens the ticket. So that nobody floods the desk: five an hour for an address of
 * mail, twenty from a network; then `too_many`. Of them who may be a program shows first that they are none. What strangers send in a burst, or with
 * something listed in it, waits for somebody to look at it.
 */
export const openTicket = operation({
  name: 'tickets.open',
  input: NewTicket,
  subject: ({ email, network, form, fields }) => ticketToOpen(email, keysOf(email, network), new Date(Date.now() - HOUR), form, fields),
  may: anyone,
  tries: 2,
  decide(setting, { subject, body, email, priority = 'normal', attachments, locale, network, form: wanted, fields }, { person, byAddress, byNetwork, form, ...facts }) {
    const { db, now, newId, viewer } = setting;
    const isGuest = viewer.id === null;
    if (isGuest && (byAddress >= MOST.byAddress || (network !== 'unknown' && byNetwork >= MOST.byNetwork))) throw new Refusal('too_many', 'Many tickets came from here within the last hour. Wait a while, or sign in.', {}, HOUR / 1000);
    if (isGuest && !email) throw invalid({ email: 'Enter your e-mail address.' });
    if (wanted && form === null) throw invalid({ form: 'Choose a form from the list.' });
    const { answers, issues } = judged(form?.questions ?? [], fields, { before: {}, isStaff: can(viewer, 'tickets.change'), isOpening: true });
    if (Object.keys(issues).length > 0) throw invalid(issues);
    const text = `${subject} ${body}`;
    const proof = isGuest ? proven(setting, { who: network, reads: email!, rules: facts.rules, doubt: doubtOf(setting, { email: email!, network, text, lately: network === 'unknown' ? 0 : byNetwork }, facts) }) : [];
    const sent = { id: newId('tkt'), subject, body, priority, formId: form?.id ?? null, answers };
    const strange = strangeIn(facts, now);
    const before = [...proof, ...(isGuest ? attempted(db, keysOf(email, network), now) : []), ...(strange ? [senderCounted(setting, strange)] : [])];
    const causes = strange ? spamIn({ sender: strange.address, at: now, network, text }, strange) : [];
    if (strange && causes.length > 0) return suspended(setting, { ...sent, email: strange.address, userId: viewer.id, locale, causes, attachments }, [...before, ...hits(setting, listedIn({ ...strange, email: strange.address, network, text, now }))]);
    const who: Known = isGuest ? (person ? { ...person, statements: [] } : staged(setting, email!, locale)) : { id: viewer.id!, accountId: viewer.accountId, role: viewer.role, statements: [] };
    const message = newId('msg');
    return {
      ...(strange ? stillFew(setting, strange.address, strange) : {}),
      statements: [
        ...before,
        ...opened(setting, who, { ...sent, number: nextNumber, message, at: now }),
        ...takenBack([knownAs(viewer, email), person?.id].filter((one) => one !== undefined), now),
        ...attaching(setting, attachments, { message }),
      ],
      events: [{ type: 'ticket.opened', subject: sent.id, data: { subject, priority, message, ...(isGuest ? { guest: true } : {}) } }],
      result: { id: sent.id, number: sql<number>`(select number from tickets where id = ${sent.id})` },
    };
  },
});

/** Keeps a ticket apart, with the number that it will have, until somebody looks at it. Who sent it is answered as always. */
function suspended(setting: Setting, { attachments, ...sent }: Omit<typeof suspendedTickets.$inferInsert, 'number' | 'createdAt'> & { attachments: string[] }, before: Writing[]): Change<{ id: string; number: number }> {
  const { db, now } = setting;
  const number = sql<number>`(select number from suspended_tickets where id = ${sent.id})`;
  return {
    statements: [...before, db.insert(suspendedTickets).values({ ...sent, number: nextNumber, createdAt: now }), ...attaching(setting, attachments, { suspended: sent.id })],
    events: [{ type: 'ticket.suspended', subject: sent.id, data: { rules: [...new Set(sent.causes.map(({ rule }) => rule))], ...(sent.userId ? {} : { guest: true }) } }],
    result: { id: sent.id, number },
  };
}
