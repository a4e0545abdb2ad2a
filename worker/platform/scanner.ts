/** What a scanner said of some bytes; `finding` is its name for what is bad about them. */
export interface Finding {
  verdict: 'clean' | 'infected';
  finding: string | null;
}

/** Who looks into files before they are handed out. */
export interface Scanner {
  /** Throws when there is no verdict, for whatever reason. */
  look(bytes: ReadableStream<Uint8Array>): Promise<Finding>;
}

/** Milliseconds that a scanner may take for one file, and characters of its name for what it found. */
const PATIENCE = 60_000;
const LONGEST_NAME = 200;

/** What an answer says; anything that is not exactly a verdict is none. */
async function findingIn(answer: Response): Promise<Finding> {
  if (answer.status !== 200) {
    await answer.body?.cancel();
    throw new Error(`the scanner answers ${answer.status}`);
  }
  const { verdict, name } = (await answer.json()) as { verdict?: unknown; name?: unknown };
  if (verdict !== 'clean' && verdict !== 'infected') throw new Error('no verdict');
  return { verdict, finding: verdict === 'infected' && typeof name === 'string' ? name.slice(0, LONGEST_NAME) : null };
}

/** The scanner of this workspace, as the environment says: an address that gets the bytes; undefined where there is none. */
export function scannerOf({ STOA_SCANNER_URL: url, STOA_SCANNER_TOKEN: token, SCANNER: service }: Env): Scanner | undefined {
  if (!url) return undefined;
  return {
    async look(bytes) {
      if (!service && !url.startsWith('https:')) throw new Error('not over HTTPS');
      const headers = { 'content-type': 'application/octet-stream', accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
      const request = { method: 'POST', headers, redirect: 'manual', body: bytes, signal: AbortSignal.timeout(PATIENCE) } as const;
      return findingIn((await (service ? service.fetch(url, request as never) : fetch(url, request as RequestInit))) as unknown as Response);
    },
  };
}
