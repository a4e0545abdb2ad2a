import { type ChildProcess, spawn } from 'node:child_process';
import { endWithUs, hasEnded } from './keeper.ts';

export interface Supervised {
  /** Process id of the child that runs now. */
  readonly pid: number;
  /** Kills the child; it is started again at once. */
  restart(): void;
  /** Ends the child for good. */
  stop(): Promise<void>;
}

const PAUSE = 50;
const QUICK = 3_000;
const QUICK_DEATHS = 5;
const GRACE = 4_000;

const running = new Set<Supervised>();

/** Ends everything that this process keeps running, what was started last first. */
export async function stopAll(): Promise<void> {
  for (const one of [...running].reverse()) await one.stop();
}

/** Keeps a program running, out of reach of the terminal's Ctrl-C, but not longer than this process, however that ends: when it dies it is started again at once, unless it dies five times within three seconds each, which is `hopeless`. */
export function supervise(command: string, args: string[], options: { env?: NodeJS.ProcessEnv; log: (line: string) => void; hopeless: (lastWords: string) => void }): Supervised {
  let stopping = false;
  let quick = 0;
  let lastWords = '';
  let child = start();

  function start(): ChildProcess {
    const born = Date.now();
    const started = spawn(command, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.env } });
    const { pid } = started;
    if (pid) endWithUs(pid);
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (data: Buffer) => {
        lastWords = data.toString().slice(-2_000);
        for (const line of data.toString().split('\n')) if (line.trim()) options.log(line);
      });
    }
    started.on('exit', () => {
      if (pid) hasEnded(pid);
      if (stopping) return;
      quick = Date.now() - born < QUICK ? quick + 1 : 0;
      if (quick >= QUICK_DEATHS) options.hopeless(lastWords);
      else setTimeout(() => !stopping && (child = start()), PAUSE);
    });
    started.on('error', (error) => void (lastWords = error.message));
    return started;
  }

  const supervised: Supervised = {
    get pid() {
      return child.pid ?? 0;
    },
    restart: () => void child.kill('SIGKILL'),
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        running.delete(supervised);
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        const hard = setTimeout(() => child.kill('SIGKILL'), GRACE);
        child.once('exit', () => {
          clearTimeout(hard);
          resolve();
        });
        child.kill('SIGTERM');
      }),
  };
  running.add(supervised);
  return supervised;
}
