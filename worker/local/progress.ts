const EVERY = 500;
const EVERY_PLAIN = 5_000;

const counted = (amount: number) => Math.round(amount).toLocaleString('en');

/** Bytes, told as MB. */
export const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Tells how far long work is: a line drawn again on a terminal, plain lines now and then elsewhere. `told` says an amount in its unit. */
export function progressOf(what: string, told: (amount: number) => string = counted) {
  const started = Date.now();
  let last = started;
  let drawn = false;
  const terminal = process.stderr.isTTY;
  return {
    /** `total` where it is known: done of all, rate, time left. */
    at(done: number, total?: number) {
      const now = Date.now();
      if (now - last < (terminal ? EVERY : EVERY_PLAIN)) return;
      last = now;
      drawn = true;
      const rate = done / ((now - started) / 1000);
      const share = total ? ` of ${told(total)} (${Math.floor((done / total) * 100)} %)` : '';
      const left = total && rate > 0 ? `, ${counted((total - done) / rate)} s left` : '';
      const text = `${what}: ${told(done)}${share}, ${told(rate)}/s${left}`;
      process.stderr.write(terminal ? `\r${text}\u001b[K` : `${text}\n`);
    },
    /** Seconds it took. */
    end() {
      if (terminal && drawn) process.stderr.write('\r\u001b[K');
      return (Date.now() - started) / 1000;
    },
  };
}
