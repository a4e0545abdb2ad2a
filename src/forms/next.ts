/** Where to go after signing in: a path of this site, never an address of another. */
export function safeNext(next: string | null | undefined): string | undefined {
  if (!next || !/^\/(?![/\\])/.test(next) || /[\\\u0000-\u001f]/.test(next)) return undefined;
  const url = new URL(next, 'http://stoa.invalid');
  return url.host === 'stoa.invalid' && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : undefined;
}
