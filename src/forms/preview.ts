import type { AstroGlobal } from 'astro';
import type { Attachment } from '../../worker/attachments/told.ts';
import { rendered } from '../../worker/platform/markdown.ts';
import type { Issues } from '../../worker/platform/refusal.ts';
import { filesOf, formOf, saidIn } from './submit.ts';

export interface Preview {
  /** Whether the form was sent by its preview button. */
  asked: boolean;
  /** Safe HTML of the field `body`, drawn when it is first looked at; undefined when nobody asked. */
  readonly html: string | undefined;
  values: Record<string, string>;
  /** The files that came with it, and why others were not kept. */
  kept: Attachment[];
  issues: Issues;
}

/** A form sent by a button named `preview` changes nothing: the page shows what its text will look like, and keeps every value and file. */
export async function previewOf(astro: AstroGlobal): Promise<Preview> {
  if (astro.request.method !== 'POST') return NONE;
  const form = await formOf(astro.request).catch((): Record<string, unknown> => ({}));
  if (form['preview'] === undefined) return NONE;
  const values = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)]));
  const { all, refusal } = await filesOf(astro);
  let html: string | undefined;
  return {
    asked: true,
    values,
    kept: all,
    issues: refusal ? saidIn(astro, refusal).issues : {},
    get html() {
      return (html ??= rendered((values['body'] ?? '').slice(0, 60_000)));
    },
  };
}

const NONE: Preview = { asked: false, html: undefined, values: {}, kept: [], issues: {} };
