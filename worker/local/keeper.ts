import { type ChildProcess, spawn } from 'node:child_process';

/** Remembers the last line it was told, and when nobody is left to tell it more, ends the processes that the line names. */
const SCRIPT = 'trap "" HUP INT TERM; while read -r line; do pids=$line; done; if [ -n "$pids" ]; then kill -KILL $pids; fi';

const watched = new Set<number>();
let keeper: ChildProcess | undefined;

/** Has a process end with this one, even if this one is killed: a shell holds the other end of a pipe that the system closes then. */
export function endWithUs(pid: number): void {
  watched.add(pid);
  tell();
}

/** A process ended: its number may be another's from now on. */
export function hasEnded(pid: number): void {
  if (watched.delete(pid)) tell();
}

function tell(): void {
  keeper ??= started();
  keeper.stdin?.write(`${[...watched].join(' ')}\n`);
}

/** Out of reach of the terminal's Ctrl-C, and no reason for this process to go on. Where there is no shell, what is left behind is ended at the next start. */
function started(): ChildProcess {
  const shell = spawn('/bin/sh', ['-c', SCRIPT], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.once('exit', () => void (keeper = undefined));
  shell.unref();
  (shell.stdin as unknown as { unref(): void }).unref();
  return shell;
}
