/** People named in one text who are told of it, at most. */
const MOST = 10;

const CODE = /```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`/g;
const MENTION = /(?<![\p{L}\p{N}_@/.`-])@([a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?)/giu;

/** The handles that a Markdown text mentions as `@handle`, in lower case, code aside. Whether they are anybody's is for the database to say. */
export const mentionsIn = (body: string): string[] => [...new Set([...body.replace(CODE, ' ').matchAll(MENTION)].map(([, handle]) => handle!.toLowerCase()))].slice(0, MOST);

/** The same, as part of an event's data: absent when nobody is named. */
export function mentioning(body: string): { mentions?: string[] } {
  const mentions = mentionsIn(body);
  return mentions.length > 0 ? { mentions } : {};
}
