import type { LogFilters } from '../../worker/audit/input.ts';
import type { Logged } from '../../worker/audit/queries.ts';
import { notFound, signedOut } from '../../worker/platform/refusal.ts';
import { can, type Viewer } from '../../worker/platform/viewer.ts';
import { dateTime } from '../messages/format.ts';
import { t, type Locale } from '../messages/index.ts';
import { dayBegins } from './days.ts';

/** Lets those pass who may read the log. Visitors are sent to sign in; for everyone else it does not exist. */
export function requireLog(viewer: Viewer): void {
  if (viewer.id === null) throw signedOut();
  if (!can(viewer, 'audit.see')) throw notFound();
}

export const filterNames = ['actor', 'type', 'subject', 'token', 'from', 'to'] as const;

/** The filters that an address asks for; days are those of the reader's zone. */
export function filtersOf(query: URLSearchParams, zone: string): LogFilters {
  const said = (name: string) => query.get(name)?.trim().slice(0, 300) || undefined;
  return { actor: said('actor'), type: said('type'), subject: said('subject'), token: said('token'), from: dayBegins(zone, query.get('from')), to: dayBegins(zone, query.get('to'), 1) };
}

/** `answer_accepted`, `renewsOn` → `answer accepted`, `renews on`. */
const readable = (name: string) => name.replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

/** What happened, as a sentence; of a type that the catalogue does not know, in the words of its name. */
export const sentenceOf = (locale: Locale, type: string, data: Record<string, unknown> = {}) =>
  type === 'ticket.opened' && data['for'] ? t(locale).audit.openedFor : (t(locale).audit.events[type] ?? readable(type).replace('.', ': '));

export const fieldOf = (locale: Locale, name: string) => t(locale).audit.fields[name] ?? readable(name);

/** A value as people read it. */
export function spoken(locale: Locale, zone: string, value: unknown): string {
  const words = t(locale).audit;
  if (value === null || value === undefined || value === '') return words.none;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (Array.isArray(value)) return value.length === 0 ? words.none : value.map((one) => spoken(locale, zone, one)).join(', ');
  if (typeof value === 'object') return Object.entries(value).map(([name, one]) => `${fieldOf(locale, name)}: ${spoken(locale, zone, one)}`).join('; ');
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return dateTime(locale, zone, new Date(value));
  return String(value);
}

/** What is said of a value that is one of few. */
function wordOf(locale: Locale, name: string, value: unknown): string | undefined {
  const { agent, joins, audit } = t(locale);
  if (name === 'proofs' && Array.isArray(value)) return value.map((one) => audit.proofs[one] ?? one).join(', ');
  const known: Record<string, Record<string, string>> = { status: agent.statuses, priority: agent.priorities, as: joins.relations, snooze: joins.until, kind: joins.kinds, mode: { move: joins.move, copy: joins.copy } };
  return typeof value === 'string' && Object.hasOwn(known, name) ? known[name]![value] : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A rating that took the place of another keeps only the score of that. */
const isRated = (data: Record<string, unknown>): data is { from: number; score: number } => typeof data['from'] === 'number' && typeof data['score'] === 'number';
const rated = ({ from, score, ...rest }: { from: number; score: number }): Record<string, unknown> => ({ ...rest, from: { score: from }, to: { score } });

/** What an event says beyond its type, a line a field: `status: open → solved`. */
export function detailsOf(locale: Locale, zone: string, { data, message, ticketSaid }: Pick<Logged, 'data'> & Partial<Pick<Logged, 'message' | 'ticketSaid'>>): string[] {
  const words = t(locale).audit;
  /** What is known of ids: the numbers that people know a message and a ticket by. */
  const numbered: Record<string, string | undefined> = { message: message ? words.messageIn(...message) : undefined, ...(ticketSaid ? { ticketId: String(ticketSaid), ticket: String(ticketSaid) } : {}) };
  if (data['erased'] === true) return [words.erased];
  const { from, to, ...rest } = isRated(data) ? rated(data) : data;
  /** Why a rating is what it is, is one of few; why else something was done, people wrote. */
  const reasons = typeof data['score'] === 'number' ? t(locale).ratings.reasons : {};
  const shown = (value: unknown, name = '') => numbered[name] ?? (name === 'reason' ? reasons[String(value)] : undefined) ?? wordOf(locale, name, value) ?? spoken(locale, zone, value);
  const changes = isRecord(from) && isRecord(to) ? Object.keys({ ...from, ...to }).map((name) => `${fieldOf(locale, name)}: ${words.arrow(shown(from[name], name), shown(to[name], name))}`) : from === undefined && to === undefined ? [] : [words.arrow(shown(from), shown(to))];
  const others = Object.entries(rest).filter(([name, value]) => !isRecord(to) || to[name] !== value);
  return [...changes, ...others.map(([name, value]) => `${fieldOf(locale, name)}: ${shown(value, name)}`)];
}

/** Who did it. Who signs in is still a visitor then: what happens to a person by nobody's hand, they did themself. */
export function actorOf(locale: Locale, { actorId, actorName, personName }: Logged): string {
  if (actorId === null) return personName ?? t(locale).audit.visitor;
  return actorName ?? (actorId === 'system' ? t(locale).audit.system : actorId);
}

/** What it happened to: what it is called, and where it is, if it has a place. */
export function subjectOf(locale: Locale, entry: Logged): { name: string; address?: string; isNamed: boolean } {
  const { address, name } = found(entry);
  const setting = entry.type === 'settings.changed' || entry.type === 'sign_up.changed' ? t(locale).audit.settings[entry.subject] : undefined;
  const waiting = address === undefined ? unopened(entry) : undefined;
  const said = setting ?? (waiting === undefined ? undefined : `#${waiting}`);
  return { name: said ?? name, ...(address ? { address } : {}), isNamed: address !== undefined || said !== undefined };
}

/** The number of a ticket that waits to be looked at, or that was removed instead of opened. */
function unopened({ type, data, waitingNumber }: Logged): number | undefined {
  if (waitingNumber !== null) return waitingNumber;
  return type === 'ticket.discarded' && typeof data['number'] === 'number' ? data['number'] : undefined;
}

function found(entry: Logged): { name: string; address?: string } {
  if (entry.personHandle) return { name: entry.personName!, address: `/people/${entry.personHandle}` };
  if (entry.ticketNumber) return { name: `#${entry.ticketNumber} ${entry.ticketSubject}`, address: `/agent/tickets/${entry.ticketNumber}` };
  if (entry.topicNumber) return { name: entry.topicTitle!, address: `/forum/topics/${entry.topicNumber}` };
  if (entry.accountName) return { name: entry.accountName, address: `/csm/accounts/${entry.subject}` };
  return { name: entry.subject };
}
