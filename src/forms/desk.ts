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

/** The pages of the admin section that are for them. */
export const adminNav = (viewer: Viewer, words: Record<'overview' | 'people' | 'accounts' | 'roles' | 'groups' | 'forms' | 'statuses' | 'ratings' | 'health' | 'categories' | 'following' | 'tags' | 'moderation' | 'invitations' | 'authentication' | 'mail' | 'audit', string>) =>
  within([
    ['/admin', 'grid', words.overview, administers(viewer)],
    ['/admin/people', 'people', words.people, can(viewer, 'people.see')],
    ['/admin/accounts', 'briefcase', words.accounts, can(viewer, 'accounts.see')],
    ['/admin/roles', 'lock', words.roles, can(viewer, 'roles.manage')],
    ['/admin/groups', 'circles', words.groups, can(viewer, 'settings.manage')],
    ['/admin/forms', 'form', words.forms, can(viewer, 'settings.manage')],
    ['/admin/statuses', 'flow', words.statuses, can(viewer, 'settings.manage')],
    ['/admin/ratings', 'smile', words.ratings, can(viewer, 'settings.manage')],
    ['/admin/health', 'pulse', words.health, can(viewer, 'settings.manage')],
    ['/admin/categories', 'folder', words.categories, can(viewer, 'settings.manage')],
    ['/admin/following', 'bell', words.following, can(viewer, 'settings.manage')],
    ['/admin/tags', 'tag', words.tags, can(viewer, 'settings.manage')],
    ['/admin/moderation', 'shield', words.moderation, can(viewer, 'settings.manage')],
    ['/admin/invitations', 'send', words.invitations, invitesAnywhere(viewer)],
    ['/admin/authentication', 'key', words.authentication, can(viewer, 'settings.manage')],
    ['/admin/mail', 'mail', words.mail, readsMail(viewer)],
    ['/admin/audit', 'clock', words.audit, can(viewer, 'audit.see')],
  ]);

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
