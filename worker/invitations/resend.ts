import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { LIFE } from '../signin/secrets.ts';
import { inviters } from './access.ts';
import { SentAgain } from './input.ts';
import { asksForProof, mayGive } from './may-give.ts';
import { invitationToResend } from './queries.ts';
import { invitations } from './schema.ts';
import { sent, shut } from './sending.ts';

/** Mails of invitations that an address may get within a day, resent ones included. */
const MOST = 4;

/** Sends an open or expired invitation again, with a new link for another seven days; the link before it opens nothing any more. */
export const resendInvitation = operation({
  name: 'invitations.resend',
  input: SentAgain,
  subject: ({ id }) => invitationToResend(id),
  may: inviters,
  decide(setting, { url }, found) {
    const { db, viewer, now } = setting;
    const { id } = found;
    if (found.acceptedAt || found.revokedAt) throw new Refusal('conflict', 'This invitation is settled. Send a new one.');
    if (!mayGive(viewer, found)) throw new Refusal('forbidden', 'You cannot give what you do not hold.');
    if (asksForProof(viewer, found, now)) throw new Refusal('stale', 'Prove that it is you, then do it again.');
    if (found.byAddress >= MOST) throw new Refusal('too_many', 'This address got several mails within the last day. Wait until tomorrow.', {}, 3_600);
    return {
      statements: [shut(setting, found), db.update(invitations).set({ expiresAt: new Date(now.getTime() + LIFE.invite), invitedBy: viewer.id }).where(eq(invitations.id, id)), ...sent(setting, found, url)],
      events: [{ type: 'invitation.sent_again', subject: id, revision: found.revision + 1, data: { email: found.email } }],
      result: { id },
    };
  },
});
