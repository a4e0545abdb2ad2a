import { z } from 'zod';
import type { Call, Route } from '../platform/api.ts';
import { notFound } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { kinds } from './input.ts';
import type { Question } from './judge.ts';
import { formsToAsk } from './queries.ts';

const both = z.object({ en: is.text, el: is.text });
const form = z.object({ id: is.text, name: both, description: both, isDefault: z.boolean().describe('Whether tickets get it that name none.') });
const question = z.object({
  key: is.text.describe('Its name in the `fields` of a ticket.'), kind: z.enum(kinds), label: both, hint: both, pattern: is.text.describe('`#` a digit, `?` a letter, `*` either, `|` between shapes.'), choices: z.array(z.object({ value: is.text, en: is.text, el: is.text, handle: is.text.optional() })).describe('Of people and accounts those that you may choose; staff find them with `find`.'),
  required: z.boolean(), editable: z.boolean(), when: z.object({ key: is.text, value: is.text }).nullable().describe('The answer that it waits for.'),
});

type Found = Awaited<ReturnType<typeof formsOf>>[number];

/** `firm=Acme` → what is looked for, by key. */
function soughtBy(find = ''): Record<string, string> {
  const [key, ...rest] = find.split('=');
  return { [key!]: rest.join('=') };
}

async function formsOf({ portal, query }: Call, id: string) {
  const [forms] = await portal.load(formsToAsk(id, soughtBy(query['find'])));
  return forms;
}

const formShown = ({ id, nameEn, nameEl, descriptionEn, descriptionEl, isDefault }: Found) => ({ id, name: { en: nameEn, el: nameEl || nameEn }, description: { en: descriptionEn, el: descriptionEl || descriptionEn }, isDefault });

const shown = (all: Question[]) =>
  all.map(({ key, kind, label, hint, pattern, choices, toSubmit, isEditable, when }) => ({ key, kind, label, hint, pattern, choices, required: toSubmit, editable: isEditable, when: when && { key: all.find(({ id }) => id === when.field)?.key ?? '', value: when.value } }));

export const formsApi: Route[] = [
  { method: 'get', path: '/forms', summary: 'The forms that a ticket can be opened with', response: z.object({ items: z.array(form), next: z.null() }), handle: async (call) => ({ items: (await formsOf(call, '')).map(formShown), next: null }) },
  {
    method: 'get', path: '/forms/{id}', summary: 'A form with the questions that it asks you', query: { find: 'The key of a question about people or accounts, `=` and the beginning of a name or an address of mail (staff).' }, response: form.extend({ questions: z.array(question) }),
    async handle(call) {
      const found = (await formsOf(call, call.params['id']!)).find(({ id }) => id === call.params['id']);
      if (!found) throw notFound();
      return { ...formShown(found), questions: shown(found.questions ?? []) };
    },
  },
];
