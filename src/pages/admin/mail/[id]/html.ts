import type { APIRoute } from 'astro';
import { letterById } from '../../../../../worker/mail/queries.ts';
import { CAGE } from '../../../../../worker/platform/entry.ts';
import { notFound } from '../../../../../worker/platform/refusal.ts';
import { requireMailReader } from '../../../../forms/desk.ts';

/** A letter as its reader sees it, in a cage: no script, no picture, no form, no origin. */
export const GET: APIRoute = async ({ params, locals: { portal } }) => {
  const [letter] = await portal.load(letterById(params['id']!));
  requireMailReader(portal.viewer);
  if (!letter?.html) throw notFound();
  return new Response(letter.html, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CAGE } });
};
