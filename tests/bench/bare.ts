import { createClient } from '@libsql/client/web';
import { and, asc, eq, gt } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/libsql/web';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { Hono } from 'hono';
import { html, raw } from 'hono/html';

/**
 * The least that can be called a page of a topic, on the libraries that Stoa stands on: two statements in one batch, twenty
 * posts as plain HTML. It knows nobody, no right, no language and no style; the bench measures what all of that costs.
 */
const topics = sqliteTable('topics', { id: text().primaryKey(), number: integer().notNull(), title: text().notNull(), authorId: text('author_id') });
const posts = sqliteTable('posts', { topicId: text('topic_id'), number: integer().notNull(), authorId: text('author_id'), html: text().notNull(), createdAt: integer('created_at').notNull() });
const users = sqliteTable('users', { id: text().primaryKey(), name: text().notNull(), handle: text().notNull() });

interface Bindings {
  DATABASE_URL: string;
  DATABASE: { fetch: typeof fetch };
}

const app = new Hono<{ Bindings: Bindings }>();

app.get('/healthz', (context) => context.text('ok'));

app.get('/topics/:number', async ({ req, env, html: answer, notFound }) => {
  const number = Number(req.param('number'));
  const db = drizzle(createClient({ url: env.DATABASE_URL, intMode: 'number', fetch: env.DATABASE.fetch.bind(env.DATABASE) }));
  const [[topic], shown] = await db.batch([
    db.select({ title: topics.title, author: users.name }).from(topics).innerJoin(users, eq(users.id, topics.authorId)).where(eq(topics.number, number)),
    db.select({ number: posts.number, html: posts.html, at: posts.createdAt, name: users.name, handle: users.handle }).from(posts).innerJoin(topics, eq(topics.id, posts.topicId)).innerJoin(users, eq(users.id, posts.authorId)).where(and(eq(topics.number, number), gt(posts.number, 0))).orderBy(asc(posts.number)).limit(20),
  ]);
  if (!topic) return notFound();
  return answer(html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${topic.title}</title></head><body><main><h1>${topic.title}</h1><p>${topic.author}</p>${shown.map(
    (post) => html`<article id="p${post.number}"><header><a href="/people/${post.handle}">${post.name}</a> <time datetime="${new Date(post.at * 1000).toISOString()}">${post.at}</time></header>${raw(post.html)}<footer><a href="#p${post.number}">#${post.number}</a></footer></article>`,
  )}</main></body></html>`);
});

/** The launcher binds them, as those of every worker it starts. */
export class WriteGate {}
export class TopicRoom {}
export class TicketRoom {}

export default { fetch: app.fetch, scheduled() {} };
