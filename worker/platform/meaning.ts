/** Who turns texts into vectors: what means much the same lies near each other. */
export interface Meaning {
  /** Its name: vectors of one model can be compared, and no others. */
  model: string;
  /** Vectors of texts, in their order, all of one size. Throws when there are none within so many milliseconds: `Unreadable` where that is because of these texts. */
  vectorsOf(texts: string[], patience: number): Promise<number[][]>;
}

/** These texts, or one of them, it does not take: too long, as a rule. */
export class Unreadable extends Error {}

/** Numbers that a vector has, at least and at most. */
const [SMALLEST, LARGEST] = [384, 1024];
/** The model of Cloudflare Workers AI: of many languages, 1,024 numbers. */
const CLOUDFLARE = '@cf/baai/bge-m3';

/** Statuses that say that the texts are to blame. */
const UNREADABLE = [400, 413, 422];

const isVector = (value: unknown): value is number[] => Array.isArray(value) && value.length >= SMALLEST && value.length <= LARGEST && value.every(Number.isFinite) && value.some((number) => number !== 0);

/** The vectors of an answer; one that holds anything else than one for each text is none. */
function vectorsIn(vectors: unknown, count: number): number[][] {
  if (!Array.isArray(vectors) || vectors.length !== count || !vectors.every(isVector)) throw new Error(`not ${count} vectors of ${SMALLEST} to ${LARGEST} numbers`);
  if (vectors.some((vector) => vector.length !== vectors[0]!.length)) throw new Error('vectors of several sizes');
  return vectors;
}

async function within<Answer>(patience: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => void (timer = setTimeout(() => reject(new Error('no vectors in time')), patience)));
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** The meaning of this workspace, as the environment says: a service that speaks `/v1/embeddings` as OpenAI wrote it down, or Cloudflare's own; undefined where there is none. */
export function meaningOf({ STOA_MEANING_URL: url, STOA_MEANING_MODEL: model, STOA_MEANING_KEY: key, MEANING: service, AI: ai }: Pick<Env, 'STOA_MEANING_URL' | 'STOA_MEANING_MODEL' | 'STOA_MEANING_KEY' | 'MEANING' | 'AI'>): Meaning | undefined {
  if (url && model) return { model, vectorsOf: (texts, patience) => within(patience, asked(texts, patience)) };
  return ai && { model: CLOUDFLARE, vectorsOf: async (texts, patience) => vectorsIn(((await within(patience, ai.run(CLOUDFLARE, { text: texts }))) as { data?: unknown }).data, texts.length) };

  async function asked(texts: string[], patience: number): Promise<number[][]> {
    if (!service && !url!.startsWith('https:')) throw new Error('not over HTTPS');
    const headers = { 'content-type': 'application/json', accept: 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) };
    const request = { method: 'POST', headers, redirect: 'manual', body: JSON.stringify({ model, input: texts, encoding_format: 'float' }), signal: AbortSignal.timeout(patience) } as const;
    const answer = (await (service ? service.fetch(url!, request as never) : fetch(url!, request as RequestInit))) as unknown as Response;
    if (answer.status !== 200) {
      await answer.body?.cancel();
      throw new (UNREADABLE.includes(answer.status) ? Unreadable : Error)(`the service answers ${answer.status}`);
    }
    const { data } = (await answer.json()) as { data?: { index: number; embedding: unknown }[] };
    return vectorsIn(Array.isArray(data) ? data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding) : undefined, texts.length);
  }
}
