import type { AstroGlobal } from 'astro';
import type { Entered } from '../../worker/people/sessions.ts';
import { path } from '../messages/index.ts';

/** Where people's day begins, by role. */
const DESKS: Record<string, string> = { light_agent: '/agent', agent: '/agent', admin: '/agent', csm: '/csm' };

/** The answer to somebody who came in: their session's cookie, and on to the second step, to where they wanted to go, or to where their day begins. `next` is safe already. */
export function arrived({ locals, redirect }: AstroGlobal, { cookie, halfway, role, locale }: Entered, next?: string): Response {
  const home = next ?? DESKS[role ?? ''] ?? path(locale ?? locals.locale, '/');
  const second = path(locals.locale, '/sign-in/second');
  const answer = redirect(halfway ? (next ? `${second}?next=${encodeURIComponent(next)}` : second) : home, 303);
  if (cookie) answer.headers.append('set-cookie', cookie);
  return answer;
}
