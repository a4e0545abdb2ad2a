import { and, asc, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { revisionOf } from '../platform/outbox.ts';
import { decodeCursor, many, maybe, one, page, type Slice } from '../platform/query.ts';
import { DAY } from '../platform/time.ts';
import { hashOfLink } from '../signin/secrets.ts';
import { accountNames, behindLink, factsOfMany, mailsTo, roleFacts, visibleInvitations, wantedFacts } from './access.ts';

const yesterday = () => new Date(Date.now() - DAY);

/** Invitations, newest first: all, or those into one account. */
export const invitationsPage = page(
  ({ createdAt, id }: { createdAt: Date; id: string }) => [createdAt.getTime(), id],
  (db, viewer, { after, limit }: Slice, account?: string) => {
    const [invitation, company, role] = [visibleInvitations(db, viewer), accountNames(db), roleFacts(db)];
    const [at, id] = decodeCursor(after, ['number', 'string']) ?? [];
    return db
      .select({
        id: invitation.id, email: invitation.email, name: invitation.name, role: invitation.role, roleId: invitation.roleId, roleName: role.name, accountId: invitation.accountId, accountName: company.name, accountRole: invitation.accountRole,
        locale: invitation.locale, createdAt: invitation.createdAt, expiresAt: invitation.expiresAt, acceptedAt: invitation.acceptedAt, revokedAt: invitation.revokedAt,
      })
      .from(invitation)
      .leftJoin(company, eq(company.id, invitation.accountId))
      .leftJoin(role, eq(role.id, invitation.roleId))
      .where(sql`${account === undefined ? sql`1` : eq(invitation.accountId, account)} and ${at === undefined ? sql`1` : sql`(${invitation.createdAt}, ${invitation.id}) < (${at}, ${id})`}`)
      .orderBy(desc(invitation.createdAt), desc(invitation.id))
      .limit(limit + 1);
  },
);

/** An invitation, with what sending it again or taking it back is decided on. */
export const invitationToResend = one((db, viewer, id: string) => {
  const [invitation, company, role] = [visibleInvitations(db, viewer), accountNames(db), roleFacts(db)];
  return db
    .select({
      id: invitation.id, email: invitation.email, role: invitation.role, roleId: invitation.roleId, permissions: role.permissions, accountId: invitation.accountId, accountName: company.name, locale: invitation.locale,
      acceptedAt: invitation.acceptedAt, revokedAt: invitation.revokedAt, revision: revisionOf(invitation.id).as('revision'), byAddress: mailsTo(db, invitation.email, yesterday()).as('by_address'),
    })
    .from(invitation)
    .leftJoin(company, eq(company.id, invitation.accountId))
    .leftJoin(role, eq(role.id, invitation.roleId))
    .where(eq(invitation.id, id));
});

/** What inviting somebody is decided on. Always one row. */
export const invitationWanted = one((db, viewer, email: string, account: string, role: string) => wantedFacts(db, viewer, { email, account, role, since: yesterday() }));

/** What inviting many is decided on. Always one row, of JSON lists. */
export const manyWanted = one((db, _viewer, asked: { emails: string[]; named: string[]; roleNames: string[] }) => factsOfMany(db, { ...asked, since: yesterday() }));

/** What the link with this key opens, or undefined. */
export const invitationBehind = maybe((db, _viewer, key: string) => behindLink(db, hashOfLink('invite', key), new Date()));

/** Invitations that ran out and were neither accepted nor taken back, longest first. */
export const expiredInvitations = many((db, viewer, now: Date) => {
  const [invitation, company] = [visibleInvitations(db, viewer), accountNames(db)];
  return db
    .select({ id: invitation.id, email: invitation.email, accountName: company.name, expiresAt: invitation.expiresAt })
    .from(invitation)
    .leftJoin(company, eq(company.id, invitation.accountId))
    .where(and(isNull(invitation.acceptedAt), isNull(invitation.revokedAt), lt(invitation.expiresAt, now)))
    .orderBy(asc(invitation.expiresAt))
    .limit(20);
});
