import { accounts } from '../../worker/accounts/schema.ts';
import { type Database, openDatabase } from '../../worker/database/open.ts';
import { categories } from '../../worker/forum/schema.ts';
import { sight } from '../../worker/forum/sight.ts';
import { users } from '../../worker/people/schema.ts';
import { gateOf } from '../../worker/platform/gate.ts';
import type { JobSetting } from '../../worker/platform/job.ts';
import { openPortal, type Portal } from '../../worker/platform/portal.ts';
import { permissionsOf } from '../../worker/platform/permissions.ts';
import { DAY } from '../../worker/platform/time.ts';
import { NOTHING, type Viewer, visitor } from '../../worker/platform/viewer.ts';
import { database } from './databases.ts';
import { emptyFile } from './templates.ts';
import { trust } from '../../worker/trust/schema.ts';

const someone = (name: string, role: Viewer['role'], more: Partial<Viewer> = {}): Viewer => ({ ...visitor, id: `usr_${name}`, name, handle: name, role, permissions: permissionsOf[role], ...more });

/** The cast. Alice and Carol are of Acme, where Carol is account admin; Bob is of Olive. */
export const cast = {
  visitor,
  alice: someone('alice', 'customer', { accountId: 'acc_acme' }),
  bob: someone('bob', 'customer', { accountId: 'acc_olive' }),
  carol: someone('carol', 'customer', { accountId: 'acc_acme', accountRole: 'admin' }),
  mara: someone('mara', 'moderator'),
  lena: someone('lena', 'light_agent'),
  agnes: someone('agnes', 'agent'),
  cleo: someone('cleo', 'csm'),
  ada: someone('ada', 'admin'),
} satisfies Record<string, Viewer>;

/** How long everybody of the cast is here, in milliseconds: long enough for a first level. */
const MONTH = 30 * DAY;

export const SECRET = 'a secret of the tests, long enough';

/** A topic to open. */
export const question = { category: 'help', title: 'How do I print?', body: 'It does nothing.', kind: 'question' };

export interface Stoa {
  db: Database;
  url: string;
  now: Date;
  /** What one of the cast can do, who thinks that no category is hidden from them; with `more`, as someone slightly different. */
  as(name: keyof typeof cast, more?: Partial<Viewer>): Portal;
}

/** A database of its own on a real libSQL server, migrated and peopled, with a clock that stands still. Gone when the test is over. */
export async function stoa(now = new Date('2026-01-05T09:00:00Z')): Promise<Stoa> {
  const url = await database(emptyFile());
  const db = openDatabase({ url, patience: 30_000 });
  const people = Object.values(cast).flatMap((viewer) => (viewer.id ? [{ id: viewer.id, email: `${viewer.name}@example.org`, name: viewer.name, handle: viewer.handle, role: viewer.role as 'customer', accountId: viewer.accountId, accountRole: viewer.accountRole, createdAt: new Date(now.getTime() - MONTH) }] : []));
  await db.batch([
    db.insert(accounts).values([
      { id: 'acc_acme', name: 'Acme', arr: 10_000, createdAt: now, renewsOn: '2026-03-01' },
      { id: 'acc_olive', name: 'Olive', arr: 5_000, createdAt: now },
    ]),
    db.insert(users).values(people),
    db.insert(trust).values(people.filter(({ role }) => role === 'customer').map(({ id }) => ({ userId: id, level: 1 }))),
    db.insert(categories).values({ id: 'cat_help', slug: 'help', name: 'Help' }),
  ]);
  const gate = gateOf(db);
  return { db, url, now, as: (name, more = {}) => openPortal({ db, gate, viewer: { ...cast[name], hidden: NOTHING, ...more }, sight, secret: SECRET, clock: () => now }) };
}

/** What jobs of the clock work with, at a moment. */
export const settingOf = ({ db, now }: Pick<Stoa, 'db' | 'now'>): JobSetting => ({ db, gate: gateOf(db), now, secret: SECRET, url: 'https://help.example' });
