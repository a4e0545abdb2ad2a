import { z } from 'zod';
import { attached } from '../attachments/schema.ts';
import { line, said, tags, words } from '../platform/input.ts';
import { answered, priorities } from '../tickets/schema.ts';
import { placeholders, unknownIn } from './placeholders.ts';
import type { Actions } from './schema.ts';

export { answered, priorities };

/** How a refusal names the places that there are. */
const KNOWN = `Use only these placeholders: ${placeholders.map((name) => `{{${name}}}`).join(', ')}.`;

const text = said(words(20_000, 'Write a text.', 'Keep it under 20,000 characters.').refine((typed) => unknownIn(typed).length === 0, KNOWN));

/** What is said of a macro, by the names of its fields. */
export const MacroFields = z.object({
  /** Left out of a new one. */
  id: z.string().max(80).optional(),
  name: line(80, 'Write a name.', 'Keep the name under 80 characters.'),
  folder: said(line(60, 'Write a folder.', 'Keep the folder under 60 characters.')),
  whose: z.enum(['own', 'group', 'all'], { error: 'Choose whose it is.' }).default('own'),
  /** The group that it is of, for `whose` group. */
  group: z.string().max(80).default(''),
  visibility: z.enum(['public', 'internal'], { error: 'Choose whether the customer sees this.' }).default('public'),
  en: text,
  el: text,
  status: said(z.union([z.enum(answered), z.templateLiteral(['sts_', z.string().regex(/^\w{1,76}$/)])], { error: 'Choose a status from the list.' })),
  priority: said(z.enum(priorities, { error: 'Choose a priority from the list.' })),
  assignee: said(z.enum(['me', 'nobody'], { error: 'Choose someone from the list.' })),
  addTags: z.preprocess((value) => value ?? '', tags),
  removeTags: z.preprocess((value) => value ?? '', tags),
  /** Files that come to it, and, where it is said, which of those that it has stay. */
  attachments: attached,
  stay: z.preprocess((value) => (value === undefined ? undefined : [value].flat().filter(Boolean)), attached.optional()),
});

/** A macro as it is kept: it says something in some language, or changes something. */
export const Macro = MacroFields
  .transform(({ attachments, stay, en, el, status, priority, assignee, addTags, removeTags, ...kept }) => {
    const actions: Actions = { ...(status && { status }), ...(priority && { priority }), ...(assignee && { assignee }), ...(addTags.length > 0 && { addTags }), ...(removeTags.length > 0 && { removeTags }) };
    return { ...kept, files: { come: attachments, stay }, texts: { ...(en && { en }), ...(el && { el }) }, actions };
  })
  .refine(({ texts, actions }) => Object.keys(texts).length + Object.keys(actions).length > 0, { path: ['en'], error: 'Write a text, or choose what it changes.' });

export const OneMacro = z.object({ id: z.string().max(80) });
