import type { Locale } from '../../worker/platform/viewer.ts';
import el from './el/index.ts';
import refusals from './el/refusals.ts';
import en from './en/index.ts';

export type { Locale };
export type Messages = typeof en;

const catalogues: Record<Locale, Messages> = { en, el };

/** Every sentence of the interface, in one language. */
export const t = (locale: Locale): Messages => catalogues[locale];

/** The address of a page in a language: English has no prefix. */
export const path = (locale: Locale, to: string) => (locale === 'en' ? to : `/${locale}${/^\/(\?|$)/.test(to) ? to.slice(1) : to}`);

/** The address of a page for somebody at the desk: pages of the desk follow their person and have no language, all others have theirs. */
export const outward = (locale: Locale, to: string) => (/^\/(agent|csm|admin)(?![\w-])/.test(to) ? to : path(locale, to));

/** Where a page is, without the language, with all that was asked of it: filters, what is searched for, a guest's key. Whoever changes language or theme stays there. */
export const hereOf = ({ pathname, search }: URL, at: string) => ((pathname.replace(/^\/el(?=\/|$)/, '').replace(/\/$/, '') || '/') === at ? at + search : at);

/** A refusal or an input's complaint, said in English by the worker, in the reader's language. */
export function sentence(locale: Locale, text: string): string {
  if (locale === 'en') return text;
  const only = /^Only (.+) can do this\.$/.exec(text)?.[1];
  if (only) return `${refusals['Only some people can do this.']} (${only})`;
  const missing = /^Answer these before you solve it: (.+)$/.exec(text)?.[1];
  if (missing) return `${refusals['Answer these before you solve it.']} ${missing}`;
  const [, strange, places] = /^(?:There is no placeholder (.+?) here\. )?Use only these placeholders: (.+)$/.exec(text) ?? [];
  if (places) return `${strange ? `${refusals['There is no such placeholder here.']} ${strange}. ` : ''}${refusals['Use only these placeholders.']} ${places}`;
  return refusals[text] ?? naming(text) ?? text;
}

/** The Greek of a sentence that names something, which stands as `#` in the catalogue. */
function naming(text: string): string | undefined {
  for (const [english, greek] of Object.entries(refusals)) {
    const [before, after] = english.split('#');
    if (after === undefined || !text.startsWith(before!) || !text.endsWith(after)) continue;
    const named = text.slice(before!.length, text.length - after.length);
    return greek.replace('#', () => named);
  }
  return undefined;
}
