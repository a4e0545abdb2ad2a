import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const SIZE = 384;
/** Words that this service takes for one. */
const SAME: Record<string, string> = { bill: 'invoice', bills: 'invoice', invoices: 'invoice', price: 'cost', λογαριασμός: 'invoice' };

/** A word as a direction of its own: numbers from a hash of it. */
function directionOf(word: string): number[] {
  let hash = [...word].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0)!, 16_777_619), 2_166_136_261);
  return Array.from({ length: SIZE }, () => {
    hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519) + 0x9e3779b9;
    hash ^= hash >>> 13;
    return ((hash >>> 0) / 2 ** 31 - 1);
  });
}

/** A text as the sum of its words, but for the shortest. */
export function vectorOf(text: string): number[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? ['nothing'];
  const directions = words.map((word) => directionOf(SAME[word] ?? word));
  return Array.from({ length: SIZE }, (_, i) => directions.reduce((sum, one) => sum + one[i]!, 0));
}

/** How the service answers: well, late, not at all, with vectors of another size, or with something else. It never takes a text that holds `unreadable`. */
export type Manner = 'well' | 'late' | 'failing' | 'larger' | 'strange';

/** A service that speaks `/v1/embeddings`, over HTTP: bags of words, hashed, some of which it takes for one. */
export async function meaningService() {
  const state = { manner: 'well' as Manner, asked: [] as string[][], keys: new Set<string | undefined>() };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { input } = JSON.parse(Buffer.concat(parts).toString()) as { input: string[] };
    state.asked.push(input);
    state.keys.add(request.headers.authorization);
    if (state.manner === 'late') await new Promise((resolve) => setTimeout(resolve, 1_500));
    if (state.manner === 'failing' || request.url !== '/v1/embeddings') return void response.writeHead(503).end();
    if (input.some((text) => text.includes('unreadable'))) return void response.writeHead(413).end();
    const vectors = input.map(vectorOf).map((vector) => (state.manner === 'larger' ? [...vector, ...vector] : vector));
    const data = state.manner === 'strange' ? [{ index: 0, embedding: [1, 'two'] }] : vectors.map((embedding, index) => ({ index, embedding })).reverse();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
  }

  return { state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/embeddings`, close: () => void server.close() };
}
