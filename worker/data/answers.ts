import type { Client } from '@libsql/client';
import type { Question } from '../database/batch.ts';
import { isLookup, type Kind as FieldKind, readAnswer, told } from '../forms/access.ts';
import { fetchOutside } from './check.ts';
import { type Asked, askedAfter, checkForms } from './forms.ts';
import { given } from './given.ts';
import type { Kind } from './kinds.ts';
import type { LineOf } from './line.ts';
import type { Spool } from './spool.ts';

/** What a ticket of a file answered: our id of its form, and by our ids of questions what is kept. Of lookups what is kept is what the file names until it is written. */
export interface Answered {
  form: string | null;
  answers: { field: string; lookup: Kind | null; values: string[] }[];
}

interface Asking {
  client: Client;
  spool: Spool;
  /** What does not go in. */
  tell: (line: number, reason: string) => void;
}

const targetOf = (kind: FieldKind): Kind | null => (kind === 'account' ? 'account' : isLookup(kind) ? 'user' : null);

/** Finds out what the answers of the tickets that are new mean here, or with what the file brings. A form or question that is nowhere, and an answer that does not fit, is told and left out; the ticket goes in. */
export async function checkAnswers(setting: Asking): Promise<void> {
  const { client, spool: { db }, tell } = setting;
  const here = await askedAfter(client, setting.spool);
  checkForms(setting.spool, here, tell);
  const numbers = db.prepare("select a.number from asked a join lines l on l.number = a.number and l.state = 'new' order by a.number").all().map(({ number }) => number as number);
  if (numbers.length === 0) return;
  const lineOf = db.prepare('select line from bodies where number = ?');
  const keep = db.prepare('update asked set answers = ? where number = ?');
  const name = db.prepare('insert or ignore into named (type, id) values (?, ?)');
  for (const number of numbers) {
    const answered = meant(JSON.parse(lineOf.get(number)!['line'] as string), here, (reason) => tell(number, reason));
    for (const { lookup, values } of answered.answers) if (lookup) name.run(lookup, values[0]!);
    keep.run(JSON.stringify(answered), number);
  }
  await findNamed(setting);
  const read = db.prepare('select answers from asked where number = ?');
  for (const number of numbers) {
    const { form, answers } = JSON.parse(read.get(number)!['answers'] as string) as Answered;
    if (answers.some(({ lookup }) => lookup)) keep.run(JSON.stringify({ form, answers: answers.filter((one) => isThere(one, number, setting)) }), number);
  }
}

function meant({ form, fields = {} }: LineOf<'ticket'>, { forms, questions }: Asked, tell: (reason: string) => void): Answered {
  const id = form ? (forms.get(form) ?? null) : null;
  if (form && id === null) tell(`form: there is no form ${JSON.stringify(form)}`);
  return { form: id, answers: Object.entries(fields).flatMap(([key, value]) => answerTo(questions.get(key), value, (reason) => tell(`fields.${key}: ${reason}`))) };
}

function answerTo(question: (Asked['questions'] extends Map<string, infer Q> ? Q : never) | undefined, value: NonNullable<LineOf<'ticket'>['fields']>[string], wrong: (reason: string) => void): Answered['answers'] {
  if (!question) {
    wrong('there is no question with this key');
    return [];
  }
  const lookup = targetOf(question.kind);
  const values = lookup ? [String(value)] : readAnswer(question, value, []);
  if (typeof values !== 'string') return [{ field: question.id, lookup, values }];
  wrong(`${JSON.stringify(value)} is no answer to it`);
  return [];
}

/** Looks in the workspace for people and accounts that answers name and the file does not hold. */
async function findNamed(setting: Asking): Promise<void> {
  const outside = setting.spool.db.prepare("select id from named where type = ? and not exists (select 1 from lines o where o.type = named.type and o.id = named.id and o.state <> 'bad')");
  for (const kind of ['user', 'account'] as const) await fetchOutside(outside.all(kind), [kind], { ...setting, progress: () => {} });
}

function isThere({ lookup, values }: Answered['answers'][number], number: number, { spool: { db }, tell }: Asking): boolean {
  const isMissing = lookup !== null && !db.prepare("select 1 from lines where type = ? and id = ? and state <> 'bad'").get(lookup, values[0]!);
  if (isMissing) tell(number, `fields: there is no ${lookup} ${JSON.stringify(values[0])}`);
  return !isMissing;
}

/** What was found of a ticket's answers, its lookups by our ids; those come into the workspace before it. */
export function answersIn({ db }: Spool, number: number): Answered | undefined {
  const row = db.prepare('select answers from asked where number = ? and answers is not null').get(number) as { answers: string } | undefined;
  if (!row) return undefined;
  const { form, answers } = JSON.parse(row.answers) as Answered;
  const ours = db.prepare('select ours from lines where type = ? and id = ? and ours is not null');
  const idOf = (type: Kind, id: string) => (ours.get(type, id) as { ours: string } | undefined)?.ours;
  return { form, answers: answers.map((one) => (one.lookup ? { ...one, values: one.values.flatMap((id) => idOf(one.lookup!, id) ?? []) } : one)) };
}

/** The statements that keep what tickets answered, once they are there. */
export function answersWritten(rows: { id: string; answered?: Answered | undefined }[]): Question[] {
  const forms = rows.flatMap(({ id, answered }) => (answered?.form ? [{ id, form: answered.form }] : []));
  const values = rows.flatMap(({ id, answered }) => (answered?.answers ?? []).flatMap(({ field, values: some }) => some.map((value, at) => ({ ticket: id, field, at, value }))));
  return [
    ...given(forms, 'update tickets set form_id = given.form from given where tickets.id = given.id'),
    ...given(values, 'insert into ticket_values (ticket_id, field_id, place, value) select ticket, field, at, value from given where true on conflict do nothing'),
  ];
}

/** Columns of an export for the ticket of a row: the English name of its form, and its answers as JSON: key, kind and value, people and accounts by the ids that the file has for them. */
export const ANSWERS = `(select f.name_en from ticket_forms f where f.id = form_id) form, (select json_group_array(json_array(key, kind, value)) from (select q.key, q.kind,
  case when q.kind = 'account' then coalesce((select coalesce(a.import_id, a.id) from accounts a where a.id = v.value), v.value) when q.kind in ('person', 'contact') then coalesce((select coalesce(u.import_id, u.id) from users u where u.id = v.value), v.value) else v.value end as value
  from ticket_values v join ticket_fields q on q.id = v.field_id where v.ticket_id = tickets.id order by q.key, v.place)) fields`;

/** The same as a line has it; nothing where nothing was answered. */
export function answersTold(json: string): Record<string, unknown> | undefined {
  const rows = JSON.parse(json) as [string, FieldKind, string][];
  if (rows.length === 0) return undefined;
  return Object.fromEntries([...Map.groupBy(rows, ([key]) => key)].map(([key, some]) => [key, told(some[0]![1], some.map(([, , value]) => value))]));
}
