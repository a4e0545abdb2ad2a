import { escaped } from '../platform/html.ts';
import { LINK, QUIET, type Said } from '../platform/said.ts';

/** One of several things in a letter. */
export interface Item {
  title: string;
  /** Who did what, without where. */
  what: string;
  /** The same with where, as text says it. */
  sentence: string;
  /** How what was said begins; empty when nothing was. */
  beginning: string;
  url: string;
}

const itemOf = ({ title, what, beginning, url }: Item) =>
  `<div style="margin:0 0 24px"><p style="margin:0 0 2px;font-weight:600"><a class="link" href="${escaped(url)}" style="${LINK}">${escaped(title)}</a></p><p class="quiet" style="margin:0 0 4px;${QUIET}">${escaped(what)}</p>${beginning ? `<p style="margin:0">${escaped(beginning)}</p>` : ''}</div>`;

/** Things as a list: each by itself, its title the link to it. */
export const itemsOf = (items: Item[]): Said => ({
  text: items.map(({ sentence, beginning, url }) => [sentence, beginning, url].filter(Boolean).join('\n')).join('\n\n'),
  html: items.map(itemOf).join(''),
});
