import { createReadStream } from 'node:fs';
import { Line } from './line.ts';

/** A longer line is named and skipped, and never held in memory. */
export const LONGEST_LINE = 4_000_000;

export interface Read {
  /** From 1. */
  number: number;
  /** Bytes of the file read so far. */
  bytes: number;
  line?: Line;
  problem?: string;
}

/** The lines of a file, one by one, each read or with what is wrong with it. Holds at most one line in memory. */
export async function* linesOf(file: string): AsyncGenerator<Read> {
  let number = 0;
  let bytes = 0;
  let kept: Buffer[] = [];
  let length = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const size = length + end - start;
      if (size <= LONGEST_LINE) kept.push(chunk.subarray(start, end));
      number++;
      bytes += size + 1 - length;
      yield* read(number, bytes, size, kept);
      kept = [];
      length = 0;
      start = end + 1;
    }
    const rest = chunk.length - start;
    length += rest;
    bytes += rest;
    if (length <= LONGEST_LINE) kept.push(Buffer.from(chunk.subarray(start)));
    else kept = [];
  }
  if (length > 0) yield* read(number + 1, bytes, length, kept);
}

function* read(number: number, bytes: number, size: number, kept: Buffer[]): Generator<Read> {
  if (size > LONGEST_LINE) return yield { number, bytes, problem: `is longer than ${LONGEST_LINE / 1_000_000} MB` };
  const text = Buffer.concat(kept).toString('utf8').trim();
  if (text === '') return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return yield { number, bytes, problem: 'is not JSON: it may be cut off' };
  }
  const parsed = Line.safeParse(value);
  if (parsed.success) return yield { number, bytes, line: parsed.data };
  const [issue] = parsed.error.issues;
  yield { number, bytes, problem: `${issue!.path.join('.') || 'the line'}: ${issue!.message}` };
}
