import type { APIRoute } from 'astro';
import { filesOf, saidIn } from '../forms/submit.ts';
import { Refusal, signedOut } from '../../worker/platform/refusal.ts';

const json = (body: unknown, status: number) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** Keeps files that an island sent, for the form it stands in: `{ items }`, or a refusal in the reader's language as `{ message }`. */
export const POST: APIRoute = async (astro) => {
  try {
    await astro.locals.portal.load();
    if (astro.locals.portal.viewer.id === null) throw signedOut();
    const { all, refusal } = await filesOf(astro);
    if (refusal) throw refusal;
    return json({ items: all }, 201);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { issues, message } = saidIn(astro, error);
    return json({ message: Object.values(issues)[0] ?? message }, error.status);
  }
};
