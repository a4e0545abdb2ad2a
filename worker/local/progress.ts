const EVERY = 500;
const EVERY_PLAIN = 5_000;

/** Tells how far long work is: a line drawn again on a terminal, plain lines now and then elsewhere. */
export function progressOf(what: string) {
  const started = Date.now();
  let last = 0;
  const terminal = process.stderr.isTTY;
  return {
    /** `done` of `total` in any unit; `count` things, told with their rate. */
    at(done: number, total: number, count: number) {
      const now = Date.now();
      if (now - last < (terminal ? EVERY : EVERY_PLAIN)) return;
      last = now;
      const seconds = (now - started) / 1000;
      const left = done > 0 ? Math.round((seconds / done) * (total - done)) : undefined;
      const text = `${what}: ${Math.floor((done / Math.max(1, total)) * 100)} %, ${count.toLocaleString('en')} done, ${Math.round(count / Math.max(0.001, seconds)).toLocaleString('en')}/s${left === undefined ? '' : `, ${left} s left`}`;
      process.stderr.write(terminal ? `\r${text}\u001b[K` : `${text}\n`);
    },
    end() {
      if (terminal && last > 0) process.stderr.write('\r\u001b[K');
      return (Date.now() - started) / 1000;
    },
  };
}
