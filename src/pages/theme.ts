import type { APIRoute } from 'astro';
import { safeNext } from '../forms/next.ts';

const YEAR = 365 * 24 * 3600;

/** Remembers the theme a person chose, and goes back. */
export const POST: APIRoute = async ({ request }) => {
  const form = await request.formData().catch(() => new FormData());
  const theme = form.get('theme') === 'dark' ? 'dark' : 'light';
  return new Response(null, {
    status: 303,
    headers: { location: safeNext(String(form.get('next') ?? '/')) ?? '/', 'set-cookie': `stoa_theme=${theme}; Path=/; Max-Age=${YEAR}; SameSite=Lax; HttpOnly` },
  });
};
