/** Where the bytes of files lie. What is true about a file is in the database; a key is the id of its row. */
export interface Store {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** The bytes, or undefined when there are none. */
  get(key: string): Promise<ReadableStream<Uint8Array> | undefined>;
  /** Removing what is not there is no mistake. */
  remove(keys: string[]): Promise<void>;
}

/** What a store threw that did not do as it was told. */
export class NotStored extends Error {}

/** Milliseconds until a store that does not answer counts as broken. */
const PATIENCE = 30_000;

/** Where a file lies in the store, so that no folder gets too full. */
export const placeOf = (key: string) => `${key.slice(-2)}/${key}`;

/** Keys that R2 removes in one call. */
const REMOVED_AT_ONCE = 1_000;

const inBucket = (bucket: R2Bucket): Store => ({
  put: async (key, bytes) => void (await bucket.put(placeOf(key), bytes)),
  get: async (key) => (await bucket.get(placeOf(key)))?.body,
  async remove(keys) {
    for (let i = 0; i < keys.length; i += REMOVED_AT_ONCE) await bucket.delete(keys.slice(i, i + REMOVED_AT_ONCE).map(placeOf));
  },
});

/** A folder of this machine, by workerd's own service: it writes beside, then moves into place. */
function inFolder(folder: Fetcher): Store {
  const ask = async (method: string, key: string, body?: Uint8Array) => {
    const answer = await folder.fetch(`http://files/${placeOf(key)}`, { method, ...(body ? { body: body as Uint8Array<ArrayBuffer> } : {}), signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok && answer.status !== 404) throw new NotStored(`The folder of files answers ${answer.status}.`);
    return answer;
  };
  return {
    put: async (key, bytes) => {
      if (!(await ask('PUT', key, bytes)).ok) throw new NotStored('no folder of files');
    },
    get: async (key) => {
      const answer = await ask('GET', key);
      return answer.ok ? (answer.body ?? undefined) : undefined;
    },
    remove: async (keys) => {
      for (const key of keys) await ask('DELETE', key);
    },
  };
}

const nowhere: Store = {
  put: () => Promise.reject(new NotStored('no bucket is bound as UPLOADS')),
  get: () => Promise.resolve(undefined),
  remove: () => Promise.reject(new NotStored('no bucket is bound as UPLOADS')),
};

/** The store of this workspace: the bucket of wrangler.toml, or, on a machine of one's own, a folder. */
export const storeOf = ({ UPLOADS, FOLDER }: Env): Store => (UPLOADS ? inBucket(UPLOADS) : FOLDER ? inFolder(FOLDER) : nowhere);
