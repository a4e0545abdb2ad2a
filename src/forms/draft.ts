import type { AstroGlobal } from 'astro';
import { discardDraft } from '../../worker/drafts/discard.ts';
import { saveDraft } from '../../worker/drafts/save.ts';
import type { Preview } from './preview.ts';
import { type Submission, submit } from './submit.ts';

export interface Drafting {
  /** Whether the draft was kept or thrown away: the form opens anew. */
  done: boolean;
  /** What was typed, when another tab kept something else in the meantime. */
  sent: Submission<unknown> | undefined;
}

/** What the draft buttons of a form ask for: of a reply to topic `number`, or of a new topic. */
export async function drafting(astro: AstroGlobal, preview: Preview, number?: number): Promise<Drafting> {
  if (preview.asked) return { done: false, sent: undefined };
  const fixed = number === undefined ? {} : { number };
  const [saved, discarded] = [await submit(astro, saveDraft, fixed, 'draft'), await submit(astro, discardDraft, fixed, 'discard')];
  return { done: Boolean(saved.result ?? discarded.result), sent: saved.message ? saved : undefined };
}
