import { type Permission, permissions, type Role, roles, type Scopes } from './permissions.ts';
import type { Scope } from './scope.ts';
import { MINUTE } from './time.ts';

export { roles, type Role };
export const locales = ['en', 'el'] as const;

export type Locale = (typeof locales)[number];

/** Who is looking. */
export interface Viewer {
  readonly id: string | null;
  readonly role: Role;
  readonly name: string;
  readonly handle: string;
  readonly accountId: string | null;
  readonly accountRole: 'member' | 'admin';
  readonly locale: Locale;
  /** IANA name. */
  readonly timeZone: string;
  /** What the token they came with allows; people in a browser may write. */
  readonly scope: Scope;
  /** The id of that token, if they came with one. */
  readonly token: string | null;
  /** What they may beyond what is their own: their role's permissions, or those of the custom role they have. */
  readonly permissions: readonly Permission[];
  /** Where those of a custom role count. */
  readonly scopes: Scopes;
  /** When they last proved who they are in this session, in milliseconds since 1970; 0 for tokens and visitors. */
  readonly provedAt: number;
  /** The staff member who looks with these eyes for a while, and may only look. */
  readonly viewedBy: string | null;
  /** Works here, but has to set up a second factor first; until then a customer. */
  readonly unprotected: boolean;
  /** How many notifications they have not seen. It shapes no query, and is news, not identity. */
  readonly unseen: number;
  /** Until when they read and do not write, in milliseconds since 1970; 0 for everybody else. */
  readonly silencedUntil: number;
  /** The number of the one ticket that a signed link opened for them. */
  readonly guestOf: number | null;
  /** The ids of the categories that do not let them in, as JSON in their order; null where it is not known, and SQL has to find out. Only the portal says it. */
  readonly hidden: string | null;
}

export const visitor: Viewer = {
  id: null,
  role: 'visitor',
  name: '',
  handle: '',
  accountId: null,
  accountRole: 'member',
  locale: 'en',
  timeZone: 'UTC',
  scope: 'write',
  token: null,
  permissions: [],
  scopes: {},
  provedAt: 0,
  viewedBy: null,
  unprotected: false,
  unseen: 0,
  silencedUntil: 0,
  guestOf: null,
  hidden: null,
};

/** What is hidden from those who are let in everywhere. */
export const NOTHING = '[]';

/** The workspace itself: jobs and imports act as it. */
export const system: Viewer = { ...visitor, id: 'system', role: 'admin', name: 'Stoa', permissions };

/** Whether they may do this, beyond what is their own. */
export const can = (viewer: Viewer, permission: Permission) => viewer.permissions.includes(permission);

/** Whether they may moderate in this category of the forum. */
export const moderates = (viewer: Viewer, categoryId: string) => can(viewer, 'forum.moderate') && (viewer.scopes.categories?.includes(categoryId) ?? true);

/** Whether they hold all of these, and so may give them, or decide about somebody who has them. What counts for them only in places they cannot give. */
export const holds = (viewer: Viewer, wanted: readonly Permission[]) => wanted.every((one) => can(viewer, one) && !(one === 'forum.moderate' && viewer.scopes.categories) && !(one.startsWith('tickets.') && viewer.scopes.groups));

/** How long a proof of who they are counts for dangerous actions, in milliseconds. */
export const FRESH = 15 * MINUTE;

/** The roles of those who work here. */
export const STAFF = ['agent', 'light_agent', 'csm', 'admin'] as const;

/** The same as SQL, for `in`. */
export const STAFF_SQL = `(${STAFF.map((role) => `'${role}'`).join(', ')})`;

/** Those who work here, whatever they may do. */
export const isStaff = ({ role }: Pick<Viewer, 'role'>) => (STAFF as readonly Role[]).includes(role);

/** Whether two viewers may see and do the same. */
export const sameViewer = (a: Viewer, b: Viewer) => (Object.keys(visitor) as (keyof Viewer)[]).every((key) => key === 'unseen' || a[key] === b[key] || JSON.stringify(a[key]) === JSON.stringify(b[key]));
