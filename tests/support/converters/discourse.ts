import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WrittenLine } from '../../../worker/data/line.ts';
import { addressOf, type Converter, markdownOf, slugOf, spoken } from './shared.ts';

interface Post {
  id: number;
  username: string;
  name: string | null;
  created_at: string;
  cooked: string;
  post_number: number;
  accepted_answer?: boolean;
  admin?: boolean;
  moderator?: boolean;
}

interface Topic {
  id: number;
  title: string;
  category_id: number | null;
  tags?: string[];
  created_at: string;
  post_stream: { posts: Post[] };
}

const PLACE = 'discourse';
const at = (time: string) => new Date(time).toISOString();

/** Answers of Discourse's API, as they were recorded: categories.json, and topic.json with its posts. */
export const discourse: Converter = async function* (folder) {
  const read = <Answer>(name: string) => (existsSync(join(folder, name)) ? (JSON.parse(readFileSync(join(folder, name), 'utf8')) as Answer) : undefined);
  const categories = read<{ category_list: { categories: { id: number; name: string; slug: string; description_text?: string | null }[] } }>('categories.json')?.category_list.categories ?? [];
  for (const { id, name, slug } of categories) yield { type: 'category', id: `${PLACE}-${id}`, slug: slugOf(slug || name), name };
  const topic = read<Topic>('topic.json');
  if (!topic) return;
  const category = `${PLACE}-${topic.category_id ?? 'general'}`;
  if (!categories.some(({ id }) => `${PLACE}-${id}` === category)) yield { type: 'category', id: category, slug: slugOf(category), name: 'General' };
  const { posts } = topic.post_stream;
  const people = new Map(posts.map((post) => [post.username, post]));
  for (const post of people.values()) yield personOf(post);
  for (const post of posts) {
    const said = { author: `${PLACE}-${post.username}`, body: spoken(markdownOf(post.cooked)), createdAt: at(post.created_at) };
    if (post.post_number === 1) yield { type: 'topic', id: `${PLACE}-${topic.id}`, category, title: spoken(topic.title), tags: topic.tags ?? [], ...said };
    else yield { type: 'post', id: `${PLACE}-post-${post.id}`, topic: `${PLACE}-${topic.id}`, ...said, ...(post.accepted_answer ? { accepted: true } : {}) };
  }
};

const personOf = ({ username, name, created_at, moderator }: Post): WrittenLine => ({ type: 'user', id: `${PLACE}-${username}`, email: addressOf(PLACE, username), name: spoken(name ?? undefined, username), role: moderator ? 'moderator' : 'customer', createdAt: at(created_at) });
