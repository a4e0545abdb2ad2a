import type { OwnStatus } from '../../worker/statuses/access.ts';
import { t, type Locale } from '../messages/index.ts';

type Kind = OwnStatus['category'];

/** What agents choose a status from: each of these kinds, and after it those of the workspace's own words that are of it and in use, or that the ticket has. */
export const statusOptions = (locale: Locale, kinds: readonly Kind[], own: OwnStatus[], current?: string | null) =>
  kinds.flatMap((kind) => [[kind, t(locale).agent.statuses[kind]] as const, ...own.filter(({ id, category, isActive }) => category === kind && (isActive || id === current)).map(({ id, agent }) => [id, `– ${agent[locale]}`] as const)]);

/** Statuses as they are kept, as what is chosen from. */
export const ownStatusesOf = (rows: (Pick<OwnStatus, 'id' | 'category' | 'isActive'> & Record<'agentEn' | 'agentEl' | 'customerEn' | 'customerEl', string>)[]): OwnStatus[] =>
  rows.map(({ id, category, isActive, agentEn, agentEl, customerEn, customerEl }) => ({ id, category, isActive, agent: { en: agentEn, el: agentEl || agentEn }, customer: { en: customerEn, el: customerEl || customerEn } }));

/** What agents call a ticket's status. */
export const statusName = (locale: Locale, { status, statusId, ownStatuses }: { status: Kind; statusId: string | null; ownStatuses: OwnStatus[] }) => ownStatuses.find(({ id }) => id === statusId)?.agent[locale] ?? t(locale).agent.statuses[status];
