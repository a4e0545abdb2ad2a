import { EVERYTHING } from './platform/shelf.ts';

/** What happened, as far as it tells what pages show it. */
export interface Event {
  type: string;
  subject: string;
  data: Record<string, unknown>;
}

const topic = (id: unknown) => `topic:${id}`;
const category = (slug: unknown) => (typeof slug === 'string' ? `category:${slug}` : EVERYTHING);

/** What often happens → the tags of the pages of everybody that show it. `forum` are the lists of all categories, their feeds and the sitemap. */
const SHOWN: Record<string, (event: Event) => string[]> = {
  'post.written': ({ subject, data }) => [topic(subject), category(data['category']), 'forum'],
  'post.edited': ({ data }) => [topic(data['topic'])],
  'post.voted': ({ data }) => [topic(data['topic'])],
  'post.file_checked': ({ data }) => [topic(data['topic'])],
  'post.file_infected': ({ data }) => [topic(data['topic'])],
  'topic.opened': ({ data }) => [category(data['category']), 'forum'],
  'topic.voted': ({ data }) => [topic(data['topic'])],
};

/** What no page of everybody shows. */
const UNSEEN = new RegExp(
  `^(${[
    '(ticket|form|field|status|session|token|challenge|code|secret|sign_in|follow|invitation|incident|sender)\\..*',
    'person\\.(signed_in|signed_out|sign_in_failed|not_let_in|proved_again|password_changed|reset_password|second_factor_\\w+|recovery_\\w+|looked_as|look_ended|changed_mail|consented|copy_asked)',
    'topic\\.(whispered|assigned|assignment_\\w+)',
    'post\\.(claimed|author_told)',
    'article\\.rated',
  ].join('|')})$`,
);

/** The tags of the pages that these events change. Of what is not named here nobody thought: everything. */
export const tagsOf = (events: Event[]): string[] => [...new Set(events.flatMap((event) => (UNSEEN.test(event.type) ? [] : (SHOWN[event.type]?.(event) ?? [EVERYTHING]))))];

/** Ids of the topics in which these events happened. */
export const topicsOf = (events: Event[]): string[] => [...new Set(events.filter(({ type }) => /^(post|topic)\./.test(type)).map(({ subject, data }) => String(data['topic'] ?? subject)).filter((id) => id.startsWith('top_')))];

/** Ids of the tickets in which these events happened, and, where there is a new one, the queue and its views. */
export const ticketRoomsOf = (events: Event[]): string[] => [...new Set(events.filter(({ type }) => type.startsWith('ticket.')).flatMap(({ type, subject }) => (/^ticket\.(opened|split_off)$/.test(type) ? [QUEUE, VIEWS] : [subject])))];

/** Ids of the topics and tickets in which these events happened. */
export const thingsOf = (events: Event[]): string[] => [...new Set([...topicsOf(events), ...events.filter(({ type }) => type.startsWith('ticket.')).map(({ subject }) => subject)])];

/** The room of those who have the queue before them. */
export const QUEUE = 'queue';
/** The room of those who have a view of it before them. What came in otherwise than new it tells them when they say that they are there still. */
export const VIEWS = 'views';
