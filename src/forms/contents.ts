export interface Heading {
  id: string;
  text: string;
  depth: 2 | 3;
}

const LETTERS = /[^\p{L}\p{N}]+/gu;

/** HTML of an article → the same with an address for each heading, and the list of them. */
export function withContents(html: string): { html: string; headings: Heading[] } {
  const headings: Heading[] = [];
  const marked = html.replace(/<h([23])>([\s\S]*?)<\/h\1>/g, (_, level: string, inner: string) => {
    const text = inner.replace(/<[^>]+>/g, '');
    const base = text.toLowerCase().replace(LETTERS, '-').replace(/^-+|-+$/g, '') || 'part';
    const id = headings.some((heading) => heading.id === base) ? `${base}-${headings.length}` : base;
    headings.push({ id, text: decoded(text), depth: level === '2' ? 2 : 3 });
    return `<h${level} id="${id}">${inner}</h${level}>`;
  });
  return { html: marked, headings };
}

const decoded = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Minutes it takes to read, at 220 words a minute. */
export const minutesToRead = (text: string) => Math.max(1, Math.round(text.split(/\s+/).length / 220));
