import { eq } from 'drizzle-orm';
import { users } from '../people/schema.ts';
import { operation } from '../platform/operation.ts';
import { notFound } from '../platform/refusal.ts';
import { anyone } from '../platform/rules.ts';
import { accepted, standing } from './accepting.ts';
import { Joining } from './input.ts';
import { invitationBehind } from './queries.ts';

/** Somebody who is here already accepts an invitation by its link, which proves their address like a code by mail; a second factor is still asked for. */
export const joinByInvitation = operation({
  name: 'invitations.join',
  input: Joining,
  subject: ({ key }) => invitationBehind(key),
  may: anyone,
  async decide(setting, entry, behind) {
    const found = standing(behind);
    if (!found.person?.verifiedAt) throw notFound();
    const { id, verifiedAt } = found.person;
    return accepted(setting, entry, found, id, ['code'], (set) => setting.db.update(users).set({ verifiedAt, ...set }).where(eq(users.id, id)));
  },
});
