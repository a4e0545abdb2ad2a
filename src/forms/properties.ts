import { overtaken } from '../../worker/platform/refusal.ts';
import { sentence, t, type Locale } from '../messages/index.ts';
import type { Submission } from './submit.ts';
import { doerOf, spokenLines, toldOf } from './told.ts';

/** What the name of a field begins with that says what another had when its form was drawn. */
const WAS = 'was-';
export const wasOf = (field: string) => WAS + field;

/** Of a refused form, what its writer touched: of the rest what is now is shown, so that sending it again undoes nothing that a colleague did meanwhile. What does not tell what it was drawn with is all of it touched. */
export const touchedIn = (values: Record<string, string> = {}): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(values).filter(([field, value]) => !field.startsWith(WAS) && value !== values[wasOf(field)]));

interface Happened {
  revision: number;
  type: string;
  data: Record<string, unknown>;
  names: Record<string, string>;
  actorId: string | null;
  actorName: string | null;
}

/** What an event says is different → the field of the form. */
const FIELDS: Record<string, string> = { subject: 'subject', status: 'status', statusId: 'status', priority: 'priority', assigneeId: 'assignee', groupId: 'group', tags: 'tags' };
const only = (part: unknown, field: string) => Object.fromEntries(Object.entries(part ?? {}).filter(([name]) => FIELDS[name] === field));

/** Of a change that came too late: who changed what since its form was drawn, in one sentence a field; under `content` what else happened. Empty where it was refused for something else. */
export function changedSince(locale: Locale, change: Submission<unknown> | undefined, history: Happened[], names: Map<string, string>): Record<string, string> {
  if (change?.message !== sentence(locale, overtaken().message)) return {};
  const since = Number(change.values['revision']);
  const said: Record<string, string> = {};
  for (const entry of history.filter(({ revision }) => revision > since)) {
    const doer = doerOf(locale, { ...entry, tokenName: null });
    const told = (data: Record<string, unknown>) => `${doer}, ${spokenLines(toldOf(locale, 'UTC', { ...entry, data }, { names }))}`;
    const { from, to, status, statusId } = entry.data;
    const fields = entry.type === 'ticket.changed' ? new Set(Object.keys(to ?? {}).flatMap((name) => FIELDS[name] ?? [])) : [];
    for (const field of fields) said[field] = told({ from: only(from, field), to: only(to, field) });
    if (entry.type === 'ticket.replied' && status) said['status'] = told({ status, ...(statusId === undefined ? {} : { statusId }) });
    else if (entry.type !== 'ticket.changed') said['content'] = `${doer} ${t(locale).agent.happened[entry.type] ?? entry.type}`;
  }
  return said;
}
