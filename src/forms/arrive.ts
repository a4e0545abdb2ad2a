import type { AstroGlobal } from 'astro';
import type { Locale, Role } from '../../worker/platform/viewer.ts';
import { path } from '../messages/index.ts';

/** Where a request comes from, as the ways in want to know it. */
export function arrivalOf({ request, locals: { entrance, locale } }: AstroGlobal) {
  const { https, network, url } = entrance;
  const country = (request as { cf?: { country?: unknown } }).cf?.country;
  return { https, network, url, locale, device: request.headers.get('user-agent')?.slice(0, 300) ?? '', place: typeof country === 'string' ? country : '' };
}

interface Entry {
  cookie: string | null;
  role: Role | null;
  locale: Locale | null;
  halfway?: boolean;
}

/** Where somebody who was let in goes, with their session's cookie: on, to their work, or to what is missing still. */
export function arrived(astro: AstroGlobal, { cookie, role, locale, halfway }: Entry, next?: string): Response {
  const language = locale ?? astro.locals.locale;
  const work = role === 'agent' || role === 'light_agent' || role === 'admin' ? '/agent' : role === 'csm' ? '/csm' : path(language, '/');
  const to = next ?? work;
  const answer = astro.redirect(halfway ? `${path(language, '/sign-in/second')}?next=${encodeURIComponent(to)}` : to, 303);
  answer.headers.append('set-cookie', cookie!);
  return answer;
}
