import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { isWorthPacking } from './packing.js';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.json': 'application/json', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.ico': 'image/x-icon', '.webp': 'image/webp', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8', '.xml': 'application/xml', '.webmanifest': 'application/manifest+json',
};

export interface Asset {
  /** Path of the file, from the folder of assets. */
  file: string;
  headers: Record<string, string>;
  /** Whether who asks for it gets it compressed. */
  packs: boolean;
}

/** What Cloudflare serves before the worker is asked: address → file and headers, by the rules of `_headers`. */
export function assetsOf(folder: string): Record<string, Asset> {
  if (!existsSync(folder)) return {};
  const rules = headerRules(join(folder, '_headers'));
  const assets: Record<string, Asset> = {};
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = TYPES[extname(file)];
    if (!type || file.startsWith('_headers')) continue;
    const path = `/${file}`.replace(/\/index\.html$/, '').replace(/\.html$/, '') || '/';
    const bytes = readFileSync(join(folder, file));
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 20)}"`;
    const matching = rules.filter(([prefix]) => path.startsWith(prefix)).flatMap(([, headers]) => Object.entries(headers));
    const packs = isWorthPacking(type, bytes.length);
    assets[path] = { file, packs, headers: { 'content-type': type, etag, ...(packs ? { vary: 'Accept-Encoding' } : {}), 'cache-control': 'public, max-age=0, must-revalidate', ...Object.fromEntries(matching) } };
  }
  return assets;
}

/** Cloudflare's `_headers`: a path, then indented headers; `*` at the end matches the rest. */
function headerRules(file: string): [prefix: string, headers: Record<string, string>][] {
  if (!existsSync(file)) return [];
  const rules: [string, Record<string, string>][] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const header = /^\s+([\w-]+):\s*(.+)$/.exec(line);
    if (header) rules.at(-1)![1][header[1]!.toLowerCase()] = header[2]!.trim();
    else if (line.startsWith('/')) rules.push([line.trim().replace(/\*$/, ''), {}]);
  }
  return rules;
}
