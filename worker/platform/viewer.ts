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
  /** What there may be of theirs, as `mayHave` tells it: everything where it is not known. It shapes a query only where its arguments say so. */
  readonly parts: number;
  /** The ids of the categories that do not let them in, as JSON in their order; null where it is not known, and SQL has to find out. Only the portal says it. */
  readonly hidden: string | null;
}

/** What few people have, one bit each, so that nobody is asked about it who has none. The first five are kept by triggers of the database, which never take one back. */
const PARTS = { ignored: 1, held: 2, drafts: 4, votes: 8, follows: 16, told: 32, files: 64 } as const;
export type Part = keyof typeof PARTS;
/** Of the bits that triggers keep of people, those that are asked for by themselves. */
const KEPT = 31;

/** All of them: what somebody may have of whom nothing is known. */
export const EVERYTHING = 127;

/** Whether there may be something of theirs: people whom they ignore, posts that wait, drafts, votes, what they follow, notifications that they have not seen, files that take room. */
export const mayHave = (viewer: Viewer, part: Part) => (viewer.parts & PARTS[part]) !== 0;

/** All of their names. */
export const ALL_PARTS = Object.keys(PARTS) as Part[];

/** The same of each part. */
export const mayHaveEach = (viewer: Viewer) => Object.fromEntries(ALL_PARTS.map((part) => [part, mayHave(viewer, part as Part)])) as Record<Part, boolean>;

/** What somebody may have, of what is kept of them. */
export const partsOf = ({ parts, unseen, fileBytes }: { parts: number; unseen: number; fileBytes: number }) => (parts & KEPT) | (unseen === 0 ? 0 : PARTS.told) | (fileBytes === 0 ? 0 : PARTS.files);

/** Whether they may have more of these parts than was thought. */
export const hasMore = (viewer: Viewer, thought: Viewer, parts: readonly Part[]) => parts.some((part) => mayHave(viewer, part) && !mayHave(thought, part));

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
  parts: EVERYTHING,
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
