import { eq } from 'drizzle-orm';
import { posted } from '../mail/schema.ts';
import { isOwn, OWN } from '../people/input.ts';
import { hashPassword } from '../people/password.ts';
import { sessions, users } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { anyone } from '../platform/rules.ts';
import { changedLetter } from './emails.ts';
import { entered, spentLink } from './entering.ts';
import { Resetting } from './input.ts';
import { opening } from './queries.ts';
import { allUsedUp, hashOfLink } from './secrets.ts';

/** Gives a person a new password by the link that their address got, ends all their sessions and opens one here. The link proves a staged address, too. */
export const resetPassword = operation({
  name: 'people.reset-password',
  input: Resetting,
  subject: ({ key }) => opening(hashOfLink('reset', key)),
  may: anyone,
  async decide(setting, { password, ...arrival }, { secret, person, decision }) {
    if (!secret || !person || secret.userId !== person.id) throw spentLink();
    if (isOwn(password, person)) throw invalid({ password: OWN });
    const { db, now } = setting;
    const passwordHash = await hashPassword(password);
    const entry = await entered(setting, { ...arrival, person, decision, mark: secret.hash });
    return {
      ...entry,
      statements: [
        allUsedUp(db, 'reset', secret.address),
        db.update(users).set({ passwordHash, verifiedAt: person.verifiedAt ?? now }).where(eq(users.id, person.id)),
        db.delete(sessions).where(eq(sessions.userId, person.id)),
        posted(db, setting, changedLetter({ to: person.email, locale: person.locale, url: arrival.url })),
        ...entry.statements,
      ],
      events: [...entry.events, { type: 'person.reset_password', subject: person.id, data: {} }],
    };
  },
});
