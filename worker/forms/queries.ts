import { and, asc, eq, type SQLWrapper, sql } from 'drizzle-orm';
import { revisionOf } from '../platform/outbox.ts';
import { many, maybe, one } from '../platform/query.ts';
import { nothing } from '../platform/seldom.ts';
import { written } from '../platform/statement.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { isCopied, ledTo, takesPart, visibleTickets } from '../tickets/access.ts';
import { type Answers, answersOf, type Asking, everyAnswerOf, everyQuestionOf, nameBehind, type Question, questionsOf, readQuestions, soughtIn, visibleFields, visibleForms } from './access.ts';

const titles = (form: ReturnType<typeof visibleForms>) => ({ id: form.id, nameEn: form.nameEn, nameEl: form.nameEl, descriptionEn: form.descriptionEn, descriptionEl: form.descriptionEl, isDefault: form.isDefault });

type Given = Record<string, unknown>;

/** The forms in use, in their order, with the questions of the one of this id, or, when that is empty, of the one for everybody; for lookups staff find what was said. */
export const formsToAsk = many(
  written(
    (id: string, said: Given = {}) => ({ id, isNamed: id !== '', said: soughtIn(said) }),
    (db, viewer, { id, isNamed, said }) => {
      const form = visibleForms(db, viewer);
      return db
        .select({ ...titles(form), questions: sql<Question[] | null>`case when ${isNamed ? sql`${form.id} = ${id}` : sql`${form.isDefault} = 1`} then ${questionsOf(viewer, form.id, { said })} end`.mapWith(readQuestions).as('questions') })
        .from(form)
        .where(eq(form.isActive, true))
        .orderBy(asc(form.position), asc(form.id))
        .limit(50);
    },
  ),
);

/** What a ticket was asked and what it answered, as far as the viewer sees it, with the other forms that staff may give it; undefined when there is no such ticket for them. Where it `isAsked`, and was nothing, only the forms. */
export const formOfTicket = maybe(
  written(
    (number: number, said: Given = {}, isAsked = true) => ({ number, said: soughtIn(said), isAsked }),
    (db, viewer, { number, said, isAsked }) => {
      const ticket = visibleTickets(db, viewer);
      const forms = can(viewer, 'tickets.see') ? sql`(select json_group_array(json_array(id, name_en, name_el)) from (select f.id, f.name_en, f.name_el from ticket_forms f where f.is_active = 1 or f.id = ${ticket.formId} order by f.position, f.id))` : sql`'[]'`;
      return db
        .select({
          formId: ticket.formId, ...(isAsked ? { questions: questionsOf(viewer, ticket.formId, askingOf(ticket, said)).as('questions'), answers: answersOf(viewer, ticket).as('answers'), left: leftOver(viewer, ticket).as('left_over') } : nothingAsked),
          forms: sql<[string, string, string][]>`${forms}`.mapWith((json: string) => JSON.parse(json)).as('forms'), revision: sql<number>`${revisionOf(ticket.id)}`.as('revision'),
        })
        .from(ticket)
        .where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
    },
  ),
);

const nothingAsked = { questions: nothing<Question[]>([]).as('questions'), answers: nothing<Answers>({}).as('answers'), left: nothing<[string, string][]>([]).as('left_over') };

const askingOf = ({ id, accountId, requesterId }: ReturnType<typeof visibleTickets>, said: Asking['said']): Asking => ({ said, ticket: { id, accountId, requesterId } });

/** For staff: answers to what the ticket's form does not ask, by label, both in their language. */
function leftOver(viewer: Viewer, ticket: ReturnType<typeof visibleTickets>) {
  const asked = sql`exists (select 1 from form_fields ff where ff.form_id = ${ticket.formId} and ff.field_id = v.field_id)`;
  const label = sql.raw(viewer.locale === 'el' ? "coalesce(nullif(q.label_el, ''), q.label_en)" : 'q.label_en');
  const said = sql.raw(viewer.locale === 'el' ? "coalesce(nullif(c.value ->> 'el', ''), c.value ->> 'en')" : "c.value ->> 'en'");
  const choice = sql`(select ${said} from json_each(q.choices) c where c.value ->> 'value' = v.value)`;
  const rows = sql`select ${label} as label, coalesce(${choice}, ${nameBehind(sql`q.kind`, sql`v.value`)}) as value from ticket_values v join ticket_fields q on q.id = v.field_id where v.ticket_id = ${ticket.id} and not ${asked} order by v.field_id, v.place`;
  return sql<[string, string][]>`${can(viewer, 'tickets.see') ? sql`(select json_group_array(json_array(label, value)) from (${rows}))` : sql`'[]'`}`.mapWith(JSON.parse);
}

/** What filling in is decided on: the ticket with all its answers, and every question of the form that it has or, when `form` is said, is to have. */
export const ticketToFill = one((db, viewer, number: number, form: string | null | undefined, said: Given) => {
  const ticket = visibleTickets(db, viewer);
  const target = form === undefined ? ticket.formId : sql`${form}`;
  return db
    .select({
      id: ticket.id, number: ticket.number, requesterId: ticket.requesterId, accountId: ticket.accountId, status: ticket.status, formId: ticket.formId, revision: sql<number>`${revisionOf(ticket.id)}`.as('revision'),
      isCopied: isCopied(viewer, ticket.id).as('is_copied'), asked: sql<number>`${number}`.as('asked'), takesPart: takesPart(viewer, ticket.id).as('takes_part'),
      formFound: sql<string | null>`(select id from ticket_forms f where f.id = ${target} and (f.is_active = 1 or f.id = ${ticket.formId}))`.as('form_found'),
      questions: everyQuestionOf(target, viewer, askingOf(ticket, soughtIn(said))).as('questions'), answers: everyAnswerOf(ticket.id).as('answers'),
    })
    .from(ticket)
    .where(sql`${ticket.id} = ${ledTo(viewer, number)}`);
});

/** Every form, in use or not, in its order, with how many tickets have it. For who keeps the settings. */
export const allForms = many(
  written(
    () => ({}),
    (db, viewer) => {
      const form = visibleForms(db, viewer);
      const asks = sql<number>`${sql`(select count(*) from form_fields ff where ff.form_id = ${form.id})`}`.as('asks');
      return db.select({ ...titles(form), isActive: form.isActive, position: form.position, asks }).from(form).where(settings(viewer)).orderBy(asc(form.position), asc(form.id)).limit(200);
    },
  ),
);

const settings = (viewer: Viewer) => (can(viewer, 'settings.manage') ? undefined : sql`false`);

/** Id of a question → where it stands in a form. */
const placesIn = (formId: SQLWrapper) => sql<Record<string, number>>`${sql`(select json_group_object(field_id, position) from form_fields where form_id = ${formId})`}`.mapWith((json: string) => JSON.parse(json) as Record<string, number>).as('placed');

/** A form with its questions, for who keeps the settings. */
export const formById = maybe(
  written(
    (id: string) => ({ id }),
    (db, viewer, { id }) => {
      const form = visibleForms(db, viewer);
      const placed = placesIn(form.id);
      return db.select({ ...titles(form), isActive: form.isActive, position: form.position, placed, questions: questionsOf(viewer, form.id).as('questions') }).from(form).where(and(eq(form.id, id), settings(viewer)));
    },
  ),
);

/** Every question by key, with the forms that ask it. For who keeps the settings. */
export const allFields = many(
  written(
    () => ({}),
    (db, viewer) => {
      const field = visibleFields(db, viewer);
      const forms = sql<string[]>`${sql`(select json_group_array(f.name_en) from form_fields ff join ticket_forms f on f.id = ff.form_id where ff.field_id = ${field.id})`}`.mapWith((json: string) => JSON.parse(json)).as('forms');
      return db.select({ id: field.id, key: field.key, kind: field.kind, labelEn: field.labelEn, labelEl: field.labelEl, hintEn: field.hintEn, hintEl: field.hintEl, pattern: field.pattern, choices: field.choices, forms }).from(field).orderBy(asc(field.key)).limit(500);
    },
  ),
);

/** What keeping a form is decided on. Always one row. */
export const formToKeep = one((db, viewer, id: string) => {
  const form = visibleForms(db, viewer);
  return db.select({ found: form.id, revision: revisionOf(sql`${id}`).as('revision') }).from(sql`(select 1)`).leftJoin(form, and(eq(form.id, id), settings(viewer)));
});

/** What keeping a question is decided on: the one of this id, whether its key is another's, and which of its answers others wait for. Always one row. */
export const fieldToKeep = one((db, viewer, id: string, key: string) => {
  const field = visibleFields(db, viewer);
  return db
    .select({
      found: field.id, key: field.key, kind: field.kind, revision: revisionOf(sql`${id}`).as('revision'),
      taken: sql<boolean>`exists (select 1 from ticket_fields where key = ${key} and id <> ${id})`.mapWith(Boolean).as('taken'),
      awaited: sql<string[]>`(select json_group_array(when_value) from form_fields where when_field = ${id})`.mapWith((json: string) => JSON.parse(json) as string[]).as('awaited'),
    })
    .from(sql`(select 1)`)
    .leftJoin(field, eq(field.id, id));
});

/** A question, with whether tickets carry answers to it and whether others wait for it. */
export const fieldToRemove = one((db, viewer, id: string) => {
  const field = visibleFields(db, viewer);
  return db
    .select({
      id: field.id, key: field.key, isAnswered: sql<boolean>`exists (select 1 from ticket_values where field_id = ${id})`.mapWith(Boolean).as('is_answered'),
      isAwaited: sql<boolean>`exists (select 1 from form_fields where when_field = ${id})`.mapWith(Boolean).as('is_awaited'),
    })
    .from(field)
    .where(eq(field.id, id));
});

/** What placing a question in a form is decided on: the form, its questions with where each stands, and the question itself, null when there is none. */
export const formToPlaceIn = one((db, viewer, id: string, wanted: string) => {
  const [form, field] = [visibleForms(db, viewer), visibleFields(db, viewer)];
  const placed = placesIn(form.id);
  return db
    .select({ id: form.id, placed, questions: everyQuestionOf(form.id).as('questions'), fieldId: field.id, key: field.key, kind: field.kind })
    .from(form)
    .leftJoin(field, eq(field.id, wanted))
    .where(and(eq(form.id, id), settings(viewer)));
});
