import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { articles, paragraphs } from './converters/articles.ts';
import { discourse } from './converters/discourse.ts';
import { githubIssues } from './converters/github-issues.ts';
import { helpDesk, reports } from './converters/reports.ts';
import type { Converter } from './converters/shared.ts';
import { stackExchange } from './converters/stack-exchange.ts';

const formats: Record<string, Converter> = { 'stack-exchange': stackExchange, 'github-issues': githubIssues, articles, paragraphs, reports, 'help-desk': helpDesk, discourse };

/** Writes a folder of another format as a file of ours. Returns how many lines of each type. */
export async function convert(format: string, folder: string, file: string): Promise<Record<string, number>> {
  const converter = formats[format];
  if (!converter) throw new Error(`There is no format ${format}: choose ${Object.keys(formats).join(', ')}.`);
  const out = createWriteStream(file);
  const counts: Record<string, number> = {};
  for await (const line of converter(folder)) {
    counts[line.type] = (counts[line.type] ?? 0) + 1;
    if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return counts;
}

/** `node tests/support/convert.ts <format> <folder> <out.jsonl>` */
if (import.meta.main) {
  const [format = '', folder = '', file = ''] = process.argv.slice(2);
  console.log(await convert(format, resolve(folder), file));
}
