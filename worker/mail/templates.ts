import { type Letter, letter } from '../platform/mail.ts';

/** The words that a workspace chose for a letter: `{{name}}` is filled in; an empty line ends a paragraph. */
export interface Template {
  subject: string;
  text: string;
}

const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The names in a text that are none of these. */
export const strangersIn = (text: string, names: readonly string[]) => [...text.matchAll(PLACE)].map(([, name]) => name!).filter((name) => !names.includes(name));

const filled = (text: string, values: Record<string, string>) => text.replace(PLACE, (_, name: string) => values[name] ?? '');

/** A letter in the words of a template, with the same button, code and end. Never throws: what cannot be said so stays as it was. */
export function reworded(original: Letter, template: Template | undefined): Letter {
  if (!template || !original.draft) return original;
  try {
    const { values, ...parts } = original.draft;
    const lead = template.text.split(/\n{2,}/).map((paragraph) => filled(paragraph, values).trim()).filter(Boolean);
    const subject = filled(template.subject, values).trim();
    return lead.length === 0 || subject === '' ? original : letter({ ...original, ...parts, lead, subject });
  } catch {
    return original;
  }
}

/** What a letter says, as a template that would say the same. */
export function templateOf({ subject, draft }: Letter): Template {
  const values = Object.entries(draft?.values ?? {}).filter(([, value]) => value !== '').sort(([, a], [, b]) => b.length - a.length);
  const opened = (text: string) => values.reduce((said, [name, value]) => said.replaceAll(value, `{{${name}}}`), text);
  return { subject: opened(subject), text: (draft?.lead ?? []).map(opened).join('\n\n') };
}
