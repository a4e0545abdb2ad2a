/** Texts of one language, and questions with what answers them. */
export interface Judged<Key extends string = string> {
  /** Title and text, by key. */
  articles: { [key: string]: [title: string, text: string] };
  /** Title, text and replies, by key; a reply that begins with ✓ is the accepted one. */
  topics: { [key: string]: [title: string, text: string, ...replies: string[]] };
  /** How many days ago a text was written, where that matters. */
  days: { [K in Key]?: number };
  /** What people typed → the grades of texts: 2 is what they look for, 1 helps too, and what is not named is wrong. */
  asked: Record<string, { [K in Key]?: 1 | 2 }>;
}

type Texts<Key extends string, Of extends 'articles' | 'topics'> = { [K in Key]: Judged[Of][string] };

/** As it is; only keys of its texts can be graded. */
export const judged = <Article extends string, Topic extends string>(
  language: { articles: Texts<Article, 'articles'>; topics: Texts<Topic, 'topics'> } & Pick<Judged<NoInfer<Article | Topic>>, 'days' | 'asked'>,
): Judged => language;
