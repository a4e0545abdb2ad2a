import type { Question } from '../../worker/forms/judge.ts';
import type { Difference } from '../../worker/joins/differing.ts';
import { t, type Locale } from '../messages/index.ts';
import { spokenAnswer } from './answers.ts';

interface Known {
  /** Id of a person or group → name. */
  names?: Map<string, string>;
  /** What the ticket is asked. */
  questions?: Question[];
}

/** What a merge kept and dropped, as the log has it, a line a field; nothing of other events. */
export function mergeTold(locale: Locale, { differed = [], dropped = {} }: { differed?: Difference[]; dropped?: Record<string, Difference['kept']> }, known: Known = {}): string[] {
  const words = t(locale).joins;
  return [
    ...differed.map((one) => words.kept(one.ticket, nameOf(locale, one.field, known), spokenOf(locale, one.field, one.kept, known)) + ('dropped' in one ? words.andDropped(spokenOf(locale, one.field, one.dropped, known)) : '')),
    ...Object.entries(dropped).map(([field, value]) => words.dropped(nameOf(locale, field, known), spokenOf(locale, field, value, known))),
  ];
}

const questionOf = (field: string, { questions = [] }: Known) => questions.find(({ key }) => `answers.${key}` === field);

function nameOf(locale: Locale, field: string, known: Known): string {
  const { agent, views, forms } = t(locale);
  const fields: Record<string, string> = { priority: agent.priority, assigneeId: agent.assignee, groupId: views.group, form: forms.form };
  return fields[field] ?? questionOf(field, known)?.label[locale] ?? field.replace('answers.', '');
}

function spokenOf(locale: Locale, field: string, value: Difference['kept'] | undefined, known: Known): string {
  if (value === null || value === undefined) return t(locale).agent.none;
  if (field === 'priority') return t(locale).agent.priorities[value as 'low'] ?? String(value);
  return field.startsWith('answers.') ? spokenAnswer(locale, questionOf(field, known), value, Object.fromEntries(known.names ?? [])) : (known.names?.get(String(value)) ?? String(value));
}
