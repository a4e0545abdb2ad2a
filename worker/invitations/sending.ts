import { and, eq, sql } from 'drizzle-orm';
import { posted } from '../mail/schema.ts';
import type { DomainEvent, Setting, Writing } from '../platform/operation.ts';
import type { Locale } from '../platform/viewer.ts';
import { oneTimeSecrets } from '../signin/schema.ts';
import { LIFE, newSecret } from '../signin/secrets.ts';
import { invited } from './emails.ts';
import type { Gift } from './may-give.ts';
import { invitations } from './schema.ts';

export interface Wish extends Gift {
  email: string;
  name: string;
  accountName: string | null;
  accountRole: 'member' | 'admin';
  locale: Locale;
}

interface Addressed {
  id: string;
  email: string;
  locale: Locale;
  accountName: string | null;
}

/** The statements that send an invitation: the secret of its link, and the letter. */
export function sent(setting: Setting, { id, email, locale, accountName }: Addressed, url: string): Writing[] {
  const { db } = setting;
  const { secret, statement } = newSecret(db, setting, { purpose: 'invite', address: email, data: { invitation: id } });
  return [statement, posted(db, setting, invited({ to: email, locale, account: accountName, url, secret }))];
}

/** The statement that makes every link of an invitation worthless. */
export const shut = ({ db }: Pick<Setting, 'db'>, { id, email }: { id: string; email: string }) =>
  db.delete(oneTimeSecrets).where(and(eq(oneTimeSecrets.address, email), eq(oneTimeSecrets.purpose, 'invite'), sql`${oneTimeSecrets.data} ->> 'invitation' = ${id}`));

/** A new invitation, sent: what makes it and what tells of it. */
export function invitation(setting: Setting, { accountName, permissions: _, ...wish }: Wish, url: string): { id: string; statements: Writing[]; event: DomainEvent } {
  const { db, viewer, now, newId } = setting;
  const id = newId('inv');
  const { email, role, roleId, accountId, accountRole, locale } = wish;
  return {
    id,
    statements: [db.insert(invitations).values({ id, ...wish, invitedBy: viewer.id, createdAt: now, expiresAt: new Date(now.getTime() + LIFE.invite) }), ...sent(setting, { id, email, locale, accountName }, url)],
    event: { type: 'invitation.sent', subject: id, data: { email, role, roleId, account: accountId, accountRole } },
  };
}
