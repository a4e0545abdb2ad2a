import { and, eq, exists, or, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { posts, topics } from '../forum/schema.ts';
import { Refusal } from '../platform/refusal.ts';
import { either, rule } from '../platform/rules.ts';
import { can, moderates, type Viewer } from '../platform/viewer.ts';
import { isTrusted, mostOf, type Rank } from '../trust/access.ts';
import { postVersions, removedPosts } from './schema.ts';
import { slim } from '../platform/slim.ts';
import { DAY, MINUTE } from '../platform/time.ts';

interface Placed {
  authorId: string;
  categoryId: string;
  removed?: 'author' | 'moderator' | null;
}

/** Who says what of a post’s past is read. */
export const moderator = rule<Placed>('people with the permission forum.moderate in its category', (viewer, post) => moderates(viewer, post.categoryId));
const isAuthor = (viewer: Viewer, post: Placed) => viewer.id !== null && post.authorId === viewer.id;

/** Who changes and removes what somebody wrote. */
export const authorOrModerator = either(rule<Placed>('the author', isAuthor), moderator);

/** Who brings back what was removed. */
export const removerOrModerator = either(rule<Placed>('the author who removed it', (viewer, post) => isAuthor(viewer, post) && post.removed !== 'moderator'), moderator);

/** Whether somebody of a level wrote a post too long ago to change it: those who moderate there, and the team, change it at any time. */
export const isTooOld = (viewer: Viewer, post: Pick<Placed, 'categoryId'> & { createdAt: Date }, { level, least }: Rank, now = Date.now()) =>
  !isTrusted(viewer) && !moderates(viewer, post.categoryId) && now - post.createdAt.getTime() > mostOf('editing', level, least) * DAY;

/** Milliseconds in which a vote is changed or taken back. */
const VOTING = 5 * MINUTE;

export interface Given {
  /** 1, -1, or 0 for none. */
  vote: number;
  /** Milliseconds since 1970; 0 where nobody knows. */
  votedAt: number;
}

/** Whether a vote stays as it was given: for longer than five minutes, to a post that was not changed since. */
export const voteStays = ({ vote, votedAt }: Given, editedAt: Date | null, now = Date.now()) => vote !== 0 && now - votedAt >= VOTING && (editedAt?.getTime() ?? 0) <= votedAt;

/** How the viewer voted on something, by the SQL of its id, and when. */
export const givenVote = (viewer: Viewer, onId: SQLWrapper) => {
  const of = (column: 'value' | 'created_at') => (viewer.id === null ? sql<number>`0` : sql<number>`coalesce((select ${sql.raw(column)} from votes where on_id = ${onId} and author_id = ${viewer.id}), 0)`);
  return { vote: of('value').as('vote'), votedAt: of('created_at').as('voted_at') };
};

/** How somebody voted who never did. */
export const noVotes: ReadonlyMap<string, Given> = new Map();

/** How the viewer voted on the posts of a topic from one number to another, by the id of the post. Votes on the first are votes on the topic. */
export const givenVotes = (viewer: Viewer, topicId: SQLWrapper, first: unknown, last: unknown) =>
  sql`(select json_group_array(json_array(p.id, v.value, v.created_at)) from posts p join votes v on v.on_id = iif(p.number = 1, p.topic_id, p.id) and v.author_id = ${viewer.id ?? ''} where p.topic_id = ${topicId} and p.number between ${first} and ${last})`
    .mapWith((list: string) => new Map((JSON.parse(list) as [string, number, number | null][]).map(([id, vote, votedAt]): [string, Given] => [id, { vote, votedAt: votedAt ?? 0 }])))
    .as('votes_given');

/** Why a vote is not changed. */
export const VOTE_STAYS = new Refusal('conflict', 'Your vote stays: you gave it more than five minutes ago, and the post has not been changed since.');

/** Votes are for the words of others. */
export const anotherReader = rule<Placed>('signed-in people on the posts of others', (viewer, post) => viewer.id !== null && post.authorId !== viewer.id);

/** What posts said before, as long as they are there: what was removed has no history for anybody. What is hidden of it moderators read; the past of a hidden post also its author. */
export const visibleVersions = (db: Database, viewer: Viewer) => {
  const ofPost = (is: SQL) => sql`exists (select 1 from posts p where p.id = post_versions.post_id and ${is})`;
  const isHidden = can(viewer, 'forum.moderate') ? sql`0` : sql`(${postVersions.hiddenAt} is not null or ${ofPost(sql`p.hidden_at is not null and p.author_id <> ${viewer.id ?? ''}`)})`;
  const read = <T>(column: SQLWrapper) => sql<T>`case when ${isHidden} then null else ${column} end`;
  return slim(
    {
      postId: postVersions.postId, number: postVersions.number, editorId: postVersions.editorId, writtenAt: postVersions.writtenAt, hiddenAt: postVersions.hiddenAt, hiddenWhy: postVersions.hiddenWhy,
      title: read<string | null>(postVersions.title).as('version_title'), tags: read<string[] | null>(postVersions.tags).mapWith(postVersions.tags).as('version_tags'), body: sql<string>`coalesce(${read(postVersions.body)}, '')`.as('version_body'),
      isRead: sql<boolean>`not ${isHidden}`.mapWith(Boolean).as('version_read'),
    },
    (columns) => db.select(columns).from(postVersions).where(ofPost(sql`p.removed is null`)).as('versions'),
  );
};

/** Removed words, for who removed their own and for who moderates there. */
export const removedWords = (db: Database, viewer: Viewer) => {
  const here = viewer.scopes.categories;
  const moderated = can(viewer, 'forum.moderate') ? (here ? sql`${topics.categoryId} in (select value from json_each(${JSON.stringify(here)}))` : sql`1`) : sql`0`;
  const known = db.select({ one: sql`1` }).from(posts).innerJoin(topics, eq(topics.id, posts.topicId)).where(and(eq(posts.id, removedPosts.postId), or(moderated, and(eq(posts.authorId, viewer.id ?? ''), eq(posts.removed, 'author')))));
  return slim(
    { postId: removedPosts.postId, reason: removedPosts.reason, title: removedPosts.title, tags: removedPosts.tags, body: removedPosts.body },
    (columns) => db.select(columns).from(removedPosts).where(exists(known)).as('removed_words'),
  );
};
