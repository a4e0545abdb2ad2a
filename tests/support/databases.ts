import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { startSqld } from '../../worker/local/sqld.ts';

/** A libSQL server on which each test has databases of its own. */
interface Server {
  url: string;
  admin: string;
  folder: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each worker. */
    servers: Server[];
  }
}

/** Tests end sooner than the server ends the streams that they leave. */
const MANY = { SQLD_MAX_CONCURRENT_CONNECTIONS: '10000' };

/** Starts so many servers, each in a folder below that one, for `database` to use. */
export async function startServers(parent: string, count: number): Promise<{ servers: Server[]; stop(): Promise<void> }> {
  Object.assign(process.env, MANY);
  const started = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const folder = join(parent, `server-${i}`);
      const server = await startSqld({ folder });
      return { url: server.url, admin: server.admin, folder, stop: server.stop };
    }),
  );
  return { servers: started.map(({ url, admin, folder }) => ({ url, admin, folder })), stop: async () => void (await Promise.all(started.map(({ stop }) => stop()))) };
}

let made = 0;

/** The address of a new database, a copy of a file, on the server of this worker. Gone when the test is over. */
export async function database(file: string): Promise<string> {
  const { url, admin, folder } = inject('servers')[Number(process.env['VITEST_POOL_ID']) - 1]!;
  const name = `test-${process.pid}-${++made}`;
  const copy = join(folder, 'dbs', name, 'data');
  mkdirSync(dirname(copy));
  copyFileSync(file, copy);
  await told(fetch(`${admin}/${name}/create`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }));
  onTestFinished(() => told(fetch(`${admin}/${name}`, { method: 'DELETE' })));
  return `${url}/dev/${name}/`;
}

async function told(asked: Promise<Response>): Promise<void> {
  const answer = await asked;
  const words = await answer.text();
  if (!answer.ok) throw new Error(`The database server answered ${answer.status}: ${words}`);
}
