import type { AstroGlobal } from 'astro';
import { drawnAt } from '../../worker/platform/form-time.ts';
import { type Issues, Refusal } from '../../worker/platform/refusal.ts';
import type { Pass } from '../../worker/platform/stamp.ts';
import { askForProof } from '../../worker/signin/ask-proof.ts';
import { tryProof } from '../../worker/signin/try-proof.ts';

/** What a form sent about the code that lets it pass. */
interface Asked {
  /** Its key. */
  form: string;
  stamp: unknown;
  /** Typed by a visitor. */
  email: unknown;
  /** Whether a letter is wished for, whether one went out before, and the digits of it. */
  wish: unknown;
  before: unknown;
  code: unknown;
}

/** Does what a form asks of the way by mail: posts the letter, or looks at the digits. What comes of it belongs to the answer of the form. */
export async function byMail({ locals: { portal, entrance, locale } }: AstroGlobal, { form, stamp, email, wish, before, code }: Asked): Promise<Partial<Pass>> {
  const digits = typeof code === 'string' && code.trim() !== '' && wish === undefined;
  if (wish === undefined && !digits) return before === undefined ? {} : { letter: 'sent' };
  const drawn = drawnAt(entrance.secret, form) ?? 0;
  try {
    if (digits) return { letter: 'sent', mark: (await portal.run(tryProof, { drawn, email, code })).mark };
    await portal.run(askForProof, { drawn, form, stamp, email, locale, network: entrance.network, url: entrance.url });
    return { letter: 'wished' };
  } catch (error) {
    if (!(error instanceof Refusal) || !['invalid', 'too_many'].includes(error.reason)) throw error;
    return { letter: before === undefined ? 'refused' : 'sent', why: firstOf(error.issues) ?? error.message };
  }
}

const firstOf = (issues: Issues): string | undefined => Object.values(issues)[0];
