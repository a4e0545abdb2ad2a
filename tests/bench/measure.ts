import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';

export interface Target {
  name: string;
  /** Where it is, or where the next one is. */
  path: string | (() => string);
  cookie?: string;
  /** A form to post, made anew for each request. */
  form?: () => Record<string, string>;
}

export interface Figures {
  rate: number;
  p50: number;
  p99: number;
  /** CPU milliseconds a request. */
  worker: number;
  database: number;
}

const TICKS_A_SECOND = 100;

/** CPU seconds a process has used, all its threads. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** Memory of a process, in MB. */
export const memoryOf = (pid: number) => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024);

export interface Answer {
  status: number;
  body: Buffer;
  headers: Record<string, string | string[] | undefined>;
}

const send = (base: string, { path, cookie, form }: Target, agent: Agent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const body = form && new URLSearchParams(form()).toString();
    const headers = { ...(cookie ? { cookie } : {}), ...(body ? { origin: base, 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)) } : {}) };
    const call = request(base + (typeof path === 'string' ? path : path()), { agent, method: body ? 'POST' : 'GET', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode!, body: Buffer.concat(chunks), headers: response.headers }));
    });
    call.on('error', reject);
    call.end(body);
  });

/** One answer, and what it weighs. */
export async function weigh(base: string, target: Target) {
  const agent = new Agent();
  const answer = await send(base, target, agent);
  agent.destroy();
  return { ...answer, raw: answer.body.length, gzip: gzipSync(answer.body).length, brotli: brotliCompressSync(answer.body).length, trips: /desc="(\d+)/.exec(String(answer.headers['server-timing'] ?? ''))?.[1] ?? '–' };
}

/** Asks for a page over so many connections for so many seconds. */
export async function load(base: string, target: Target, connections: number, seconds: number, pids: { worker: number; database: number }): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const before = { worker: cpuOf(pids.worker), database: cpuOf(pids.database) };
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        const sent = performance.now();
        const { status } = await send(base, target, agent);
        if (status >= 400) throw new Error(`${target.name} answered ${status}`);
        times.push(performance.now() - sent);
      }
    }),
  );
  const took = (performance.now() - started) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const each = (name: 'worker' | 'database') => ((cpuOf(pids[name]) - before[name]) * 1000) / times.length;
  return { rate: times.length / took, p50: times[Math.floor(times.length * 0.5)]!, p99: times[Math.floor(times.length * 0.99)]!, worker: each('worker'), database: each('database') };
}

/** Requests after which V8 has compiled, and compiled better, what a page runs; seconds that are given to them at most. */
const [SETTLED, WITHIN] = [3_000, 30];

/** Asks for a page until what is measured next is the page, and no longer the compiling of it, which takes as much again of the first hundreds. */
export async function warm(base: string, target: Target, pids: Parameters<typeof load>[4]): Promise<void> {
  for (let [asked, seconds] = [0, 0]; asked < SETTLED && seconds < WITHIN; seconds++) asked += (await load(base, target, 8, 1, pids)).rate;
}
