/** Hosts that texts link to, once each, in lower case and without `www.`; not our own. */
export function hostsIn(texts: string[], own: string): string[] {
  const found = texts.flatMap((text) => [...text.matchAll(/https?:\/\/([^\s/?#)\]>"'<:]{1,253})/gi)].map(([, host]) => host!.toLowerCase().replace(/^www\.|[.,;!]+$/g, '')));
  return [...new Set(found)].filter((host) => host.includes('.') && host !== own).sort();
}
