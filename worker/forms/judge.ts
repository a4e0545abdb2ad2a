import type { Issues } from '../platform/refusal.ts';
import { read } from './read.ts';
import { isLookup } from './lookups.ts';
import type { Answers, Choice, Kind } from './schema.ts';

export { isLookup };

/** A question as a form asks it, in both languages. */
export interface Question {
  id: string;
  key: string;
  kind: Kind;
  label: { en: string; el: string };
  hint: { en: string; el: string };
  pattern: string;
  choices: Choice[];
  toSubmit: boolean;
  toSolve: boolean;
  isVisible: boolean;
  isEditable: boolean;
  /** The answer to an earlier question that it waits for. */
  when: { field: string; value: string } | null;
}

/** Key of a question → what was typed or sent. */
export type Said = Record<string, string | number | boolean | null | (string | number)[]>;

interface Asking {
  /** What is kept of the ticket. */
  before: Answers;
  /** Whether somebody answers for the desk: they see and answer everything. */
  isStaff: boolean;
  /** Whether the ticket is about to be opened: what is not said is empty then, and otherwise stays. */
  isOpening: boolean;
}

/** Whether a customer answers it: of lookups those for which there is anything to choose. */
export const isAsked = ({ isVisible, isEditable, kind, choices }: Question) => isVisible && isEditable && !(isLookup(kind) && choices.length === 0);

/** Whether somebody answers it: who answers for the desk everything, but who of an account is meant where there is nobody. */
export const isFor = (question: Question, isStaff: boolean) => (isStaff ? question.kind !== 'person' || question.choices.length > 0 : isAsked(question));

/** Whether a question is to be seen after these answers. Of one that is not the answer is dropped, so what waits for it is not seen either. */
export const isShown = ({ when }: Question, answers: Answers) => when === null || (answers[when.field]?.includes(when.value) ?? false);

/**
 * What somebody's words make of the answers to the questions of a form, which come in their order. Whatever was sent: what does not fit the other
 * answers is dropped, what is not theirs to answer stays. Issues are keyed `fields.` and the question's key.
 */
export function judged(questions: Question[], said: Said, { before, isStaff, isOpening }: Asking): { answers: Answers; issues: Issues } {
  const answers: Answers = {};
  const issues: Issues = {};
  for (const question of questions) {
    const had = before[question.id] ?? [];
    const given = Object.hasOwn(said, question.key) ? said[question.key] : undefined;
    answers[question.id] = had;
    if (!isShown(question, answers)) answers[question.id] = [];
    else if (isFor(question, isStaff) && (given !== undefined || isOpening)) {
      const found = read(question, given, had);
      const isMissing = typeof found !== 'string' && found.length === 0 && question.toSubmit && (isOpening || !isStaff);
      if (isMissing) issues[`fields.${question.key}`] = 'Answer this question.';
      else if (typeof found === 'string') issues[`fields.${question.key}`] = found;
      else answers[question.id] = found;
    }
  }
  return { answers, issues };
}

/** Ids of questions whose answers are others than before. */
export const changed = (before: Answers, after: Answers) => Object.keys(after).filter((id) => JSON.stringify(before[id] ?? []) !== JSON.stringify(after[id]));

/** An answer as the API and the log say it: a number, a tick, a list or a text; null for none. */
export function told(kind: Kind, values: string[] | undefined): string | number | boolean | string[] | null {
  if (kind === 'multi') return values ?? [];
  if (kind === 'checkbox') return values !== undefined && values.length > 0;
  const [value] = values ?? [];
  return value === undefined ? null : kind === 'number' ? Number(value) : value;
}
