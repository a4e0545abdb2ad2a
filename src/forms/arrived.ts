import type { AstroGlobal } from 'astro';
import type { Entered } from '../../worker/people/sessions.ts';
import { path } from '../messages/index.ts';

/** Where people's day begins, by role. */
const DESKS: Record<string, string> = { light_agent: '/agent', agent: '/agent', admin: '/agent', csm: '/csm' };

/** Where a request comes from, as the ways in want to know it, and in which language letters go. */
export const arrivalOf = ({ locals: { entrance, locale } }: AstroGlobal) => ({ ...entrance.from, url: entrance.url, locale });

/**
 * The answer to somebody who came in: their session's cookie and others, and on to the second step, to where they wanted to go, or to where their day
 * begins. `next` is safe already.
 */
export function arrived({ locals, redirect }: AstroGlobal, { cookie, halfway, role, locale }: Entered, next?: string, cookies: string[] = []): Response {
  const home = next ?? DESKS[role ?? ''] ?? path(locale ?? locals.locale, '/');
  const second = path(locals.locale, '/sign-in/second');
  const answer = redirect(halfway ? (next ? `${second}?next=${encodeURIComponent(next)}` : second) : home, 303);
  for (const one of cookie ? [cookie, ...cookies] : cookies) answer.headers.append('set-cookie', one);
  return answer;
}
