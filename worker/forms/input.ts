import { z } from 'zod';
import { line, numberOf, said, ticked, words } from '../platform/input.ts';
import { Answering, kinds } from './schema.ts';

export { kinds, type Choice, type Kind } from './schema.ts';

const CHOOSE = 'Choose from the list.';

const id = z.string().max(80);
const name = line(120, 'Write a name.', 'Keep the name under 120 characters.');
const alsoName = said(line(120, 'Write a name.', 'Keep the name under 120 characters.')).transform((text) => text ?? '');
const remark = said(words(1_000, 'Write a text.', 'Keep it under 1,000 characters.')).transform((text) => text ?? '');
const position = z.coerce.number({ error: 'Write a whole number.' }).int('Write a whole number.').min(-1_000, 'Write a whole number.').max(1_000, 'Write a whole number.').default(0);

/** `id` is left out of a new one. */
export const Form = z.object({ id: id.optional(), nameEn: name, nameEl: alsoName, descriptionEn: remark, descriptionEl: remark, position, isActive: ticked.default(false), isDefault: ticked.default(false) });

/** One a line: `value | English | Greek`, or only what is both kept and shown. */
const choices = z
  .string()
  .default('')
  .transform((text) => text.split('\n').map((row) => row.split('|').map((part) => part.trim().toWellFormed())).filter(([value]) => value).map(([value = '', en = '', el = '']) => ({ value, en: en || value, el })))
  .pipe(z.array(z.object({ value: z.string().max(60, 'Keep each choice under 60 characters.'), en: z.string().max(120, 'Keep each choice under 120 characters.'), el: z.string().max(120, 'Keep each choice under 120 characters.') })).max(200, 'Two hundred choices at most.'))
  .refine((list) => new Set(list.map(({ value }) => value)).size === list.length, 'Two choices are the same.');

/** `id` is left out of a new one; of another, `key` and `kind` stay what they are. */
export const Field = z.object({
  id: id.optional(),
  key: z.string().trim().toLowerCase().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Use letters a to z, digits and _, a letter first.'),
  kind: z.enum(kinds, { error: CHOOSE }),
  labelEn: line(200, 'Write the question.', 'Keep the question under 200 characters.'),
  labelEl: said(line(200, 'Write the question.', 'Keep the question under 200 characters.')).transform((text) => text ?? ''),
  hintEn: remark,
  hintEl: remark,
  pattern: z.string().trim().max(200, 'Keep the shape under 200 characters.').default(''),
  choices,
});

/** A question in a form. `when` is `id of a question:answer`, or nothing. */
export const Place = z.object({
  form: id,
  field: id.min(1, CHOOSE),
  position,
  toSubmit: ticked.default(false),
  toSolve: ticked.default(false),
  isVisible: ticked.default(false),
  isEditable: ticked.default(false),
  when: said(z.string().max(200).regex(/^[\w-]+:./, CHOOSE)),
});

export const OnePlace = z.object({ form: id, field: id });
export const OneField = z.object({ id });

/** What is left out stays. `form` is an id, or nothing for none; staff alone change it. `revision` is the one that was on the screen. */
export const Filling = z.object({
  number: numberOf,
  form: z.string().max(80).nullish(),
  fields: Answering,
  revision: said(z.coerce.number().int().nonnegative()),
});
