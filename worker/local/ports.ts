import { createServer } from 'node:net';

/** A port of this machine that nobody listens on, or the wanted one if it is free, else undefined. */
export const freePort = (wanted = 0): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
