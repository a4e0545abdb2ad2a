import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import type { Database } from '../database/open.ts';
import type { Writing } from '../platform/operation.ts';
import { moment } from '../platform/schema.ts';
import { raw } from '../platform/statement.ts';
import { tickets } from '../tickets/schema.ts';

/** What an answer is: a line, a text, a number, a day, one of a list, several of it, a tick, a line of a given shape, or who or which account is meant (`lookups.ts`). */
export const kinds = ['text', 'long', 'number', 'date', 'choice', 'multi', 'checkbox', 'pattern', 'account', 'person', 'contact'] as const;
export type Kind = (typeof kinds)[number];

/** What can be chosen: what is kept, and what people read; of a person also the handle. */
export interface Choice {
  value: string;
  en: string;
  el: string;
  handle?: string;
}

/** Sets of questions that a ticket can be opened with. One of those in use can be what people get who chose none. */
export const ticketForms = sqliteTable('ticket_forms', {
  id: text().primaryKey(),
  nameEn: text().notNull(),
  nameEl: text().notNull().default(''),
  descriptionEn: text().notNull().default(''),
  descriptionEl: text().notNull().default(''),
  position: integer().notNull().default(0),
  isActive: integer({ mode: 'boolean' }).notNull().default(true),
  isDefault: integer({ mode: 'boolean' }).notNull().default(false),
  createdAt: moment().notNull(),
});

/** Questions. `key` is their name in addresses and in the API; it and `kind` stay. `pattern` is there for lines of a shape, `choices` for lists. */
export const ticketFields = sqliteTable('ticket_fields', {
  id: text().primaryKey(),
  key: text().notNull().unique(),
  kind: text({ enum: kinds }).notNull(),
  labelEn: text().notNull(),
  labelEl: text().notNull().default(''),
  hintEn: text().notNull().default(''),
  hintEl: text().notNull().default(''),
  pattern: text().notNull().default(''),
  choices: text({ mode: 'json' }).$type<Choice[]>().notNull().default([]),
  createdAt: moment().notNull(),
});

/** A question in a form: whether it has to be answered to send or to solve, whether customers see and answer it, and which answer to an earlier one it waits for. */
export const formFields = sqliteTable(
  'form_fields',
  {
    formId: text().notNull().references(() => ticketForms.id, { onDelete: 'cascade' }),
    fieldId: text().notNull().references(() => ticketFields.id, { onDelete: 'cascade' }),
    position: integer().notNull().default(0),
    toSubmit: integer({ mode: 'boolean' }).notNull().default(false),
    toSolve: integer({ mode: 'boolean' }).notNull().default(false),
    isVisible: integer({ mode: 'boolean' }).notNull().default(true),
    isEditable: integer({ mode: 'boolean' }).notNull().default(true),
    whenField: text().references(() => ticketFields.id),
    whenValue: text(),
  },
  (t) => [primaryKey({ columns: [t.formId, t.fieldId] })],
);

/** Answers: a row a value. */
const ticketValues = sqliteTable(
  'ticket_values',
  {
    ticketId: text().notNull().references(() => tickets.id, { onDelete: 'cascade' }),
    fieldId: text().notNull().references(() => ticketFields.id),
    place: integer().notNull().default(0),
    value: text().notNull(),
    /** The merge that brought it, where the ticket had no answer of its own. */
    mergeId: text(),
  },
  (t) => [primaryKey({ columns: [t.ticketId, t.fieldId, t.place] })],
);

/** Id of a question → its values, none for no answer. */
export type Answers = Record<string, string[]>;

const CHOOSE = 'Choose from the list.';

const one = z.union([z.string().max(20_000, 'Keep it under 5,000 characters.'), z.number(), z.boolean(), z.null(), z.array(z.union([z.string().max(200, CHOOSE), z.number()]), { error: CHOOSE }).max(100, CHOOSE)], { error: CHOOSE });

/** What was answered to the questions of a form, by their keys. */
export const Answering = z.record(z.string().max(60), one, { error: CHOOSE }).refine((given) => Object.keys(given).length <= 200, 'There are not that many questions.').default({});

/** The statements that keep answers of a ticket; those of questions that are not named stay. */
export function answered(db: Database, ticketId: string, answers: Answers, isNew = false): Writing[] {
  const rows = Object.entries(answers).flatMap(([fieldId, values]) => values.map((value, place) => ({ ticketId, fieldId, place, value })));
  const gone = raw('delete from ticket_values where ticket_id = ? and field_id in (select value from json_each(?))', [ticketId, JSON.stringify(Object.keys(answers))]);
  return [...(isNew || Object.keys(answers).length === 0 ? [] : [gone]), ...(rows.length > 0 ? [db.insert(ticketValues).values(rows)] : [])];
}

/** The statement that gives a ticket the answers of another, as far as it has none. */
export const answersCopied = (from: string, to: string): Writing =>
  raw('insert into ticket_values (ticket_id, field_id, place, value) select ?, field_id, place, value from ticket_values where ticket_id = ? on conflict do nothing', [to, from]);
