/** What someone may be allowed to do here beyond what is their own. Names are `noun.verb`. */
export const permissions = [
  'tickets.see', 'tickets.answer', 'tickets.note', 'tickets.change', 'macros.manage', 'tickets.bulk', 'tickets.merge-accounts',
  'forum.moderate', 'kb.write',
  'accounts.see', 'accounts.change', 'feedback.see',
  'people.see', 'people.manage', 'people.view-as', 'people.erase', 'people.silence', 'people.suspend',
  'roles.manage', 'settings.manage', 'audit.see',
] as const;

export type Permission = (typeof permissions)[number];

export const roles = ['customer', 'moderator', 'light_agent', 'agent', 'csm', 'admin'] as const;
export type Role = 'visitor' | (typeof roles)[number];

const DESK: Permission[] = ['tickets.see', 'tickets.note', 'accounts.see', 'feedback.see', 'people.see'];
const AGENT: Permission[] = [...DESK, 'tickets.answer', 'tickets.change', 'tickets.bulk', 'forum.moderate', 'people.silence', 'kb.write'];

/** Where a custom role's permissions count, when not everywhere: ids by kind of place. Without a kind they count in all of it. */
export interface Scopes {
  /** Of the forum, for `forum.moderate`. */
  categories?: string[];
  /** Of agents: who has the role sees and changes the tickets of these groups only. */
  groups?: string[];
}

/** What each role may by itself. A custom role has a list of its own instead. */
export const permissionsOf: Record<Role, readonly Permission[]> = {
  visitor: [],
  customer: [],
  moderator: ['forum.moderate', 'people.silence'],
  light_agent: DESK,
  agent: AGENT,
  csm: [...AGENT, 'accounts.change', 'people.view-as', 'tickets.merge-accounts'],
  admin: permissions,
};
