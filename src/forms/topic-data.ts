import { cut } from '../../worker/platform/cut.ts';
import { htmlOf } from '../../worker/platform/markdown.ts';

interface Post {
  number: number;
  createdAt: Date;
  editedAt: Date | null;
  removed: string | null;
  ups: number;
  downs: number;
  html: string | null;
  body: string | null;
  author: { name: string; handle: string };
}

interface Topic {
  title: string;
  kind: string;
  postsCount: number;
  createdAt: Date;
  author: { name: string; handle: string };
}

/** Letters of a post that are told. */
const LONGEST = 5_000;

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

const wordsOf = (post: Post) => cut(htmlOf(post).replace(/<[^>]+>/g, '').replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity]!).trim(), LONGEST);

/** What schema.org calls a topic page: a QAPage for a question, a DiscussionForumPosting otherwise. Removed posts are not told. Of a question only its first page tells. */
export function topicData(topic: Topic, posts: Post[], answers: Post[], url: string, at: string, page: number): object | undefined {
  const [first, ...rest] = posts.filter(({ removed }) => !removed);
  if (!first || posts[0]!.removed || (topic.kind === 'question' && page > 1)) return undefined;
  const who = ({ name, handle }: Topic['author']) => ({ '@type': 'Person', name, url: `${url}/people/${handle}` });
  const told = (type: string, post: Post) => ({
    '@type': type, text: wordsOf(post), datePublished: post.createdAt.toISOString(), ...(post.editedAt ? { dateModified: post.editedAt.toISOString() } : {}), author: who(post.author), url: `${url}${at}?post=${post.number}`,
  });
  const replies = page === 1 ? rest : [first, ...rest];
  if (topic.kind !== 'question') {
    const opening = page === 1 ? told('DiscussionForumPosting', first) : { '@type': 'DiscussionForumPosting', datePublished: topic.createdAt.toISOString(), author: who(topic.author) };
    return { '@context': 'https://schema.org', ...opening, headline: topic.title, url: `${url}${at}`, commentCount: topic.postsCount - 1, comment: replies.map((post) => told('Comment', post)) };
  }
  const answered = (post: Post) => ({ ...told('Answer', post), upvoteCount: post.ups - post.downs });
  return {
    '@context': 'https://schema.org', '@type': 'QAPage',
    mainEntity: {
      ...told('Question', first), name: topic.title, upvoteCount: first.ups - first.downs, answerCount: topic.postsCount - 1,
      ...(answers.length > 0 ? { acceptedAnswer: answers.length === 1 ? answered(answers[0]!) : answers.map(answered) } : {}),
      suggestedAnswer: replies.filter(({ number }) => !answers.some((answer) => answer.number === number)).map(answered),
    },
  };
}

/** JSON that stays within its script, whatever texts it holds. */
export const inScript = (value: unknown) => (value === undefined ? '' : JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029'));
