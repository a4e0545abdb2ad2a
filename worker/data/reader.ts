import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { z } from 'zod';
import { Line, types } from './line.ts';

/** A longer line is named and skipped, and never held in memory. */
const LONGEST_LINE = 4_000_000;

export interface Read {
  /** From 1. */
  number: number;
  /** Bytes of the file read so far. */
  bytes: number;
  line?: Line;
  problem?: string;
}

/** The lines of a file, one by one, each read or with what is wrong with it. Empty lines are passed over. Holds at most one line in memory. */
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
      const found = read(size, kept);
      if (found) yield { number, bytes, ...found };
      kept = [];
      length = 0;
      start = end + 1;
    }
    const rest = chunk.length - start;
    length += rest;
    bytes += rest;
    if (length <= LONGEST_LINE) kept.push(chunk.subarray(start));
    else kept = [];
  }
  const found = length > 0 && read(length, kept);
  if (found) yield { number: number + 1, bytes, ...found };
}

function read(size: number, kept: Buffer[]): Pick<Read, 'line' | 'problem'> | undefined {
  if (size > LONGEST_LINE) return { problem: `is longer than ${LONGEST_LINE / 1_000_000} MB` };
  const raw = kept.length === 1 ? kept[0]! : Buffer.concat(kept);
  if (!isUtf8(raw)) return { problem: 'is not UTF-8' };
  const text = raw.toString('utf8').replace(/^\ufeff/, '').trim();
  if (text === '') return undefined;
  try {
    const parsed = Line.safeParse(parsedText(text), { error: sentenceOf });
    if (parsed.success) return { line: parsed.data };
    const [issue] = parsed.error.issues;
    return { problem: `${issue!.path.join('.') || 'the line'}: ${issue!.message}` };
  } catch (error) {
    return { problem: error instanceof SyntaxError ? 'is not JSON: it may be cut off' : (error as Error).message };
  }
}

const WHATS: Record<string, string> = { string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'an object', record: 'an object' };
const FORMATS: Record<string, string> = { datetime: 'is not a time with its zone, like 2026-01-02T09:00:00Z', date: 'is not a day, like 2026-01-02', email: 'is not an e-mail address' };

/** What is wrong with a value, in words for whoever wrote the file; undefined where the schema has a sentence of its own. */
function sentenceOf(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return issue.input === undefined ? 'is missing' : `is not ${WHATS[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_union' && issue.discriminator) return `is none of ${types.join(', ')}`;
  if (issue.code === 'invalid_value') return `is none of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_format') return FORMATS[issue.format] ?? 'does not have the form it should';
  if (issue.code === 'too_big') return `is more than ${issue.maximum}${issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : ''}`;
  if (issue.code === 'too_small') return issue.origin === 'string' ? 'is empty' : `is less than ${issue.minimum}`;
  return undefined;
}

/** Refuses U+0000, which breaks dumps, and makes halves of surrogate pairs U+FFFD; looks closer only where an escape could be either. */
function parsedText(text: string): unknown {
  if (!/\\u(?:0000|d[89a-f])/i.test(text)) return JSON.parse(text);
  return JSON.parse(text, (key, value: unknown) => {
    if (typeof value !== 'string') return value;
    if (value.includes('\u0000')) throw new Error(`${key}: holds U+0000`);
    return value.toWellFormed();
  });
}
