import { createServer } from 'node:net';
import { Trouble } from './say.ts';

/** Below the ports that systems give to outgoing connections, which would keep a server from starting again on its own (RFC 6335, 6; Linux: 32768, others: 49152). */
const LOWEST = 10_000;
const HIGHEST = 32_000;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** The port that STOA_PORT names; 0 is any that is free. */
export function portOf({ STOA_PORT: said }: NodeJS.ProcessEnv = process.env): number {
  const port = Number(said || 4321);
  if (!/^\d*$/.test(said ?? '') || port > 65_535) throw new Trouble(`STOA_PORT is a number up to 65535, like 4321. “${said}” is none.`);
  return port;
}

/** A port of this machine that nobody has, or the wanted one if it is free, else undefined. */
export async function freePort(wanted?: number): Promise<number | undefined> {
  if (wanted) return (await isFree(wanted)) ? wanted : undefined;
  for (let tries = 0; tries < 100; tries++) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (await isFree(port)) return port;
  }
  return undefined;
}

const isTaken = (error: unknown) => error instanceof Trouble && /: $|address already in use/i.test(error.message);

/** Starts a server; where any port will do, and the free one that it found is another's by now, once more and once again on others. */
export async function onFreePort<T>(wanted: number | undefined, start: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await start();
    } catch (error) {
      if (wanted !== undefined || tries === 3 || !isTaken(error)) throw error;
    }
  }
}
