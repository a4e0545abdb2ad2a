import { drawn } from '../platform/markdown.ts';
import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { permitted } from '../platform/rules.ts';
import { hashOf } from '../platform/signature.ts';
import { NewSide } from './input.ts';
import { keyOfMember } from './link.ts';
import { ticketToAskAbout } from './queries.ts';
import { sideMembers, sideMessages, sides } from './schema.ts';
import { tellOutside } from './told.ts';

/** Begins a conversation beside a ticket, with colleagues, those of a group, or somebody outside, who gets a letter with a link to it. */
export const openSide = operation({
  name: 'sides.open',
  input: NewSide,
  subject: ({ number, colleagues, group }) => ticketToAskAbout(number, colleagues, group),
  may: permitted('tickets.answer'),
  decide(setting, { subject, body, colleagues, group, name, email, locale, url }, ticket) {
    const { db, viewer, now, newId, secret } = setting;
    if (ticket.colleagues.filter(({ isChosen }) => isChosen).length < new Set(colleagues).size) throw invalid({ colleagues: 'Choose someone from the list.' });
    if (group && ticket.groupFound === null) throw invalid({ group: 'Choose a group from the list.' });
    const others = ticket.colleagues.filter(({ id: one }) => one !== viewer.id);
    if (group && others.length === 0 && !email) throw invalid({ group: 'Nobody else is in this group.' });
    if (colleagues.length === 0 && !group && !email) throw invalid({ email: 'Choose a colleague or a group, or write an address.' });
    const [id, message] = [newId('sid'), newId('sms')];
    const member = (more: Partial<typeof sideMembers.$inferInsert>) => ({ id: newId('sme'), sideId: id, name: '', createdAt: now, ...more });
    const self = member({ userId: viewer.id, name: viewer.name });
    const outside = email ? [{ ...member({ email, locale, name: name ?? email.slice(0, email.indexOf('@')) }), email, locale }] : [];
    return {
      statements: [
        db.insert(sides).values({ id, ticketId: ticket.id, subject, lastMessageAt: now, createdAt: now }),
        db.insert(sideMembers).values([self, ...others.map((one) => member({ userId: one.id, name: one.name })), ...outside.map((one) => ({ ...one, keyHash: hashOf(keyOfMember(secret, one.id)) }))]),
        db.insert(sideMessages).values({ id: message, sideId: id, authorId: self.id, createdAt: now, ...drawn(body) }),
        ...tellOutside(setting, { id: message, sideId: id, subject, body, url }, outside),
      ],
      events: [{ type: 'side.opened', subject: ticket.id, data: { side: id, message } }],
      result: { id, number: ticket.number },
    };
  },
});
