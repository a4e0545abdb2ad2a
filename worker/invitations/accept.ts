import { eq } from 'drizzle-orm';
import { hashPassword } from '../people/password.ts';
import { users } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { anyone } from '../platform/rules.ts';
import { slugOf } from '../platform/slug.ts';
import { accepted, standing } from './accepting.ts';
import { Acceptance } from './input.ts';
import { invitationBehind } from './queries.ts';

/** Somebody who holds the link of an invitation, and was not here or only staged, chooses a name and a password and is signed in. The link proves their address. */
export const acceptInvitation = operation({
  name: 'invitations.accept',
  input: Acceptance,
  subject: ({ key }) => invitationBehind(key),
  may: anyone,
  async decide(setting, { name, password, again: _, ...entry }, behind) {
    const { db, now, newId } = setting;
    const found = standing(behind);
    if (found.person?.verifiedAt) throw new Refusal('conflict', 'You are here already. Accept without choosing a password.');
    const id = found.person?.id ?? newId('usr');
    const facts = { name, passwordHash: await hashPassword(password), verifiedAt: now };
    return accepted(setting, entry, found, id, ['password'], (set) =>
      found.person
        ? db.update(users).set({ ...facts, ...set }).where(eq(users.id, id))
        : db.insert(users).values({ id, email: found.email, handle: `${slugOf(name)}-${id.slice(-6)}`, locale: found.locale, createdAt: now, ...facts, ...set }),
    );
  },
});
