/** Where to go after signing in: a path of this site, never an address of another. */
export function safeNext(next: string | null | undefined): string | undefined {
  if (!next || !/^\/(?![/\\])/.test(next) || /[\\\u0000-\u001f]/.test(next)) return undefined;
  const url = new URL(next, 'http://stoa.invalid');
  return url.host === 'stoa.invalid' && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : undefined;
}

/** Whether an address is of tickets that are asked: of a list of them, or of one. */
export const isOfTickets = (next: string | undefined) => next !== undefined && /^(?:\/el)?\/tickets(?:\/\d{1,15}(?:\/rating)?)?$/.test(new URL(next, 'http://stoa.invalid').pathname);

/** Of where a guest’s link led whom it did not let in: the same page without the key, which is of no use. Undefined of any other address. */
export function afterDeadLink(next: string | undefined): string | undefined {
  if (next === undefined) return undefined;
  const url = new URL(next, 'http://stoa.invalid');
  return /^(?:\/el)?\/tickets\/\d{1,15}(?:\/rating)?$/.test(url.pathname) && url.searchParams.has('key') ? url.pathname : undefined;
}
