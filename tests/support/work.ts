import { hash } from 'node:crypto';
import { isWorked, stampOf } from '../../worker/platform/stamp.ts';
import { SECRET } from './stoa.ts';

/** The stamp and bits that a page asks for. */
export function askedIn(html: string): { stamp: string; bits: number; once: string } {
  const of = (mark: RegExp) => mark.exec(html)?.[1] ?? '';
  return { stamp: of(/data-stamp="([^"]+)"/), bits: Number(of(/data-bits="(\d+)"/)), once: of(/name="once" value="([^"]+)"/) };
}

/** Whether this is the work; what is not is mostly known by its first digits, which Node has sooner as text. */
const fits = (stamp: string, work: string, bits: number) => hash('sha256', `${stamp}.${work}`, 'hex').startsWith('0'.repeat(bits >> 2)) && isWorked(stamp, work, bits);

/** The work that a browser would do. */
export function workFor(stamp: string, bits: number): string {
  for (let n = 0; ; n++) if (fits(stamp, String(n), bits)) return String(n);
}

/** The same, letting whatever else this process looks after have its turn, as the watchdog of a database. */
export async function patientWorkFor(stamp: string, bits: number): Promise<string> {
  for (let n = 0; ; n++) {
    if (fits(stamp, String(n), bits)) return String(n);
    if (n % 2_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What the form with this key would bring in answer to a challenge that was asked at a moment. */
export function passOf(form: string, since: Date, bits = 8): { stamp: string; work: string } {
  const stamp = stampOf(SECRET, form, { bits, since: since.getTime() });
  return { stamp, work: workFor(stamp, bits) };
}
