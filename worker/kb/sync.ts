import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createClient, type InStatement } from '@libsql/client/web';
import { openDatabase } from '../database/open.ts';
import { indexed } from '../search/schema.ts';
import { audiences } from './schema.ts';

const CONTENT = fileURLToPath(new URL('../../content/kb/', import.meta.url));

interface Page {
  locale: 'en' | 'el';
  category: string;
  slug: string;
  front: Record<string, string>;
  body: string;
  /** Its own word, or else its category's. */
  audience: (typeof audiences)[number];
  /** Of a category among categories; of an article among all articles, the first categories' first. */
  position: number;
}

/** Articles of one category at most, as far as their order goes. */
const EACH = 100;

/** Brings the articles of content/kb into the database, where search and lists find them. Nothing changed: nothing is written. */
export async function syncKnowledgeBase(url: string, authToken?: string): Promise<void> {
  const pages = inTurn(pagesOf(CONTENT));
  const fingerprint = createHash('sha256').update(JSON.stringify(pages)).digest('hex');
  const db = openDatabase({ url, patience: 30_000, ...(authToken ? { authToken } : {}) });
  const client = createClient({ url, ...(authToken ? { authToken } : {}) });
  try {
    const { rows } = await client.execute("select value from settings where key = 'kb'");
    if (rows[0]?.['value'] === JSON.stringify(fingerprint)) return;
    const statements = pages.flatMap((page) => (page.slug === 'index' ? [category(page)] : article(page, db)));
    const kept = pages.filter(({ slug }) => slug !== 'index').map(idOf);
    await client.batch(
      [
        ...statements,
        { sql: `delete from search_documents where type = 'article' and ref_id in (select id from articles where source = 'git' and id not in (select value from json_each(?)))`, args: [JSON.stringify(kept)] },
        { sql: `delete from articles where source = 'git' and id not in (select value from json_each(?))`, args: [JSON.stringify(kept)] },
        { sql: "insert into settings (key, value) values ('kb', ?) on conflict (key) do update set value = excluded.value", args: [JSON.stringify(fingerprint)] },
      ],
      'write',
    );
  } finally {
    client.close();
  }
}

const idOf = ({ locale, category: folder, slug }: Page) => `art_${locale}_${folder}_${slug}`;

function category({ locale, category: slug, front, position }: Page): InStatement {
  return {
    sql: 'insert into kb_categories (slug, locale, title, summary, icon, position) values (?, ?, ?, ?, ?, ?) on conflict (slug, locale) do update set title = excluded.title, summary = excluded.summary, icon = excluded.icon, position = excluded.position',
    args: [slug, locale, front['title'] ?? slug, front['summary'] ?? '', front['icon'] ?? 'book', position],
  };
}

function article(page: Page, db: ReturnType<typeof openDatabase>): InStatement[] {
  const { locale, category: folder, slug, front, body, audience, position } = page;
  const id = idOf(page);
  const updatedAt = new Date(front['updated'] ?? 0);
  const title = front['title'] ?? slug;
  return [
    {
      sql: `insert into articles (id, category, slug, locale, title, summary, body, audience, source, position, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, 'git', ?, ?)
        on conflict (id) do update set title = excluded.title, summary = excluded.summary, body = excluded.body, html = null, renderer = 0, audience = excluded.audience, position = excluded.position, updated_at = excluded.updated_at`,
      args: [id, folder, slug, locale, title, front['summary'] ?? '', body, audience, position, updatedAt.getTime()],
    },
    ...indexed(db, { type: 'article', refId: id, locale, title, url: `/kb/${folder}/${slug}`, tags: [folder], text: `${front['summary'] ?? ''}\n\n${body}`, updatedAt }).map((writing) => {
      const { sql, params } = writing.toSQL();
      return { sql, args: params as never };
    }),
  ];
}

type Written = Omit<Page, 'position' | 'audience'>;

function inTurn(pages: Written[]): Page[] {
  const orderOf = ({ front }: Pick<Page, 'front'> = { front: {} }) => Number(front['order'] ?? 0);
  const categoryOf = ({ locale, category }: Written) => pages.find((page) => page.slug === 'index' && page.locale === locale && page.category === category);
  const audienceOf = (page: Written) => audiences.find((one) => one === (page.front['audience'] ?? categoryOf(page)?.front['audience'])) ?? 'everyone';
  return pages.map((page) => ({ ...page, audience: audienceOf(page), position: page.slug === 'index' ? orderOf(page) : orderOf(categoryOf(page)) * EACH + orderOf(page) }));
}

function pagesOf(folder: string): Written[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md')).sort();
  return files.flatMap((file) => {
    const [locale, name, slug] = file.replace(/\.md$/, '').split('/');
    if ((locale !== 'en' && locale !== 'el') || !name || !slug) return [];
    const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n?([\s\S]*)$/.exec(readFileSync(`${folder}/${file}`, 'utf8')) ?? [];
    const front = Object.fromEntries([...head.matchAll(/^(\w+):[ \t]*(.*)$/gm)].map(([, key, value]) => [key, value!.trim().replace(/^(['"])(.*)\1$/, '$2')]));
    return [{ locale, category: name, slug, front, body }];
  });
}
