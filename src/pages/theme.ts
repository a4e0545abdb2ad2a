import type { APIRoute } from 'astro';
import { safeNext } from '../forms/next.ts';
import { formOf } from '../forms/submit.ts';

const YEAR = 365 * 24 * 3600;

/** Remembers the theme a person chose, and goes back. */
export const POST: APIRoute = async ({ request }) => {
  const form = await formOf(request);
  const theme = form['theme'] === 'dark' ? 'dark' : 'light';
  return new Response(null, {
    status: 303,
    headers: { location: safeNext(String(form['next'] ?? '/')) ?? '/', 'set-cookie': `stoa_theme=${theme}; Path=/; Max-Age=${YEAR}; SameSite=Lax; HttpOnly` },
  });
};
