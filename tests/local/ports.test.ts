import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort, onFreePort } from '../../worker/local/ports.ts';
import { Trouble } from '../../worker/local/say.ts';

test('a port lies where no outgoing connection gets one, and nobody has it', async () => {
  for (let i = 0; i < 50; i++) {
    const port = (await freePort())!;
    expect(port).toBeGreaterThanOrEqual(10_000);
    expect(port).toBeLessThan(32_000);
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    expect(await freePort(port)).toBeUndefined();
    await new Promise((resolve) => server.close(resolve));
    expect(await freePort(port)).toBe(port);
  }
});

test('where a port was taken meanwhile another is tried, but none in place of the one that is wanted', async () => {
  const failing = (times: number, words: string) => {
    let tries = 0;
    return () => (++tries > times ? Promise.resolve(tries) : Promise.reject(new Trouble(words)));
  };
  const taken = 'The worker does not start: Socket "http": bind(): Address already in use (os error 98)';
  expect(await onFreePort(undefined, failing(2, taken))).toBe(3);
  await expect(onFreePort(undefined, failing(3, taken))).rejects.toThrow(taken);
  await expect(onFreePort(4321, failing(1, taken))).rejects.toThrow(taken);
  await expect(onFreePort(undefined, failing(1, 'The worker does not start: No such module'))).rejects.toThrow('No such module');
});
