import type { AstroGlobal } from 'astro';
import { openInternalTicket } from '../../worker/tickets/open-internal.ts';
import { openTicketFor } from '../../worker/tickets/open-for.ts';
import { answersSent } from './answers.ts';
import { keptOf } from './opening.ts';
import { formOf, submit, type Submission } from './submit.ts';

/** A ticket that staff are about to open: what was typed, and what came of it. */
export interface OpeningFor {
  /** Whom it is for; undefined where the page was not posted to. */
  whose: 'customer' | 'internal' | undefined;
  sent: Submission<{ id: string; number: number }>;
  said: Awaited<ReturnType<typeof answersSent>>;
  /** Id of the form that is meant, or nothing. */
  form: string;
}

/** What the desk's page for a new ticket was asked for: to open it for a customer, or among staff (`action`), or to be drawn again with what is typed: with the questions that fit (`fit`), those of another form (`choose`), or for whom else it is (`whose`). */
export async function openingFor(astro: AstroGlobal): Promise<OpeningFor> {
  const { request, url } = astro;
  const said = await answersSent(astro);
  const typed = request.method === 'POST' ? await formOf(request) : undefined;
  const form = String(typed ? (typed['choose'] ?? typed['form'] ?? '') : (url.searchParams.get('form') ?? '')).slice(0, 80);
  const whose = typed?.['whose'];
  if (typed && (whose === 'customer' || whose === 'internal')) return { whose, said, form, sent: await keptOf(astro, typed) };
  if (typed && (typed['action'] === 'fit' || typed['choose'] !== undefined)) return { whose: 'customer', said, form, sent: await keptOf(astro, typed) };
  if (typed?.['action'] === 'internal') return { whose: 'internal', said, form, sent: await submit(astro, openInternalTicket) };
  return { whose: typed && 'customer', said, form, sent: await submit(astro, openTicketFor, { fields: said }) };
}
