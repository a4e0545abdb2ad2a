import type { Line, LineType } from './line.ts';

/** Each type after those it refers to; messages before posts, while which their tickets are made findable. */
export const ORDER: LineType[] = ['status', 'field', 'form', 'account', 'category', 'user', 'topic', 'article', 'ticket', 'message', 'idea', 'post', 'survey', 'vote'];

/** Types that other lines name by their id. */
export type Kind = Exclude<LineType, 'vote'>;

export const TABLES: Record<Kind, string> = {
  status: 'ticket_statuses', field: 'ticket_fields', form: 'ticket_forms', account: 'accounts', category: 'categories', user: 'users', topic: 'topics', article: 'articles', ticket: 'tickets', idea: 'ideas', post: 'posts', message: 'ticket_messages', survey: 'survey_answers',
};

export interface Reference {
  field: string;
  /** What it may be an id of. */
  to: Kind[];
}

/** What a line cannot be without: at most two things, the first of which a post or message is sorted by. */
export const REFERENCES: Record<LineType, Reference[]> = {
  status: [],
  field: [],
  form: [],
  account: [],
  category: [],
  user: [{ field: 'account', to: ['account'] }],
  topic: [{ field: 'category', to: ['category'] }, { field: 'author', to: ['user'] }],
  article: [],
  ticket: [{ field: 'requester', to: ['user'] }, { field: 'assignee', to: ['user'] }],
  idea: [{ field: 'author', to: ['user'] }],
  post: [{ field: 'topic', to: ['topic'] }, { field: 'author', to: ['user'] }],
  message: [{ field: 'ticket', to: ['ticket'] }, { field: 'author', to: ['user'] }],
  survey: [{ field: 'user', to: ['user'] }],
  vote: [{ field: 'on', to: ['idea', 'topic', 'post'] }, { field: 'author', to: ['user'] }],
};

/** What a line would rather have, and goes in without: a manager, a parent. */
export const WISHES: Partial<Record<LineType, Reference>> = { account: { field: 'csm', to: ['user'] }, category: { field: 'parent', to: ['category'] } };

/** What besides its id there can be only one of: the field to name, and where the workspace keeps it, as a condition on row `t` and the value `twin`. */
export const TWINS: Partial<Record<LineType, { field: string; same: string }>> = {
  user: { field: 'email', same: 't.email = twin' },
  category: { field: 'slug', same: 't.slug = twin' },
  status: { field: 'agentEn', same: 't.category = twin ->> 0 and t.agent_en = twin ->> 1' },
  field: { field: 'key', same: 't.key = twin' },
  form: { field: 'nameEn', same: 't.name_en = twin' },
  article: { field: 'slug', same: 't.locale = twin ->> 0 and t.category = twin ->> 1 and t.slug = twin ->> 2' },
};

/** Settings of the workspace: one of the same name is the same, and stays as it is. */
export const SETTINGS: LineType[] = ['status', 'field', 'form'];

/** The value of a line's twin field, as `TWINS` compares it. */
export function twinOf(line: Line): string | null {
  if (line.type === 'user') return line.email.toLowerCase();
  if (line.type === 'category') return line.slug;
  if (line.type === 'article') return JSON.stringify([line.locale, line.category, line.slug]);
  if (line.type === 'status') return JSON.stringify([line.category, line.agentEn]);
  if (line.type === 'field') return line.key;
  if (line.type === 'form') return line.nameEn;
  return null;
}

/** The id of a line; of a vote, who gave it to what. */
export const idOf = (line: Line) => (line.type === 'vote' ? JSON.stringify([line.on, line.author]) : line.id);

/** The id that a line names there, if it names one. */
export const referenceOf = (line: Line, reference: Reference | undefined) => (reference ? ((line as unknown as Record<string, string | null | undefined>)[reference.field] ?? null) : null);

/** Whether other lines may refer to lines of this type. */
export const isNamed = (type: LineType) => [...Object.values(REFERENCES).flat(), ...Object.values(WISHES)].some(({ to }) => (to as LineType[]).includes(type));

/** A list for SQL, of words of ours. */
export const listed = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ');
