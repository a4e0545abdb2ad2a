import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { escaped } from '../../worker/platform/html.ts';
import type { Portal } from '../../worker/platform/portal.ts';
import type { Store } from '../../worker/platform/store.ts';
import { type Part, type PartRow, parts } from '../../worker/privacy/parts.ts';
import { partOf } from '../../worker/privacy/queries.ts';
import { dateTime } from '../messages/format.ts';
import { t, type Locale } from '../messages/index.ts';
import { fieldOf, spoken } from './log.ts';

/** Rows asked for at a time. */
const PAGE = 200;
const names = Object.keys(parts) as Part[];

/** Whose copy, for whom to read. */
export interface CopyWish {
  portal: Portal;
  person: { id: string; handle: string };
  locale: Locale;
  zone: string;
  now: Date;
  /** Where the bytes of their files lie. */
  files: Store;
}

/** A copy of everything about a person as a zip: a page to read and a JSON file for each part. It is read as it is sent, some rows at a time. */
export async function* copyOf(wish: CopyWish): AsyncGenerator<Uint8Array> {
  const packed: Uint8Array[] = [];
  const zip = new Zip((error, data) => {
    if (error) throw error;
    if (data.length > 0) packed.push(data);
  });
  for (const [name, pieces] of filesOf(wish)) {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = wish.now;
    zip.add(file);
    for await (const piece of pieces) {
      file.push(strToU8(piece));
      yield* packed.splice(0);
    }
    file.push(new Uint8Array(), true);
  }
  for await (const [name, bytes] of theirFiles(wish)) {
    const file = new ZipPassThrough(`files/${name}`);
    file.mtime = wish.now;
    zip.add(file);
    for await (const piece of bytes) {
      file.push(piece);
      yield* packed.splice(0);
    }
    file.push(new Uint8Array(), true);
  }
  zip.end();
  yield* packed.splice(0);
}

function* filesOf(wish: CopyWish): Generator<[string, AsyncGenerator<string>]> {
  yield ['index.html', contents(wish)];
  for (const part of names) {
    yield [`${part}.html`, asPage(wish, part)];
    yield [`json/${part}.json`, asJson(wish, part)];
  }
}

async function* rowsOf({ portal, person }: CopyWish, part: Part): AsyncGenerator<PartRow[]> {
  let after: string | undefined;
  do {
    const [page] = await portal.load(partOf({ after, limit: PAGE }, part, person.id));
    if (page.items.length > 0) yield page.items;
    after = page.next ?? undefined;
  } while (after);
}

/** Each file that they brought, by its id and name, with its bytes. */
async function* theirFiles(wish: CopyWish): AsyncGenerator<[string, ReadableStream<Uint8Array>]> {
  for await (const rows of rowsOf(wish, 'attachments')) {
    for (const { id, name } of rows) {
      const bytes = await wish.files.get(id);
      if (bytes) yield [`${id.slice(-6)}-${name}`, bytes];
    }
  }
}

/** Moments are told as ISO 8601 text. What has no moment of its own tells none. */
const told = (row: PartRow) => Object.fromEntries(Object.entries(row).flatMap(([name, value]) => (name === 'at' && value === 0 ? [] : [[name, /^at$|At$/.test(name) && typeof value === 'number' ? new Date(value).toISOString() : value]])));

async function* asJson(wish: CopyWish, part: Part): AsyncGenerator<string> {
  let before = '[\n';
  for await (const rows of rowsOf(wish, part)) {
    yield before + rows.map((row) => JSON.stringify(told(row))).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

const head = (locale: Locale, title: string) => `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escaped(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}dl{display:grid;grid-template-columns:10rem 1fr;gap:.25rem 1rem;border-top:1px solid #8888;padding:1rem 0;margin:0}dt{opacity:.7}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}</style></head>
<body><h1>${escaped(title)}</h1>
`;

async function* contents({ locale, zone, now, person }: CopyWish): AsyncGenerator<string> {
  const words = t(locale).privacy;
  yield head(locale, words.copyPage(person.handle));
  yield `<p>${escaped(words.copyPageLead(dateTime(locale, zone, now)))}</p>\n<ul>\n${names.map((part) => `<li><a href="${part}.html">${escaped(words.parts[part] ?? part)}</a></li>`).join('\n')}\n</ul>\n</body></html>\n`;
}

async function* asPage(wish: CopyWish, part: Part): AsyncGenerator<string> {
  const { locale, zone } = wish;
  const words = t(locale).privacy;
  let isEmpty = true;
  yield head(locale, words.parts[part] ?? part);
  for await (const rows of rowsOf(wish, part)) {
    isEmpty = false;
    yield rows.map((row) => `<dl>${Object.entries(told(row)).map(([name, value]) => `<dt>${escaped(fieldOf(locale, name))}</dt><dd>${escaped(spoken(locale, zone, value))}</dd>`).join('')}</dl>\n`).join('');
  }
  yield `${isEmpty ? `<p>${escaped(words.copyNothing)}</p>\n` : ''}</body></html>\n`;
}
