import type { AstroGlobal } from 'astro';
import type { Attachment } from '../../worker/attachments/told.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { answersSent } from './answers.ts';
import { filesOf, formOf, submit, type Submission } from './submit.ts';

/** A ticket that is about to be sent: what was typed, and what came of sending it. */
export interface Opening extends Submission<{ id: string; number: number }> {
  said: Awaited<ReturnType<typeof answersSent>>;
  /** Id of the form that is meant, or nothing. */
  form: string;
}

/** What a form of the page for a new ticket asked for: to send it, or, with the action `fit`, only to be shown the questions that fit. */
export async function opening(astro: AstroGlobal): Promise<Opening> {
  const { request, url, locals: { locale, entrance } } = astro;
  const said = await answersSent(astro);
  const form = request.method === 'POST' ? await formOf(request) : undefined;
  const chosen = String(form ? (form['form'] ?? '') : (url.searchParams.get('form') ?? '')).slice(0, 80);
  const sent = form?.['action'] === 'fit' ? await keptOf(astro, form) : await submit(astro, openTicket, { locale, network: entrance.network, fields: said });
  return { ...sent, said, form: chosen };
}

/** What was typed, with the files that came with it, as nothing was asked for yet. */
async function keptOf(astro: AstroGlobal, form: Record<string, unknown>): Promise<{ values: Record<string, string>; issues: Record<string, string>; kept: Attachment[] }> {
  const { all } = await filesOf(astro);
  return { values: Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)])), issues: {}, kept: all };
}
