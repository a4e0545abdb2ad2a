export const roles = ['customer', 'moderator', 'agent', 'csm', 'admin'] as const;
export const locales = ['en', 'el'] as const;

export type Role = 'visitor' | (typeof roles)[number];
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
  readonly scope: 'read' | 'write';
  /** The number of the one ticket that a signed link opened for them. */
  readonly guestOf: number | null;
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
  guestOf: null,
};

/** The workspace itself: jobs and imports act as it. */
export const system: Viewer = { ...visitor, id: 'system', role: 'admin', name: 'Stoa' };

/** Staff see every ticket and every account. */
export const isStaff = (viewer: Viewer) => viewer.role === 'agent' || viewer.role === 'csm' || viewer.role === 'admin';

/** Staff and community moderators. */
export const isTeam = (viewer: Viewer) => isStaff(viewer) || viewer.role === 'moderator';

/** Whether two viewers may see and do the same. */
export const sameViewer = (a: Viewer, b: Viewer) => (Object.keys(visitor) as (keyof Viewer)[]).every((key) => a[key] === b[key]);
