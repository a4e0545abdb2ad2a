/** Parts of the API that a token can be confined to. */
export const areas = ['forum', 'ideas', 'kb', 'search', 'tickets', 'accounts', 'feedback', 'people'] as const;
export type Area = (typeof areas)[number];
export type Wish = 'read' | 'write';

/** What a token allows of what its person may: parts with a space between. `read` and `write` are for everything, `tickets:read` and `tickets:write` for an area. Who may write may read. */
export type Scope = string;

/** The first part of a route's path → its area. */
const AREA_OF: Record<string, Area> = {
  topics: 'forum', posts: 'forum', categories: 'forum', tags: 'forum', assignments: 'forum', 'follow-defaults': 'forum', reviews: 'forum', ideas: 'ideas', articles: 'kb', search: 'search', searches: 'feedback', suggestions: 'search', tickets: 'tickets', 'suspended-tickets': 'tickets', 'internal-tickets': 'tickets', 'bulk-changes': 'tickets', forms: 'tickets', incidents: 'tickets', statuses: 'tickets', macros: 'tickets', views: 'tickets', groups: 'tickets', accounts: 'accounts',
  feedback: 'feedback', themes: 'feedback', surveys: 'feedback', me: 'people', tokens: 'people', attachments: 'people', people: 'people', sanctions: 'people', newcomers: 'people', trust: 'people', invitations: 'people', 'mail-templates': 'people',
};

/** The area of a route of the API, by its path; undefined for a noun that is in none, which only tokens for everything reach. */
export const areaOf = (path: string): Area | undefined => AREA_OF[path.split('/')[1] ?? ''];

const ONE = new RegExp(`^((${areas.join('|')}):)?(read|write)$`);

/** Whether a text is a scope. */
export const isScope = (text: string) => text !== '' && text.split(' ').every((part) => ONE.test(part));

/** Whether a scope allows this in an area. */
export function reaches(scope: Scope, area: Area | undefined, wish: Wish): boolean {
  const parts = scope.split(' ');
  return parts.includes('write') || parts.includes(`${area}:write`) || (wish === 'read' && (parts.includes('read') || parts.includes(`${area}:read`)));
}

/** The same scope with nothing said twice, areas in their order. */
export function tidy(scope: Scope): Scope {
  const parts = scope.split(' ');
  if (parts.includes('write')) return 'write';
  const reader = parts.includes('read');
  const each = areas.flatMap((area) => (parts.includes(`${area}:write`) ? [`${area}:write`] : !reader && parts.includes(`${area}:read`) ? [`${area}:read`] : []));
  return [...(reader ? ['read'] : []), ...each].join(' ');
}

const all: [Area | undefined, Wish][] = [...areas, undefined].flatMap((area): [Area | undefined, Wish][] => [[area, 'read'], [area, 'write']]);

/** Whether everything that `wanted` allows is allowed by `own` too. */
export const covers = (own: Scope, wanted: Scope) => all.every(([area, wish]) => !reaches(wanted, area, wish) || reaches(own, area, wish));
