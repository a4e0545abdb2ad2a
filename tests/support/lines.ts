import { once } from 'node:events';
import { request } from 'node:http';
import { expect, vi } from 'vitest';

/** The status that a request for a line is answered with; 101 opens it. */
export const knockAt = (url: string) => (path: string, headers: Record<string, string>) =>
  new Promise<number>((resolve, reject) => {
    const call = request(url + path, { headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', ...headers } });
    call.on('response', (answer) => resolve(answer.resume().statusCode!));
    call.on('upgrade', (answer, socket) => {
      socket.destroy();
      resolve(answer.statusCode!);
    });
    call.on('error', reject).end();
  });

/** A line as a browser of ours holds it, with everything that was said on it. */
export const listeningAt = (url: string) => async (path: string, cookie: string) => {
  const socket = new WebSocket(url.replace('http', 'ws') + path, { headers: { cookie, origin: url } } as never);
  const heard: string[] = [];
  socket.onmessage = ({ data }) => heard.push(String(data));
  const closed = once(socket, 'close').then(([event]) => (event as CloseEvent).code);
  await once(socket, 'open');
  const isShownOut = () => vi.waitUntil(() => socket.readyState > WebSocket.OPEN, { timeout: 10_000 });
  /** Told to call again, since it is told of elsewhere now. */
  const isMoved = async () => expect(await closed).toBe(1012);
  return { socket, heard, isShownOut, isMoved };
};

/** Long enough for something to be told that must not be. */
export const quiet = () => new Promise((resolve) => setTimeout(resolve, 1_500));
