import type { AstroGlobal } from 'astro';
import type { Locale, Role } from '../../worker/platform/viewer.ts';
import { path } from '../messages/index.ts';

/** Somebody who was let in. */
interface Arrived {
  /** The `Set-Cookie` of their session. */
  cookie: string;
  /** Whether their second factor is still to be shown. */
  halfway: boolean;
  role: Role;
  locale: Locale;
}

const homeOf = (role: Role, locale: Locale) => (role === 'agent' || role === 'light_agent' || role === 'admin' ? '/agent' : role === 'csm' ? '/csm' : path(locale, '/'));

/** Sends somebody who was let in to where they wanted to go, else to their work or home; first to the second step, if they have one. */
export function arrive(astro: AstroGlobal, { cookie, halfway, role, locale }: Arrived, next: string | undefined, cookies: string[] = []): Response {
  const to = next ?? homeOf(role, locale);
  const answer = astro.redirect(halfway ? `${path(locale, '/sign-in/second')}?next=${encodeURIComponent(to)}` : to, 303);
  for (const one of [cookie, ...cookies]) answer.headers.append('set-cookie', one);
  return answer;
}

/** What their browser calls itself. */
export const deviceOf = (request: Request) => request.headers.get('user-agent') ?? '';
