/** Milliseconds that another machine may take to answer, and bytes that its answer may have. */
const PATIENCE = 5_000;
const LARGEST = 1_000_000;

/** How the worker calls another machine. */
export type Call = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * Calls to machines of the public network, over HTTPS: within five seconds, without following redirects, a megabyte at most. Hosts of a private
 * network are reached only when the launcher was told each by name (STOA_PRIVATE_HOSTS): there is a service for every one of them.
 */
export function outside(env: Pick<Env, 'PRIVATE_HOSTS'>): Call {
  const named = JSON.parse(env.PRIVATE_HOSTS ?? '{}') as Record<string, string>;
  return async (input, init) => {
    const request = new Request(input as string, { ...init, redirect: 'manual', signal: within(init?.signal) });
    const { protocol, origin } = new URL(request.url);
    const service = named[origin];
    if (!service && protocol !== 'https:') throw new Error(`Not over HTTPS: ${origin}`);
    const sent = service ? (Reflect.get(env, service) as Fetcher).fetch(request as never) : fetch(request);
    return whole((await sent.catch(unreached(origin))) as unknown as Response);
  };
}

/** A call that came to nothing, by the name of who was called; one that took too long stays what it is. */
const unreached = (origin: string) => (error: Error): never => {
  throw /^(Timeout|Abort)Error$/.test(error.name) ? error : new Error(`${origin} cannot be reached`, { cause: error });
};

const within = (signal?: AbortSignal | null) => AbortSignal.any([AbortSignal.timeout(PATIENCE), ...(signal ? [signal] : [])]);

/** An answer that has arrived, or an error when it is larger than anybody needs. */
async function whole(answer: Response): Promise<Response> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > LARGEST) throw new Error('The answer is larger than a megabyte');
    parts.push(part);
  }
  const empty = [101, 204, 205, 304].includes(answer.status);
  return new Response(empty ? null : new Blob(parts as BlobPart[]), { status: answer.status, headers: answer.headers });
}
