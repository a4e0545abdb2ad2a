import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { inviters } from './access.ts';
import { OneInvitation } from './input.ts';
import { invitationToResend } from './queries.ts';
import { invitations } from './schema.ts';
import { shut } from './sending.ts';

/** Takes an invitation back: its link opens nothing from the next request on. */
export const revokeInvitation = operation({
  name: 'invitations.revoke',
  input: OneInvitation,
  subject: ({ id }) => invitationToResend(id),
  may: inviters,
  decide(setting, _input, found) {
    if (found.acceptedAt || found.revokedAt) throw new Refusal('conflict', 'This invitation is settled already.');
    const { db, now } = setting;
    return {
      statements: [shut(setting, found), db.update(invitations).set({ revokedAt: now }).where(eq(invitations.id, found.id))],
      events: [{ type: 'invitation.revoked', subject: found.id, revision: found.revision + 1, data: { email: found.email } }],
      result: { id: found.id },
    };
  },
});
