/** Posts that one post can quote so that they tell of it, at most. */
const MOST = 10;
/** Letters of a text that are put into a quote. */
const LONGEST = 4_000;

export interface Source {
  topicNumber: number;
  slug: string;
  number: number;
  handle: string;
  body: string;
}

/** The address of a post, without the language: it leads to whatever page the post is on. */
const addressOf = ({ topicNumber, slug, number }: Pick<Source, 'topicNumber' | 'slug' | 'number'>) => `/forum/topics/${topicNumber}/${slug}?post=${number}`;

/** A picture in Markdown; what it shows, and its address. */
const PICTURE = /!\[([^\]\n]{0,400})\]\(([^)\s]+)/g;

/** A post as a Markdown quote that names and links where it comes from, with an empty line to go on. Of pictures it says where they are: they are shown, or veiled, where they were posted. */
export function quoteOf(source: Source): string {
  const lines = source.body.slice(0, LONGEST).replace(PICTURE, (_, shown: string, address: string) => `[${shown.trim() || address.split('/').at(-1)}](${address}`).split('\n').map((line) => `> ${line}`.trimEnd());
  return `> [${source.handle}](${addressOf(source)}):\n>\n${lines.join('\n')}\n\n`;
}

const QUOTE = /^ {0,3}> ?\[[^\]\n]{1,100}\]\(\/forum\/topics\/(\d{1,15})\/[^)\s?]*\?post=(\d{1,9})\)/gm;

/** The numbers of the posts of topic `number` that a text quotes, as `quoteOf` wrote it. */
export const quotesIn = (body: string, number: number): number[] =>
  [...new Set([...body.matchAll(QUOTE)].filter(([, topic]) => Number(topic) === number).map(([, , place]) => Number(place)))].slice(0, MOST);

/** The beginning of a quote in HTML that was drawn of what `quoteOf` wrote. */
const DRAWN = /(<blockquote>\s*<p><a href="\/forum\/topics\/\d{1,15}\/[^"?]*\?post=\d{1,9}">)([\w-]{1,100})(?=<\/a>:)/g;

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * HTML of a post, as it was drawn, with people's names for their handles above what is quoted of them. Names are not in what is kept: they change, and go
 * with the person. Who has none here is called by their handle.
 */
export const withNames = (html: string, names: ReadonlyMap<string, string>): string => html.replace(DRAWN, (_, before: string, handle: string) => before + escaped(names.get(handle) ?? handle));
