import type { AstroGlobal } from 'astro';
import { readForm } from '../../worker/platform/input.ts';
import { rendered } from '../../worker/platform/markdown.ts';

export interface Preview {
  /** Safe HTML of the field `body`, when the form was sent by its preview button. */
  html?: string;
  values: Record<string, string>;
}

/** A form sent by a button named `preview` changes nothing: the page shows what its text will look like, and keeps every value. */
export async function previewOf(astro: AstroGlobal): Promise<Preview> {
  if (astro.request.method !== 'POST') return { values: {} };
  const form = readForm(await astro.request.clone().formData().catch(() => new FormData()));
  const values = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)]));
  return form['preview'] === undefined ? { values: {} } : { html: rendered((values['body'] ?? '').slice(0, 60_000)), values };
}
