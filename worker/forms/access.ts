import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { invalid } from '../platform/refusal.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { type Question, told } from './judge.ts';
import { type Asking, foundFor, isLookup, nameBehind } from './lookups.ts';
import { type Answers, ticketFields, ticketForms } from './schema.ts';

export { type Asking, nameBehind, soughtIn } from './lookups.ts';
export { read as readAnswer } from './read.ts';
export type { Choice, Kind } from './schema.ts';
export { changed, isAsked, isLookup, isShown, judged, told, type Question, type Said } from './judge.ts';

const keeps = (viewer: Viewer) => can(viewer, 'settings.manage');
const seesAll = (viewer: Viewer) => can(viewer, 'tickets.see') || keeps(viewer);

/** Forms in use, for everybody who opens a ticket; the others for who keeps them. */
export const visibleForms = (db: Database, viewer: Viewer) => db.select().from(ticketForms).where(keeps(viewer) ? undefined : sql`${ticketForms.isActive} = 1`).as('forms');

/** Questions in themselves, for who keeps them. */
export const visibleFields = (db: Database, viewer: Viewer) => db.select().from(ticketFields).where(keeps(viewer) ? undefined : sql`false`).as('fields');

interface Row {
  id: string; key: string; kind: Question['kind']; labelEn: string; labelEl: string; hintEn: string; hintEl: string; pattern: string; choices: Question['choices'];
  toSubmit: 0 | 1; toSolve: 0 | 1; isVisible: 0 | 1; isEditable: 0 | 1; whenField: string | null; whenValue: string | null;
}

/** Names that were found in their order. */
const inOrder = (kind: Question['kind'], choices: Question['choices']) => (isLookup(kind) ? choices.toSorted((a, b) => a.en.localeCompare(b.en)) : choices);

const questionOf = ({ id, key, kind, labelEn, labelEl, hintEn, hintEl, pattern, choices, toSubmit, toSolve, isVisible, isEditable, whenField, whenValue }: Row): Question => ({
  id, key, kind, pattern, choices: inOrder(kind, choices), label: { en: labelEn, el: labelEl || labelEn }, hint: { en: hintEn, el: hintEl || hintEn },
  toSubmit: toSubmit === 1, toSolve: toSolve === 1, isVisible: isVisible === 1, isEditable: isEditable === 1, when: whenField === null ? null : { field: whenField, value: whenValue ?? '' },
});

/** JSON of questions as a query gives them. */
export const readQuestions = (json: string) => (JSON.parse(json) as Row[]).map(questionOf);

/** As one piece: of a query over one table, drizzle takes the table's name off columns, but not within a piece. */
const piece = <T>(inner: SQL, read: (json: string) => T) => sql<T>`${inner}`.mapWith(read);

const listed = (formId: SQLWrapper, where: SQL, choices = sql`q.choices`) => piece(sql`(select json_group_array(json_object('id', id, 'key', key, 'kind', kind, 'labelEn', label_en, 'labelEl', label_el, 'hintEn', hint_en, 'hintEl', hint_el, 'pattern', pattern, 'choices', json(found),
  'toSubmit', to_submit, 'toSolve', to_solve, 'isVisible', is_visible, 'isEditable', is_editable, 'whenField', when_field, 'whenValue', when_value))
  from (select q.*, ff.*, ${choices} as found from form_fields ff join ticket_fields q on q.id = ff.field_id where ff.form_id = ${formId} and ${where} order by ff.position, ff.field_id))`, readQuestions);

/** The questions of a form in their order, as far as the viewer sees them: customers those that are for them. Lookups come with what was found for them, where it is said how they are asked. */
export const questionsOf = (viewer: Viewer, formId: SQLWrapper, asking?: Asking) => listed(formId, seesAll(viewer) ? sql`true` : sql`ff.is_visible = 1`, asking && foundFor(viewer, asking));

/** All of them, for deciding only, never for showing. */
export const everyQuestionOf = (formId: SQLWrapper, viewer?: Viewer, asking?: Asking) => listed(formId, sql`true`, viewer && asking && foundFor(viewer, asking));

export type { Answers };

const readAnswers = (json: string): Answers => {
  const answers: Answers = {};
  for (const [field, value] of JSON.parse(json) as [string, string][]) (answers[field] ??= []).push(value);
  return answers;
};

/** The answers of a ticket, as far as the viewer sees them. Those to questions that its form does not ask are for staff. */
export const answersOf = (viewer: Viewer, ticket: { id: SQLWrapper; formId: SQLWrapper }) =>
  seesAll(viewer)
    ? everyAnswerOf(ticket.id)
    : piece(sql`(select json_group_array(json_array(field_id, value)) from (select v.field_id, v.value from ticket_values v join form_fields ff on ff.form_id = ${ticket.formId} and ff.field_id = v.field_id and ff.is_visible = 1 where v.ticket_id = ${ticket.id} order by v.field_id, v.place))`, readAnswers);

/** All of them, for deciding only. */
export const everyAnswerOf = (ticketId: SQLWrapper) => piece(sql`(select json_group_array(json_array(field_id, value)) from (select field_id, value from ticket_values where ticket_id = ${ticketId} order by field_id, place))`, readAnswers);

/** An answer as the API gives it: of lookups with the name. */
export type Field = ReturnType<typeof told> | { id: string; name: string };

type Given = [key: string, kind: Question['kind'], value: string, name: string];

const byKey = <T>(viewer: Viewer, ticket: { id: SQLWrapper; formId: SQLWrapper }, read: (some: Given[]) => T) => {
  const theirs = seesAll(viewer) ? sql`` : sql`join form_fields ff on ff.form_id = ${ticket.formId} and ff.field_id = v.field_id and ff.is_visible = 1`;
  const rows = sql`(select json_group_array(json_array(key, kind, value, name)) from (select q.key, q.kind, v.value, ${nameBehind(sql`q.kind`, sql`v.value`)} as name from ticket_values v join ticket_fields q on q.id = v.field_id ${theirs} where v.ticket_id = ${ticket.id} order by v.field_id, v.place))`;
  return piece<Record<string, T>>(rows, (json) => Object.fromEntries([...Map.groupBy(JSON.parse(json) as Given[], ([key]) => key)].map(([key, some]) => [key, read(some)])));
};

const plain = (some: Given[]) => told(some[0]![1], some.map(([, , value]) => value));

/** The answers of a ticket by key, as the log has them. */
export const loggedFieldsOf = (viewer: Viewer, ticket: { id: SQLWrapper; formId: SQLWrapper }) => byKey(viewer, ticket, plain);

/** The same as the API has them. */
export const fieldsOf = (viewer: Viewer, ticket: { id: SQLWrapper; formId: SQLWrapper }) => byKey<Field>(viewer, ticket, (some) => (isLookup(some[0]![1]) ? { id: some[0]![2], name: some[0]![3] } : plain(some)));

export interface Chosen {
  id: string;
  questions: Question[];
}

/** The form that a ticket is opened with, with every question, for deciding only: the one of this id, where none is said the one that is for everybody; null when there is no such in use. */
export const formToOpenWith = (viewer: Viewer, id: string | undefined, said: string | undefined) =>
  sql<Chosen | null>`(select json_object('id', f.id, 'questions', json(${everyQuestionOf(sql`f.id`, viewer, { said })})) from ticket_forms f where f.is_active = 1 and ${id ? sql`f.id = ${id}` : sql`f.is_default = 1`})`.mapWith((json: string | null) => {
    const found = json === null ? null : (JSON.parse(json) as { id: string; questions: Row[] });
    return found && { id: found.id, questions: found.questions.map(questionOf) };
  });

/** Labels of what a ticket still has to be answered before it is solved, in the viewer's language. */
export const unanswered = (viewer: Viewer, ticket: { id: SQLWrapper; formId: SQLWrapper }) => {
  const label = viewer.locale === 'el' ? sql`coalesce(nullif(q.label_el, ''), q.label_en)` : sql`q.label_en`;
  const has = (field: SQL, also = sql``) => sql`exists (select 1 from ticket_values v where v.ticket_id = ${ticket.id} and v.field_id = ${field}${also})`;
  return piece(sql`(select json_group_array(label) from (select ${label} as label from form_fields ff join ticket_fields q on q.id = ff.field_id where ff.form_id = ${ticket.formId} and ff.to_solve = 1
    and not ${has(sql`ff.field_id`)} and (ff.when_field is null or ${has(sql`ff.when_field`, sql` and v.value = ff.when_value`)}) order by ff.position, ff.field_id))`, (json) => JSON.parse(json) as string[]);
};

/** What is said to who solves a ticket that still has to be answered these. */
export const answerFirst = (labels: string[]) => `Answer these before you solve it: ${labels.join(', ')}`;

const isDone = (status: string) => status === 'solved' || status === 'closed';

/** Refuses to leave a ticket solved, as a wrong `status`, while it has to be answered something. */
export function maySolve(status: string | undefined, ticket: { status: string; unanswered: string[] }): void {
  if (!lacks(status, ticket)) return;
  throw invalid({ status: answerFirst(ticket.unanswered) });
}

/** Whether a ticket cannot have a status yet. */
export const lacks = (status: string | undefined, ticket: { status: string; unanswered: string[] }) => status !== undefined && isDone(status) && !isDone(ticket.status) && ticket.unanswered.length > 0;
