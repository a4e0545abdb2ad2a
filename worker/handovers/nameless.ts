/** Who must not be told of. */
export interface Known {
  name: string;
  handle: string;
  email: string;
  company: string | null;
  domains: string[];
}

const GONE = '…';
const ADDRESS = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const TELEPHONE = /(?<![\p{L}\p{N}])\+?\d[\d\s().-]{7,}\d(?![\p{L}\p{N}])/gu;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const bare = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '');

/** A text without the names, addresses and telephone numbers of who asked and of their company, for an agent to go on from. It is a first draft: only a reader knows what else tells who it was. */
export function nameless(text: string, { name, handle, email, company, domains }: Known): string {
  const parts = name.split(/\s+/).filter((part) => part.length > 2);
  const told = [name, ...parts, handle, email.slice(0, email.indexOf('@')), company ?? '', ...domains].filter((one) => one.length > 2);
  const spelled = [...new Set(told.flatMap((one) => [one, bare(one)]))].sort((a, b) => b.length - a.length).map(escaped);
  const names = new RegExp(`(?<![\\p{L}\\p{N}])@?(?:${spelled.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return text.replace(ADDRESS, GONE).replace(TELEPHONE, GONE).replace(names, GONE);
}
