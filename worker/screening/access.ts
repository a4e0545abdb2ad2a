import { and, eq, getTableColumns, inArray, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { attachedTo } from '../attachments/schema.ts';
import type { Database } from '../database/open.ts';
import { categories, topics } from '../forum/schema.ts';
import type { Change, Setting, Writing } from '../platform/operation.ts';
import { raw } from '../platform/statement.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { isTrusted, LEAST, levelOf, reaches } from '../trust/access.ts';
import { proven } from './challenge.ts';
import { type Facts, type Judgement, judged, type Said, type Screen, screensFitting, type WordRule } from './judge.ts';
import { linksIn, siteOf } from './links.ts';
import { printsOf } from './prints.ts';
import { type Rules, rulesFrom } from './rules.ts';
import { heldPosts, linkedDomains, prints, screens, wordRules } from './schema.ts';
import { slim } from '../platform/slim.ts';
import { HOUR } from '../platform/time.ts';
import { silencedByWord } from './silencing.ts';
import { countingIn, wordsFound } from './words.ts';

export { doubtIn, isTooQuick, proven } from './challenge.ts';
export { screensFitting } from './judge.ts';
export { countsIn } from './links.ts';
export type { Facts, Rules, Screen, WordRule };

const WORDS = `(select json_group_array(json_object('id', id, 'pattern', pattern, 'isRegex', json(iif(is_regex, 'true', 'false')), 'locale', locale, 'action', action, 'tag', tag, 'replacement', replacement, 'hours', hours)) from word_rules)`;
const SCREENS = `(select json_group_array(json_object('id', id, 'kind', kind, 'pattern', pattern, 'action', action, 'expiresAt', expires_at)) from screens)`;
/** The rules of the workspace, as they are kept. */
const RULES = `(select value from settings where key = 'moderation_rules')`;

/** Networks and mail addresses that are looked at, as a column of any query. */
export const entryScreens = sql<Screen[]>`${sql.raw(SCREENS.replace('from screens)', "from screens where kind in ('network', 'mail'))"))}`.mapWith(JSON.parse as (json: string) => Screen[]);

/** Whether nobody signs up with this address from this network. */
export const isBarred = (screens: Screen[], email: string, network: string, now: Date) => screensFitting(screens, { email, network, links: [], now }).some(({ action }) => action === 'block');

const isOpen = sql.raw("exists (select 1 from newcomers where user_id = who.id and status = 'open')");

const among = (list: string | SQLWrapper) => sql`(select value from json_each(${list}))`;

/** Whether what somebody posts is judged: not of those who write as they need to. Visitors post nothing. */
const isJudged = (viewer: Viewer) => viewer.id !== null && !isTrusted(viewer);

/** What a text of somebody’s is compared with others by, as JSON lists: the prints of its words and of its links, and the sites that these lead to. */
export function marksOf(viewer: Viewer, text: string) {
  const [all, links] = isJudged(viewer) ? [printsOf(text), linksIn(text)] : [[], []];
  const of = (mark: RegExp) => JSON.stringify(all.filter((print) => mark.test(print)));
  return { prints: of(/^[=~]/), brought: of(/^@/), sites: JSON.stringify(links.map(siteOf)) };
}

type Marks = { [Name in keyof ReturnType<typeof marksOf>]: string | SQLWrapper };

/**
 * What a post is judged by, as a column of the query that the post is decided on; null for those whose posts are not judged.
 * `except` is the post that it changes.
 */
export function factsFor(viewer: Viewer, { prints: own, brought, sites }: Marks, except = ''): SQL.Aliased<Facts | null> {
  if (!isJudged(viewer)) return sql<null>`null`.as('facts');
  return sql<string>`(select json_object('level', ${levelOf(viewer.id)}, 'least', json(${sql.raw(LEAST)}), 'createdAt', who.created_at, 'email', who.email, 'rules', json(${sql.raw(RULES)}), 'words', json(${sql.raw(WORDS)}), 'screens', json(${sql.raw(SCREENS)}),
      'isNewcomer', json(iif(${isOpen}, 'true', 'false')),
      'posts', (select count(*) from (select 1 from posts where author_id = who.id limit 51)),
      'waiting', (select count(*) from held_posts where author_id = who.id and status = 'waiting'),
      'twins', json((select json_group_array(json_object('shared', shared, 'isWhole', json(iif(whole, 'true', 'false')), 'at', since)) from (select count(*) shared, max(substr(print, 1, 1) = '=') whole, max(at) since from (select print, post, at from prints where print in ${among(own)} and post <> ${except} limit 500) group by post limit 50))),
      'bringers', json((select json_group_array(json_object('print', print, 'author', author_id, 'at', at)) from (select print, author_id, at from prints where print in ${among(brought)} and author_id <> who.id limit 50))),
      'sites', json((select json_group_array(domain) from linked_domains where domain in ${among(sites)})))
    from users who where who.id = ${viewer.id})`
    .mapWith((json: string) => {
      const facts = JSON.parse(json) as Facts;
      return { ...facts, rules: rulesFrom(facts.rules) };
    })
    .as('facts') as SQL.Aliased<Facts | null>;
}

/**
 * Decides about a post: as it may be published, and why it has to wait. What is blocked is refused. Who wrote a form faster than people do shows that they
 * are no program, or lets a moderator look.
 */
export function screened(setting: Setting, said: Said, category: string, facts: Facts | null): Judgement {
  if (!facts) return { ...said, reasons: [], grounds: null, words: [], screens: [] };
  const { now, network, formAge, pass, viewer } = setting;
  const judgement = judged(said, facts, { now, network, formAge, category });
  const others = judgement.reasons.filter(({ rule }) => rule !== 'fast');
  if (!pass || pass.review || !facts.rules.challenge || others.length === judgement.reasons.length) return judgement;
  return { ...judgement, reasons: others, proof: proven(setting, { who: viewer.id!, reads: viewer.id!, doubt: 1 + facts.waiting, rules: facts.rules, hasReview: true }) };
}

/** What a stranger is judged by, as columns of any query: the rules, and what is looked at of where they come from and what they say. */
export const strangerFacts = {
  rules: sql<Rules>`coalesce(${sql.raw(RULES)}, '{}')`.mapWith((json: string) => rulesFrom(JSON.parse(json))).as('stranger_rules'),
  words: sql<WordRule[]>`${sql.raw(WORDS.replace('from word_rules)', "from word_rules where action in ('hold', 'silence', 'block'))"))}`.mapWith(JSON.parse as (json: string) => WordRule[]).as('stranger_words'),
  screens: sql<Screen[]>`${sql.raw(SCREENS)}`.mapWith(JSON.parse as (json: string) => Screen[]).as('stranger_screens'),
};

/** Something of a stranger, and what is looked at. */
interface Strange {
  email: string;
  network: string;
  text: string;
  now: Date;
  screens: Screen[];
  words: WordRule[];
}

/** What is listed of what a stranger says, and of where they come from, with what follows from it. */
export const listedIn = ({ email, network, text, now, screens: kept, words }: Strange) => [
  ...wordsFound(text, countingIn(text, words)).map(({ word: { id, pattern, action } }) => ({ id, rule: 'word' as const, detail: pattern, action })),
  ...screensFitting(kept, { email, network, links: linksIn(text), now }).map(({ id, kind, pattern, action }) => ({ id, rule: kind, detail: pattern, action })),
];

/** Whether there is any. */
export const isListed = (strange: Strange) => listedIn(strange).length > 0;

type Noted = Pick<Setting, 'db' | 'viewer' | 'now'>;

/** The statements that count for each entry of the lists that something of a stranger was found by it. */
export function hits(setting: Noted, listed: ReturnType<typeof listedIn>): Writing[] {
  const idsOf = (isWord: boolean) => listed.filter(({ rule }) => (rule === 'word') === isWord).map(({ id }) => id);
  return hit(setting, { words: idsOf(true), screens: idsOf(false) });
}

const printed = ({ db, viewer, now }: Noted, post: string, { title, body }: Said, facts: Facts | null): Writing[] =>
  facts && !reaches('unchecked', facts.level, facts.least) ? [...new Set(printsOf(`${title} ${body}`))].map((print) => db.insert(prints).values({ print, post, authorId: viewer.id!, at: now }).onConflictDoNothing()) : [];

const hit = ({ db, now }: Noted, { words, screens: fitted, proof = [] }: Pick<Judgement, 'words' | 'screens' | 'proof'>): Writing[] => [
  ...proof,
  ...(words.length > 0 ? [db.update(wordRules).set({ hits: sql`hits + 1` }).where(inArray(wordRules.id, words))] : []),
  ...(fitted.length > 0 ? [db.update(screens).set({ hits: sql`hits + 1`, hitAt: now }).where(inArray(screens.id, fitted))] : []),
];

const known = ({ db, now }: Noted, text: string): Writing[] => [...new Set(linksIn(text).map(siteOf))].map((domain) => db.insert(linkedDomains).values({ domain, at: now }).onConflictDoNothing());

/** The statements that remember of a post that is published: what it is known by, the sites it vouches for, and that moderators look at it later. */
export function passed(setting: Noted, post: string, judgement: Judgement, facts: Facts | null): Writing[] {
  const { title, body, grounds } = judgement;
  return [
    ...hit(setting, judgement),
    ...printed(setting, post, judgement, facts),
    ...(facts && !reaches('sites', facts.level, facts.least) ? [] : known(setting, `${title} ${body}`)),
    ...(grounds ? [raw(`insert into reviews (post_id, score, opened_at, grounds) values (?1, 1, ?2, ?3) on conflict (post_id) do update set grounds = ?3, status = 'open', claimed_by = null`, [post, setting.now.getTime(), grounds])] : []),
  ];
}

/** The statements after which the sites of an approved post are known. */
export const vouched = known;

type Held = Pick<typeof heldPosts.$inferInsert, 'kind' | 'categoryId' | 'topicId' | 'postId' | 'topicKind'>;

/** Keeps a post for a moderator to look at before anybody reads it, and silences who wrote it where a listed word says so. Of the changes of one post the last one waits. */
export function waiting(setting: Setting, id: string, place: Held, judgement: Judgement, facts: Facts | null): Pick<Change<unknown>, 'statements' | 'events'> {
  const { db, viewer, now } = setting;
  const { title, body, tags, reasons, silence } = judgement;
  const sanction = setting.newId('san');
  return {
    statements: [
      ...(place.kind === 'edit' ? [db.delete(heldPosts).where(and(eq(heldPosts.postId, place.postId!), eq(heldPosts.status, 'waiting')))] : []),
      db.insert(heldPosts).values({ id, ...place, authorId: viewer.id!, title, body, tags, reasons, createdAt: now }),
      ...hit(setting, judgement),
      ...printed(setting, id, judgement, facts),
      ...(silence ? silencedByWord(setting, sanction, silence.hours, silence.words) : []),
    ],
    events: [
      { type: 'post.held', subject: id, data: { kind: place.kind, rules: reasons.map(({ rule }) => rule) } },
      ...(silence ? [{ type: 'person.silenced' as const, subject: viewer.id!, data: { sanction, code: 'word', until: now.getTime() + silence.hours * HOUR } }] : []),
    ],
  };
}

/** How much of the viewer’s own waits in a topic with this id. */
export const waitingIn = (viewer: Viewer, topicId: SQLWrapper) => sql<number>`(select count(*) from held_posts where author_id = ${viewer.id ?? ''} and topic_id = ${topicId} and status = 'waiting')`;

/** What waits or was sent back: everyone sees their own, moderators what is of where they moderate. */
export const visibleHeld = (db: Database, viewer: Viewer) => {
  const own = eq(heldPosts.authorId, viewer.id ?? '');
  const moderated = viewer.scopes.categories ? inArray(heldPosts.categoryId, viewer.scopes.categories) : sql`1`;
  return slim(
    {
      id: heldPosts.id, kind: heldPosts.kind, authorId: heldPosts.authorId, categoryId: heldPosts.categoryId, topicId: heldPosts.topicId, postId: heldPosts.postId, topicKind: heldPosts.topicKind, title: heldPosts.title, tags: heldPosts.tags, body: heldPosts.body,
      attachments: attachedTo('held_id', 'held_posts.id'), reasons: (can(viewer, 'forum.moderate') ? sql<string>`${heldPosts.reasons}` : sql<string>`'[]'`).mapWith(heldPosts.reasons).as('held_reasons'), status: heldPosts.status, words: heldPosts.words, decidedAt: heldPosts.decidedAt, createdAt: heldPosts.createdAt,
      category: sql<string>`${categories.slug}`.as('held_category'), topicNumber: sql<number | null>`${topics.number}`.as('held_number'), slug: sql<string | null>`${topics.slug}`.as('held_slug'),
    },
    (columns) =>
      db
        .select(columns)
        .from(heldPosts)
        .innerJoin(categories, eq(categories.id, heldPosts.categoryId))
        .leftJoin(topics, eq(topics.id, heldPosts.topicId))
        .where(can(viewer, 'forum.moderate') ? (viewer.scopes.categories ? or(own, moderated) : undefined) : own)
        .as('held'),
  );
};

/** The rules as they are kept, or as they are at first; for those who keep the settings. Always one row. */
export const keptRules = (db: Database, viewer: Viewer) =>
  db.select({ rules: sql<string>`coalesce(${can(viewer, 'settings.manage') ? sql.raw(RULES) : sql`null`}, '{}')`.mapWith((json: string) => rulesFrom(JSON.parse(json))).as('rules') }).from(sql`(select 1)`);

/** Word rules, for those who keep the settings. */
export const visibleWords = (db: Database, viewer: Viewer) => slim(getTableColumns(wordRules), (columns) => db.select(columns).from(wordRules).where(can(viewer, 'settings.manage') ? undefined : sql`0`).as('words'));

/** Screens, for the same. */
export const visibleScreens = (db: Database, viewer: Viewer) => slim(getTableColumns(screens), (columns) => db.select(columns).from(screens).where(can(viewer, 'settings.manage') ? undefined : sql`0`).as('screens'));
