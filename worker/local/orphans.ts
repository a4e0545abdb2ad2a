import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const GONE_WITHIN = 5_000;

/** What a process was started with, empty where it has ended. Linux tells it without another program; macOS has `ps`. */
function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

function processes(): [pid: string, command: string][] {
  if (existsSync('/proc/self/cmdline')) return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => [pid, commandOf(pid)]);
  const lines = execFileSync('ps', ['-axww', '-o', 'pid=,args='], { encoding: 'utf8', maxBuffer: 1 << 26 }).split('\n');
  return lines.flatMap((line): [string, string][] => {
    const [, pid, command] = /^\s*(\d+) (.*)$/.exec(line) ?? [];
    return pid ? [[pid, `${command} `]] : [];
  });
}

const startedWith = (program: string, args: string[]) => processes().filter(([, command]) => command.includes(`/${program} ${args.join(' ')} `)).map(([pid]) => Number(pid));

/** Ends what a process of ours that was killed left running: the programs of this name that were started with these first arguments. Nothing acknowledged is lost by it. */
export async function endOrphans(program: string, args: string[], what: string): Promise<void> {
  const orphans = startedWith(program, args);
  if (orphans.length === 0) return;
  for (const pid of orphans) process.kill(pid, 'SIGKILL');
  for (const from = Date.now(); startedWith(program, args).length > 0 && Date.now() - from < GONE_WITHIN; ) await new Promise((resolve) => setTimeout(resolve, 20));
  console.error(`${what} that nobody looked after any more was ended (process ${orphans.join(', ')}).`);
}
