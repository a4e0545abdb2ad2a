import type { Question } from '../../worker/forms/judge.ts';
import type { Entry } from '../../worker/history/queries.ts';
import { path, t, type Locale } from '../messages/index.ts';
import { spokenAnswer } from './answers.ts';
import { actorOf, detailsOf, fieldOf } from './log.ts';
import { mergeTold } from './merged.ts';

type Told = Pick<Entry, 'type' | 'data' | 'names'> & Partial<Pick<Entry, 'other' | 'topic' | 'ticket' | 'createdAt' | 'actorId' | 'actorName'>>;
type Data = Record<string, unknown>;

/** A line of what an entry says; where it names something that has a page, `to` is that. One without words is a way on, and no part of the record. */
export interface Line {
  words: string;
  to?: { name: string; href: string };
}

export interface Known {
  /** Id of what an entry may name → its name, beside those that come with it. */
  names?: Map<string, string>;
  /** What the ticket is asked. */
  questions?: Question[];
  /** The tickets that are part of it by a merge that can be undone, for who may do that. */
  merged?: { number: number; createdAt: Date }[];
  /** Id of who reads: a change of many tickets has a page for whoever made it. */
  me?: string | null;
}

/** Events that nobody stands behind if nobody is named. */
const BY_ITSELF = new Set(['ticket.woken', 'ticket.changed', 'ticket.closed', 'ticket.unsent', 'ticket.file_infected']);
/** Fields that hold ids of what has a name. */
const NAMED = new Set(['assigneeId', 'groupId', 'statusId', 'status', 'form', 'person', 'for', 'requesterId', 'whose', 'wrote']);
/** Fields that hold numbers of tickets. */
const TICKETS = ['ticket', 'tickets', 'into', 'outOf', 'follows', 'problem'];

/** Whether the workspace did it, and nobody else. */
export const isByItself = ({ type, actorId }: Pick<Entry, 'type' | 'actorId'>) => actorId === 'system' || (actorId === null && BY_ITSELF.has(type));

/** Who did it: a person, a token of theirs, somebody outside, or the workspace itself. */
export function doerOf(locale: Locale, entry: Pick<Entry, 'type' | 'data' | 'names' | 'actorId' | 'actorName' | 'tokenName'>): string {
  const { type, actorId, actorName, tokenName } = entry;
  const isOutside = actorId === null && type === 'side.written';
  const doer = isOutside ? outsiderOf(locale, entry) : actorOf(locale, { actorId: isByItself(entry) ? 'system' : actorId, actorName, personName: null } as never);
  return [doer, ...(tokenName ? [t(locale).joins.token(tokenName)] : [])].join(', ');
}

/** Who wrote from outside in a conversation beside a ticket, by the name that they have there. */
export const outsiderOf = (locale: Locale, { data, names }: Pick<Entry, 'data' | 'names'>) => names[String(data['message'])] ?? t(locale).joins.someoneOutside;

const isRecord = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What it says beyond its type, a line a field, by names and never by ids. Which message it was stays with the program that reads the JSON. */
export function toldOf(locale: Locale, zone: string, entry: Told, { names: others, questions = [], merged: parts = [], me }: Known = {}): Line[] {
  const { differed, dropped, bulk, message: _, side: __, by: ___, topic: ____, ticketId: _____, ...data } = entry.data;
  const names = new Map([...(others ?? []), ...Object.entries(entry.names)]);
  const rest = Object.fromEntries(Object.entries(data).filter(([name]) => !TICKETS.includes(name)));
  if (entry.type === 'ticket.solved' && typeof rest['from'] === 'string') Object.assign(rest, { from: { status: rest['from'] }, to: { status: 'solved' } });
  if (rest['snooze'] === 'until' && rest['until']) delete rest['snooze'];
  const plain = entry.type === 'ticket.filled' ? answersTold(locale, rest, names, questions) : detailsOf(locale, zone, { data: named(locale, withOwnWords(rest), names) });
  const merged = mergeTold(locale, { differed, dropped } as Parameters<typeof mergeTold>[1], { names, questions });
  return [...[...plain, ...merged].map((words) => ({ words })), ...ticketsTold(locale, entry), ...topicTold(locale, entry), ...bulkTold(locale, entry, bulk, me), ...unmergeable(locale, entry, parts)];
}

/** That it was one of many tickets changed at once, and by whom, with the way to that change for them. */
function bulkTold(locale: Locale, { actorId, actorName }: Told, bulk: unknown, me: Known['me']): Line[] {
  if (typeof bulk !== 'string') return [];
  const [words, name] = [t(locale).joins.inBulk, actorName ?? t(locale).joins.gone];
  return actorId && actorId === me ? [{ words, to: { name, href: `/agent/bulk/${bulk}` } }] : [{ words: `${words} ${name}` }];
}

/** The way to undo a merge, from where it is told: of each ticket that came by it and is part still. */
const unmergeable = (locale: Locale, { type, data, ticket, createdAt }: Told, parts: NonNullable<Known['merged']>): Line[] => {
  const came = type === 'ticket.absorbed' ? [data['tickets'] ?? []].flat() : type === 'ticket.merged' ? [ticket] : [];
  return parts.filter((one) => came.includes(one.number) && one.createdAt.getTime() === createdAt?.getTime()).map(({ number }) => ({ words: '', to: { name: t(locale).joins.unmergeOf(number), href: `/agent/tickets/${number}/unmerge` } }));
};

/** The same as one text. */
export const spokenLines = (lines: Line[]) => lines.filter(({ words }) => words).map(({ words, to }) => (to ? `${words}: ${to.name}` : words)).join('; ');

/** A status in own words says more than its kind, which stands beside it. */
function withOwnWords({ statusId, ...data }: Data): Data {
  const own = ({ statusId: id, ...part }: Data): Data => (id === undefined ? part : 'status' in part ? { ...part, status: id ?? part['status'] } : { ...part, statusId: id });
  const { from, to } = data;
  if (!isRecord(to)) return own({ ...data, ...(statusId === undefined ? {} : { statusId }) });
  const { status: _, ...rest } = data;
  return { ...rest, from: isRecord(from) ? own(from) : from, to: own({ ...to, ...(statusId === undefined ? {} : { statusId }) }) };
}

/** The names of what fields hold the ids of; what has none any more is gone. */
function named(locale: Locale, data: Data, names: Map<string, string>): Data {
  const nameOf = (value: unknown) => (typeof value === 'string' && /^[a-z]{3}_\w+$/.test(value) ? (names.get(value) ?? t(locale).joins.gone) : value);
  return Object.fromEntries(Object.entries(data).map(([field, value]) => [field, isRecord(value) ? named(locale, value, names) : NAMED.has(field) ? nameOf(value) : value]));
}

/** `Product: Cloud → On your machines`; which form asks is said as a name. */
function answersTold(locale: Locale, { from, to, ...rest }: Data, names: Map<string, string>, questions: Question[]): string[] {
  if (!isRecord(from) || !isRecord(to)) return detailsOf(locale, 'UTC', { data: rest });
  const spoken = (key: string, value: unknown) => spokenAnswer(locale, questions.find((one) => one.key === key), value, Object.fromEntries(names));
  const answers = Object.keys(to).map((key) => `${questions.find((one) => one.key === key)?.label[locale] ?? key}: ${t(locale).audit.arrow(spoken(key, from[key]), spoken(key, to[key]))}`);
  return [...answers, ...detailsOf(locale, 'UTC', { data: named(locale, rest, names) })];
}

/** Other tickets, with the way to them. */
function ticketsTold(locale: Locale, { data, other }: Told): Line[] {
  const numbers = [...TICKETS.flatMap((field) => [data[field] ?? []].flat().map((one) => [field, one] as const)), ...(typeof other === 'number' ? [['ticket', other] as const] : [])];
  return numbers.map(([field, one]) => ({ words: fieldOf(locale, field), to: { name: String(one), href: `/agent/tickets/${one}` } }));
}

/** The topic that a ticket came from or became, with the way to it for who sees it. */
function topicTold(locale: Locale, { data, topic }: Told): Line[] {
  if (data['topic'] === undefined) return [];
  const words = fieldOf(locale, 'topic');
  return topic ? [{ words, to: { name: topic.title, href: path(locale, `/forum/topics/${topic.number}/${topic.slug}`) } }] : [{ words: `${words}: ${t(locale).joins.unseenTopic}` }];
}
