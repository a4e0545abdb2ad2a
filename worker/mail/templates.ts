import { escaped } from '../platform/html.ts';
import { type Letter, letter, type Values } from '../platform/mail.ts';
import { paragraph, type Said, withinOne } from '../platform/said.ts';

/** The words that a workspace chose for a letter: `{{name}}` is filled in; an empty line ends a paragraph. */
export interface Template {
  subject: string;
  text: string;
}

const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The names in a text that are none of these. */
export const strangersIn = (text: string, names: readonly string[]) => [...text.matchAll(PLACE)].map(([, name]) => name!).filter((name) => !names.includes(name));

const plain = (value: string | Said | undefined) => (typeof value === 'object' ? value.text : (value ?? ''));

const filled = (text: string, values: Values) => text.replace(PLACE, (_, name: string) => plain(values[name]));

/** A paragraph of a template. What somebody said stands in it where it is one paragraph itself, and by itself where it is more. */
function paragraphIn(text: string, values: Values): Said[] {
  const blocks: Said[] = [];
  let open: Said = { text: '', html: '' };
  const end = () => {
    if (open.text.trim()) blocks.push({ text: open.text.trim(), html: paragraph(open.html.trim()) });
    open = { text: '', html: '' };
  };
  text.split(PLACE).forEach((piece, i) => {
    const said = i % 2 === 0 ? piece : (values[piece] ?? '');
    const inner = typeof said === 'string' ? escaped(said) : withinOne(said);
    if (inner === undefined) {
      end();
      blocks.push(said as Said);
    } else open = { text: open.text + plain(said), html: open.html + inner };
  });
  end();
  return blocks;
}

/** A letter in the words of a template, with the same button, code and end. Never throws: what cannot be said so stays as it was. */
export function reworded(original: Letter, template: Template | undefined): Letter {
  if (!template || !original.draft) return original;
  try {
    const { values, ...parts } = original.draft;
    const lead = template.text.split(/\n{2,}/).flatMap((one) => paragraphIn(one, values));
    const subject = filled(template.subject, values).trim();
    return lead.length === 0 || subject === '' ? original : letter({ ...original, ...parts, lead, subject });
  } catch {
    return original;
  }
}

/** What a letter says, as a template that would say the same. */
export function templateOf({ subject, draft }: Letter): Template {
  const values = Object.entries(draft?.values ?? {}).filter(([, value]) => plain(value) !== '').sort(([, a], [, b]) => plain(b).length - plain(a).length);
  const opened = (text: string) => values.reduce((said, [name, value]) => said.replaceAll(plain(value), `{{${name}}}`), text);
  return { subject: opened(subject), text: (draft?.lead ?? []).map((one) => opened(plain(one))).join('\n\n') };
}
