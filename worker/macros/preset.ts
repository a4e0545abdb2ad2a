import type { Locale } from '../platform/viewer.ts';
import { filledIn, textFor, type Values } from './placeholders.ts';
import type { Actions } from './schema.ts';

interface Macro {
  id: string;
  name: string;
  texts: Partial<Record<Locale, string>>;
  visibility: 'public' | 'internal';
  actions: Actions;
  /** Copies of these come with the text. */
  attachments: { id: string; name: string }[];
}

interface Ticket {
  tags: string[];
  requester: { locale: Locale };
}

/** What a macro puts into the forms of a ticket, as their fields say it. What it leaves alone is undefined. */
export function presetBy({ id, name, texts, visibility, actions, attachments }: Macro, ticket: Ticket, values: Values) {
  const { status, priority, assignee, addTags = [], removeTags = [] } = actions;
  const tags = [...new Set([...ticket.tags.filter((tag) => !removeTags.includes(tag)), ...addTags])];
  return {
    id, name, visibility, status, priority, assignee, attachments,
    body: filledIn(textFor(texts, ticket.requester.locale), values),
    tags: addTags.length + removeTags.length > 0 ? tags.join(', ') : undefined,
  };
}

export type Preset = ReturnType<typeof presetBy>;

/** What a macro changes, as the fields of a form for many tickets say it. */
export const wishOf = ({ status, priority, assignee, addTags = [], removeTags = [] }: Actions): Record<string, string> => ({
  status: status ?? '', priority: priority ?? '', assignee: assignee === 'nobody' ? 'none' : (assignee ?? ''), addTags: addTags.join(', '), removeTags: removeTags.join(', '),
});
