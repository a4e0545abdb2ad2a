import { and, eq, getTableColumns, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import { moderationLog, statementsOfReasons } from '../moderation/schema.ts';
import { customRoles, users } from '../people/schema.ts';
import { hashOf } from '../platform/signature.ts';
import { rule } from '../platform/rules.ts';
import { permissionsOf } from '../platform/permissions.ts';
import { can, type Viewer } from '../platform/viewer.ts';
import { appeals, blocks, sanctions } from './schema.ts';
import { slim } from '../platform/slim.ts';

/** Whether they sanction people at all. */
export const sanctionsPeople = (viewer: Viewer) => can(viewer, 'people.silence') || can(viewer, 'people.suspend');

/** What was done to people: all of it for who does so, their own for everybody else. Who did it, and what is noted beside, is for the former. */
export const visibleSanctions = (db: Database, viewer: Viewer) => {
  const all = sanctionsPeople(viewer);
  return slim(
    {
      id: sanctions.id, userId: sanctions.userId, kind: sanctions.kind, code: sanctions.code, words: sanctions.words, note: (all ? sql<string>`${sanctions.note}` : sql<string>`''`).as('shown_note'),
      byId: (all ? sql<string | null>`${sanctions.byId}` : sql<string | null>`null`).as('shown_by'), isAutomatic: sql<boolean>`${sanctions.byId} is null`.mapWith(Boolean).as('is_automatic'),
      until: sanctions.until, createdAt: sanctions.createdAt, liftedAt: sanctions.liftedAt, liftWords: sanctions.liftWords,
    },
    (columns) => db.select(columns).from(sanctions).where(all ? undefined : eq(sanctions.userId, viewer.id ?? '')).as('sanctions'),
  );
};

/** How somebody stands, for who sanctions people. Everybody else knows their face, and nothing of this. */
export const standings = (db: Database, viewer: Viewer) => {
  const known = <T>(value: SQL<T>) => (sanctionsPeople(viewer) ? value : sql<T>`null`);
  return slim(
    {
      id: users.id, name: users.name, handle: users.handle, role: users.role, permissions: customRoles.permissions, anonymisedAt: users.anonymisedAt, createdAt: users.createdAt,
      email: known(sql<string | null>`${users.email}`).as('known_email'), suspendedAt: known(sql<number | null>`${users.suspendedAt}`).as('known_suspended_at'), suspendedUntil: known(sql<number | null>`${users.suspendedUntil}`).as('known_suspended_until'),
      silencedUntil: known(sql<number | null>`${users.silencedUntil}`).as('known_silenced_until'),
    },
    (columns) => db.select(columns).from(users).leftJoin(customRoles, eq(customRoles.id, users.roleId)).as('standings'),
  );
};

/** Posts of a spammer that are read for what they link to. */
const READ = 100;

const list = (text: SQL) => text.mapWith((json: string) => JSON.parse(json) as string[]);

/** Beside a standing, all that deleting them as a spammer does: what they wrote, what was accepted of it, where they came from, and the text of their posts. */
export const writtenBy = {
  posts: sql<number>`(select count(*) from posts where author_id = standings.id and hidden_at is null)`.as('posts'), topics: sql<number>`(select count(*) from topics where author_id = standings.id and hidden_at is null)`.as('topics'),
  ideas: sql<number>`(select count(*) from ideas where author_id = standings.id and hidden_at is null)`.as('ideas'),
  accepted: sql<number>`(select count(*) from posts where author_id = standings.id and accepted_at is not null)`.as('accepted'),
  deletion: sql<string | null>`(select id from sanctions where user_id = standings.id and kind = 'deletion' and lifted_at is null limit 1)`.as('deletion'),
  networks: list(sql`(select json_group_array(distinct place) from sessions where user_id = standings.id and place <> '')`).as('networks'),
  bodies: list(sql`(select json_group_array(body) from (select * from (select body from posts where author_id = standings.id order by created_at desc limit ${sql.raw(String(READ))}) union all select * from (select body from ideas where author_id = standings.id order by created_at desc, id desc limit ${sql.raw(String(READ))})))`).as('bodies'),
};

/** Decisions about somebody: for them, for the holder of a letter's `key`, and for who decides about appeals. */
export const visibleStatements = (db: Database, viewer: Viewer, key = '') =>
  slim(
    {
      id: statementsOfReasons.id, userId: statementsOfReasons.userId, action: statementsOfReasons.action, postId: statementsOfReasons.postId, topicId: statementsOfReasons.topicId, sanctionId: statementsOfReasons.sanctionId, kinds: statementsOfReasons.kinds,
      words: statementsOfReasons.words, isAutomatic: statementsOfReasons.isAutomatic, byId: statementsOfReasons.byId, createdAt: statementsOfReasons.createdAt, appealUntil: statementsOfReasons.appealUntil, withdrawnAt: statementsOfReasons.withdrawnAt,
      isTheirs: sql<boolean>`${or(eq(statementsOfReasons.userId, viewer.id ?? ''), key ? eq(statementsOfReasons.link, hashOf(key)) : undefined)}`.mapWith(Boolean).as('is_theirs'),
    },
    (columns) =>
      db
        .select(columns)
        .from(statementsOfReasons)
        .where(can(viewer, 'forum.moderate') ? undefined : or(eq(statementsOfReasons.userId, viewer.id ?? ''), key ? eq(statementsOfReasons.link, hashOf(key)) : undefined))
        .as('statements'),
  );

/** Appeals, beside the statements that the viewer sees. */
export const appealsOf = (db: Database) =>
  slim(
    { id: appeals.id, statementId: appeals.statementId, words: appeals.words, status: appeals.status, answer: appeals.answer, decidedBy: appeals.decidedBy, createdAt: appeals.createdAt, decidedAt: appeals.decidedAt },
    (columns) => db.select(columns).from(appeals).as('appeals'),
  );

/** The public log, for everybody. */
export const publicLog = (db: Database) => slim(getTableColumns(moderationLog), (columns) => db.select(columns).from(moderationLog).as('moderation_log'));

/** Whether nobody may come in with this address, as a column of any query: a spammer did. */
export const isBlocked = (db: Database, email: string) => sql<boolean>`exists ${db.select({ one: sql`1` }).from(blocks).where(and(eq(blocks.kind, 'email'), eq(blocks.value, email)))}`.mapWith(Boolean);

interface Person {
  id: string;
  role: keyof typeof permissionsOf;
  permissions: readonly string[] | null;
}

/** Whether somebody works or moderates here: nobody sanctions them who does not work here and may as much. */
export const hasPowers = ({ role, permissions }: Person) => (permissions ?? permissionsOf[role]).length > 0;

export const whoseItIs = rule<{ isTheirs: boolean }>('the person it is about, or who holds the link of their letter', (_viewer, { isTheirs }) => isTheirs);

