/** Links of one text that are looked at. */
const MOST = 50;

const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"'()[\]{}]{2,500}/gi;
const ENTRY = /https?:\/\/|www\.|\]\(/gi;
const IMAGE = /!\[[^\]\n]{0,300}\]\(/g;

/** Addresses in a text, as they lead: without scheme, `www.`, case of the host and what follows `#`. */
export function linksIn(body: string): string[] {
  const found = [...body.matchAll(LINK)].slice(0, MOST).flatMap(([typed]) => {
    const url = URL.parse(/^www\./i.test(typed) ? `https://${typed}` : typed.replace(/[.,;:!?]+$/, ''));
    return url ? [`${url.host.replace(/^www\./, '')}${url.pathname.replace(/\/$/, '')}${url.search}`] : [];
  });
  return [...new Set(found)];
}

/** The site of a link as `linksIn` tells it. */
export const siteOf = (link: string) => link.split(/[/?:]/, 1)[0]!;

/** How many links and images a Markdown text has, however they are written. */
export const countsIn = (body: string) => {
  const images = body.match(IMAGE)?.length ?? 0;
  return { images, links: Math.max(0, (body.replace(/\]\(\s*(?:https?:\/\/|www\.)/gi, '](').match(ENTRY)?.length ?? 0) - images) };
};
