import type { AstroGlobal } from 'astro';
import { readForm } from '../../worker/platform/input.ts';
import { rendered } from '../../worker/platform/markdown.ts';

export interface Preview {
  /** Whether the form was sent by its preview button. */
  asked: boolean;
  /** Safe HTML of the field `body`, drawn when it is first looked at; undefined when nobody asked. */
  readonly html: string | undefined;
  values: Record<string, string>;
}

/** A form sent by a button named `preview` changes nothing: the page shows what its text will look like, and keeps every value. */
export async function previewOf(astro: AstroGlobal): Promise<Preview> {
  if (astro.request.method !== 'POST') return NONE;
  const form = readForm(await astro.request.clone().formData().catch(() => new FormData()));
  const values = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)]));
  if (form['preview'] === undefined) return NONE;
  let html: string | undefined;
  return {
    asked: true,
    values,
    get html() {
      return (html ??= rendered((values['body'] ?? '').slice(0, 60_000)));
    },
  };
}

const NONE: Preview = { asked: false, html: undefined, values: {} };
