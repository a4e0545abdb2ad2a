import { eq } from 'drizzle-orm';
import type { statedActions } from '../moderation/schema.ts';
import { logged, stated } from '../moderation/stating.ts';
import { users } from '../people/schema.ts';
import type { Change, Setting } from '../platform/operation.ts';
import type { Permission, Role } from '../platform/permissions.ts';
import { permissionsOf } from '../platform/permissions.ts';
import { Refusal } from '../platform/refusal.ts';
import { DAY } from '../platform/time.ts';
import { holds, isStaff, type Viewer } from '../platform/viewer.ts';
import { hasPowers } from './access.ts';
import { FOREVER, type SanctionKind, sanctions } from './schema.ts';

interface Sanctioned {
  id: string;
  handle: string;
  role: Role;
  permissions: readonly Permission[] | null;
  anonymisedAt: Date | null;
  revision: number;
}

/** Refuses to sanction oneself, who is gone, and, for who does not work here or may less, those who moderate or work here. */
export function maySanction(viewer: Viewer, { id, role, permissions, anonymisedAt }: Omit<Sanctioned, 'handle' | 'revision'>) {
  if (id === viewer.id) throw new Refusal('conflict', 'You cannot do this to yourself.');
  if (anonymisedAt) throw new Refusal('conflict', 'This person is gone. Nothing of them can be changed.');
  const isPeer = isStaff(viewer) && holds(viewer, permissions ?? permissionsOf[role]);
  if (hasPowers({ id, role, permissions }) && !isPeer) throw new Refusal('forbidden', 'This person may do more than you. Only somebody who may as much can change this.');
}

/** The end of so many days from now, or nothing: for good. */
export const endOf = (days: string, now: Date) => (days === '0' ? null : new Date(now.getTime() + Number(days) * DAY));

interface Sanction {
  kind: Exclude<SanctionKind, 'deletion'>;
  code: string;
  words: string;
  note: string;
  until: Date | null;
}

const ACTIONS: Record<Sanction['kind'], (typeof statedActions)[number] & ('warned' | 'silenced' | 'suspended')> = { warning: 'warned', silence: 'silenced', suspension: 'suspended' };

/** What a sanction changes: its record, how the person stands, their statement of reasons with a letter, and a line of the public log. */
export function imposed(setting: Setting, person: Sanctioned, { kind, code, words, note, until }: Sanction): Change<{ sanction: string; handle: string }> {
  const { db, viewer, now, newId } = setting;
  maySanction(viewer, person);
  const id = newId('san');
  const stands = kind === 'silence' ? { silencedUntil: until ?? FOREVER } : kind === 'suspension' ? { suspendedAt: now, suspendedUntil: until } : undefined;
  return {
    statements: [
      db.insert(sanctions).values({ id, userId: person.id, kind, code, words, note, byId: viewer.id, until, createdAt: now }),
      ...(stands ? [db.update(users).set(stands).where(eq(users.id, person.id))] : []),
      stated(setting, { userId: person.id, action: ACTIONS[kind], kinds: [code], words, sanctionId: id, mail: 'due' }),
      logged(setting, { action: ACTIONS[kind], rule: code }),
    ],
    events: [{ type: `person.${ACTIONS[kind]}`, subject: person.id, revision: person.revision + 1, data: { sanction: id, code, until: until?.getTime() ?? null } }],
    result: { sanction: id, handle: person.handle },
  };
}
