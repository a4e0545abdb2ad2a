import { operation } from '../platform/operation.ts';
import type { Permission, Role } from '../platform/permissions.ts';
import { invalid, Refusal } from '../platform/refusal.ts';
import { can, roles } from '../platform/viewer.ts';
import { inviters } from './access.ts';
import { NewInvitation } from './input.ts';
import { asksForProof, mayGive } from './may-give.ts';
import { invitationWanted } from './queries.ts';
import { invitation } from './sending.ts';

/** Invitations that an account admin may send within a day. */
const MOST = 50;

/** Invites somebody by mail, with a role and an account, none of which is more than the inviter may give. An address gets one such mail a day. */
export const invite = operation({
  name: 'invitations.send',
  input: NewInvitation,
  subject: ({ email, account, role }) => invitationWanted(email, account ?? '', role),
  may: inviters,
  decide(setting, { email, name = '', role, account, accountRole, locale, url }, found) {
    const { viewer, now } = setting;
    if (account && !found.accountId) throw invalid({ account: 'Choose an account.' });
    const gift = { ...roleOf(role, found), accountId: found.accountId };
    if (!mayGive(viewer, gift)) throw invalid({ role: 'You cannot give what you do not hold.' });
    if (asksForProof(viewer, gift, now)) throw new Refusal('stale', 'Prove that it is you, then do it again.');
    if (found.accountId && found.belongsTo === found.accountId && found.verifiedAt) throw invalid({ email: 'They belong to this account already.' });
    if (!found.accountId && found.verifiedAt && can(viewer, 'people.manage')) throw invalid({ email: 'They are here already. Change them on their page.' });
    if (found.byAddress > 0) throw invalid({ email: 'This address was invited within the last day. Send that invitation again instead.' });
    if (!can(viewer, 'people.manage') && found.byInviter >= MOST) throw new Refusal('too_many', 'You invited many within the last day. Go on tomorrow.', {}, 3_600);
    const { id, statements, event } = invitation(setting, { ...gift, email, name, accountName: found.accountName, accountRole: found.accountId ? accountRole : 'member', locale }, url);
    return { statements, events: [event], result: { id } };
  },
});

function roleOf(role: string, { base, permissions }: { base: Exclude<Role, 'visitor'> | null; permissions: Permission[] | null }) {
  const builtIn = roles.find((one) => one === role);
  if (builtIn) return { role: builtIn, roleId: null, permissions: null };
  if (!base || !permissions) throw invalid({ role: 'Choose a role from the list.' });
  return { role: base, roleId: role, permissions };
}
