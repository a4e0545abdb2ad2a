import type { Client } from '@libsql/client';
import type { Question as Statement } from '../database/batch.ts';
import type { Choice, Kind } from '../forms/access.ts';
import { newId } from '../platform/id.ts';
import { given, insertAll } from './given.ts';
import type { LineOf } from './line.ts';
import type { Spool } from './spool.ts';

interface Question {
  id: string;
  kind: Kind;
  pattern: string;
  choices: Choice[];
}

/** What tickets of a file can be asked: our ids of forms by their id, the file's and their English name, and questions by key. */
export interface Asked {
  forms: Map<string, string>;
  questions: Map<string, Question>;
}

type Found<Type extends 'field' | 'form'> = { number: number; id: string; ours: string; state: string; line: LineOf<Type> }[];

const inFile = <Type extends 'field' | 'form'>({ db }: Spool, type: Type) =>
  db.prepare("select l.number, l.id, l.ours, l.state, b.line from lines l join bodies b on b.number = l.number where l.type = ? and l.state <> 'bad'").all(type).map(({ line, ...row }) => ({ ...row, line: JSON.parse(line as string) })) as Found<Type>;

/** The forms and questions that are there, and those that the file brings, which are given our ids already. */
export async function askedAfter(client: Client, spool: Spool): Promise<Asked> {
  const [forms, fields] = await client.batch(['select id, name_en from ticket_forms order by position desc, id desc', 'select id, key, kind, pattern, choices from ticket_fields'], 'read');
  for (const [type, prefix] of [['field', 'fld'], ['form', 'frm']] as const) {
    const name = spool.db.prepare('update lines set ours = ? where number = ?');
    for (const { number } of spool.db.prepare("select number from lines where type = ? and state = 'new' and ours is null").all(type)) name.run(newId(prefix), number!);
  }
  const [broughtForms, broughtFields] = [inFile(spool, 'form'), inFile(spool, 'field').filter(({ state }) => state === 'new')];
  return {
    forms: new Map([...broughtForms.map(({ line, ours }) => [line.nameEn, ours] as const), ...forms!.rows.map(({ id, name_en }) => [name_en as string, id as string] as const), ...broughtForms.map(({ id, ours }) => [id, ours] as const), ...forms!.rows.map(({ id }) => [id as string, id as string] as const)]),
    questions: new Map<string, Question>([...broughtFields.map(({ ours, line: { key, kind, pattern, choices } }) => [key, { id: ours, kind, pattern, choices }] as const), ...fields!.rows.map(({ id, key, kind, pattern, choices }) => [key as string, { id, kind, pattern, choices: JSON.parse(choices as string) } as Question] as const)]),
  };
}

/** Finds out which questions of the forms that are new are nowhere: that is told, and the form goes in without them. */
export function checkForms(spool: Spool, { questions }: Asked, tell: (line: number, reason: string) => void): void {
  for (const { number, state, line } of inFile(spool, 'form')) {
    if (state !== 'new') continue;
    for (const { field, when } of line.questions) for (const key of [field, ...(when ? [when.field] : [])]) if (!questions.has(key)) tell(number, `questions: there is no question ${JSON.stringify(key)}`);
  }
}

/** The statement that writes statuses in own words. */
export const statusesWritten = (rows: { id: string; line: LineOf<'status'> }[]): Statement[] =>
  insertAll('ticket_statuses', rows.map(({ id, line: { agentEn, agentEl, customerEn, customerEl, category, position, active, ...line } }) => ({
    id, category, agent_en: agentEn, agent_el: agentEl, customer_en: customerEn, customer_el: customerEl, position, is_active: Number(active), created_at: Date.now(), import_id: line.id,
  })));

/** The statement that writes questions. */
export const fieldsWritten = (rows: { id: string; line: LineOf<'field'> }[]): Statement[] =>
  insertAll('ticket_fields', rows.map(({ id, line }) => ({
    id, key: line.key, kind: line.kind, label_en: line.labelEn, label_el: line.labelEl, hint_en: line.hintEn, hint_el: line.hintEl, pattern: line.pattern, choices: JSON.stringify(line.choices), created_at: Date.now(), import_id: line.id,
  })), 'on conflict (key) do nothing');

/** The statements that write forms with their questions. There is one form for everybody: where the workspace has it, it stays that. */
export const formsWritten = (rows: { id: string; line: LineOf<'form'> }[]): Statement[] => [
  ...given(
    rows.map(({ id, line }) => ({ id, en: line.nameEn, el: line.nameEl, about_en: line.descriptionEn, about_el: line.descriptionEl, position: line.position, active: Number(line.active), main: Number(line.default), at: Date.now(), line: line.id })),
    `insert into ticket_forms (id, name_en, name_el, description_en, description_el, position, is_active, is_default, created_at, import_id)
      select id, en, el, about_en, about_el, position, active, main and place = (select min(place) from given where main) and not exists (select 1 from ticket_forms where is_default = 1), at, line from given where true order by place`,
  ),
  ...given(
    rows.flatMap(({ id, line: { questions } }) => questions.map((one, at) => ({
      form: id, field: one.field, position: one.position ?? at, submits: Number(one.toSubmit), solves: Number(one.toSolve), visible: Number(one.visible), editable: Number(one.editable), awaited: one.when?.field ?? null, value: one.when?.value ?? null,
    }))),
    `insert into form_fields (form_id, field_id, position, to_submit, to_solve, is_visible, is_editable, when_field, when_value)
      select g.form, q.id, g.position, g.submits, g.solves, g.visible, g.editable, w.id, case when w.id is not null then g.value end from given g cross join ticket_fields q on q.key = g.field left join ticket_fields w on w.key = g.awaited where true on conflict do nothing`,
  ),
];

const flag = (value: unknown, usual: boolean) => (Boolean(value) === usual ? undefined : Boolean(value));

/** Columns of an export for the form of a row: its questions in their order, as JSON. */
export const QUESTIONS = `(select json_group_array(json_array(key, position, to_submit, to_solve, is_visible, is_editable, awaited, when_value)) from (select q.key, ff.*, w.key as awaited from form_fields ff join ticket_fields q on q.id = ff.field_id left join ticket_fields w on w.id = ff.when_field where ff.form_id = ticket_forms.id order by ff.position, ff.field_id)) questions`;

/** The same as a line has it. */
export const questionsTold = (json: string) =>
  (JSON.parse(json) as [string, number, number, number, number, number, string | null, string | null][]).map(([field, position, toSubmit, toSolve, visible, editable, awaited, value]) => ({
    field, position, toSubmit: flag(toSubmit, false), toSolve: flag(toSolve, false), visible: flag(visible, true), editable: flag(editable, true), when: awaited === null ? undefined : { field: awaited, value: value ?? '' },
  }));
