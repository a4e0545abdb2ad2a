import { readsMail } from '../../worker/mail/access.ts';
import { notFound, Refusal, signedOut } from '../../worker/platform/refusal.ts';
import type { Permission } from '../../worker/platform/permissions.ts';
import { can, FRESH, type Viewer } from '../../worker/platform/viewer.ts';

/** Lets those pass who have a permission. Visitors are sent to sign in, staff without the second factor that they need to set one up; for everyone else the page does not exist. */
export function requirePermission(viewer: Viewer, permission: Permission): void {
  requirePerson(viewer);
  if (viewer.unprotected) throw new Refusal('unprotected', 'Set up a second factor first.');
  if (!can(viewer, permission)) throw notFound();
}

/** Where the desk begins for them: the first part of it that they may use; undefined when they may use none. */
export function deskOf(viewer: Viewer): string | undefined {
  const ways = [['/csm', viewer.role === 'csm' && can(viewer, 'accounts.see')], ['/agent', can(viewer, 'tickets.see')], ['/csm', can(viewer, 'accounts.see')], ['/admin', administers(viewer)]] as const;
  return ways.find(([, may]) => may)?.[0];
}

/** Whether any page of the admin section is for them. */
export const administers = (viewer: Viewer) => (['people.see', 'roles.manage', 'settings.manage', 'audit.see'] as const).some((one) => can(viewer, one));

type Entry = readonly [address: string, icon: string, name: string];

const within = (entries: (readonly [...Entry, boolean])[]): Entry[] => entries.filter(([, , , may]) => may).map(([address, icon, name]) => [address, icon, name]);

/** The parts of the desk that are for them. */
export const deskNav = (viewer: Viewer, words: Record<'queue' | 'ratings' | 'macros' | 'customers' | 'community' | 'review' | 'help' | 'search', string>) =>
  within([
    ['/agent', 'inbox', words.queue, can(viewer, 'tickets.see')],
    ['/agent/ratings', 'smile', words.ratings, can(viewer, 'tickets.see')],
    ['/agent/macros', 'bolt', words.macros, can(viewer, 'tickets.note')],
    ['/csm', 'building', words.customers, can(viewer, 'accounts.see')],
    ['/forum', 'talk', words.community, true],
    ['/moderation', 'shield', words.review, can(viewer, 'forum.moderate')],
    ['/kb', 'book', words.help, true],
    ['/search', 'search', words.search, true],
  ]);

/** The pages of the admin section: where each is, its icon, and whether it is for somebody. */
const ADMIN = {
  people: ['/admin/people', 'people', (viewer: Viewer) => can(viewer, 'people.see')],
  accounts: ['/admin/accounts', 'briefcase', (viewer: Viewer) => can(viewer, 'accounts.see')],
  invitations: ['/admin/invitations', 'send', (viewer: Viewer) => invitesAnywhere(viewer)],
  roles: ['/admin/roles', 'lock', (viewer: Viewer) => can(viewer, 'roles.manage')],
  groups: ['/admin/groups', 'circles', sets],
  forms: ['/admin/forms', 'form', sets],
  statuses: ['/admin/statuses', 'flow', sets],
  ratings: ['/admin/ratings', 'smile', sets],
  health: ['/admin/health', 'pulse', sets],
  categories: ['/admin/categories', 'folder', sets],
  tags: ['/admin/tags', 'tag', sets],
  following: ['/admin/following', 'bell', sets],
  moderation: ['/admin/moderation', 'shield', sets],
  authentication: ['/admin/authentication', 'key', sets],
  mail: ['/admin/mail', 'mail', readsMail],
  audit: ['/admin/audit', 'clock', (viewer: Viewer) => can(viewer, 'audit.see')],
} as const;

export type AdminPage = keyof typeof ADMIN;

const SECTIONS = {
  people: ['people', 'accounts', 'invitations', 'roles', 'groups'],
  tickets: ['forms', 'statuses', 'ratings', 'health'],
  community: ['categories', 'tags', 'following', 'moderation'],
  workspace: ['authentication', 'mail', 'audit'],
} as const satisfies Record<string, readonly AdminPage[]>;

export type AdminSection = keyof typeof SECTIONS;

/** The pages of the admin section that are for them, by what they are about. */
export const adminSections = (viewer: Viewer) =>
  (Object.keys(SECTIONS) as AdminSection[])
    .map((section) => ({ section, pages: SECTIONS[section].map((page) => ({ page, address: ADMIN[page][0], icon: ADMIN[page][1], may: ADMIN[page][2](viewer) })).filter(({ may }) => may) }))
    .filter(({ pages }) => pages.length > 0);

/** Where the admin section begins for them; undefined where no page of it is for them. */
export const adminOf = (viewer: Viewer): string | undefined => (administers(viewer) ? '/admin' : adminSections(viewer)[0]?.pages[0]?.address);

function sets(viewer: Viewer): boolean {
  return can(viewer, 'settings.manage');
}

/** Whether they invite people, into any account. */
export const invitesAnywhere = (viewer: Viewer) => can(viewer, 'people.manage') || can(viewer, 'accounts.change');

/** Sends visitors to sign in. */
export function requirePerson(viewer: Viewer): void {
  if (viewer.id === null) throw signedOut();
}

/** Sends visitors to sign in, and who proved who they are too long ago to do it again, before they begin what asks for it. */
export function requireFresh(viewer: Viewer): void {
  requirePerson(viewer);
  if (!isFresh(viewer)) throw new Refusal('stale', 'Prove that it is you, then do it again.');
}

export const isFresh = (viewer: Viewer) => Date.now() - viewer.provedAt <= FRESH;

/** Lets those pass who may read the workspace's letters. For everyone else there are none. */
export function requireMailReader(viewer: Viewer): void {
  requirePerson(viewer);
  if (!readsMail(viewer)) throw notFound();
}
